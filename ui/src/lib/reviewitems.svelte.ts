/**
 * The access items of one review, as they stream in, with what was read of each: what lies below, what is unusual.
 * Filters and counts on the screen read from here and cost no request.
 */

import { untrack } from 'svelte';
import type { Scope, Target } from './decisions.svelte';
import { inScope, targetKey } from './decisions.svelte';
import { call } from './ipc/call';
import { concerns, onEvent, type Heard } from './ipc/events';
import type { AccessFilter, AccessOrder, AccessRow, AnomalyView, DecisionView, Problem, SubAccesses } from './ipc/generated';
import { Query } from './query.svelte';
import { haystack } from './search';
import { Streamed } from './streamed.svelte';

/** Many decisions may be refused at once: the list is read again once. */
const AGAIN_MS = 300;

/** What Okta is asked for. */
export interface Wanted {
  order: AccessOrder;
  descending: boolean;
  filter: AccessFilter | null;
}

export class ReviewItems extends Streamed<AccessRow> {
  readonly scope: Scope;
  /** A listing without a filter came to its end, so that `all` is everything. */
  whole = $state(false);

  #rows: AccessRow[] = [];
  #hay: string[] = [];
  #at = new Map<string, number>();
  /** Every item that was read, whatever the filter was. */
  #all = new Map<string, AccessRow>();
  /** Items that were read again, also before their page came: pages may be older. */
  #again = new Map<string, AccessRow>();
  #below = new Map<string, Query<SubAccesses>>();
  #anomalies = new Map<string, Query<AnomalyView[]>>();
  #wanted: Wanted | null = null;
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor(scope: Scope) {
    super();
    this.scope = scope;
  }

  /** In Okta's order. Read it in a template or an effect to follow it. */
  get rows(): readonly AccessRow[] {
    this.track();
    return this.#rows;
  }
  /** What to search in, by the index of the row. */
  get hay(): readonly string[] {
    this.track();
    return this.#hay;
  }
  get all(): ReadonlyMap<string, AccessRow> {
    this.track();
    return this.#all;
  }
  find(access: string): AccessRow | undefined {
    return this.all.get(access);
  }

  /** Listens until the returned function is called. */
  follow(): () => void {
    const { org } = this.scope;
    const offs = [
      onEvent('accesses', (event) => this.#mine(event) && this.hear(event)),
      onEvent('items', (event) => this.#mine(event) && this.#readAgain(event)),
      onEvent('decision', ({ view }) => this.#isOld(view) && this.#soonAgain(view)),
      onEvent('changed', (event) => {
        // Events were lost.
        if (event.org === null && concerns(event, { topic: 'reviews', org }) && this.#wanted !== null) void this.load(this.#wanted);
      }),
    ];
    return () => {
      for (const off of offs) off();
      this.hush();
      clearTimeout(this.#later);
      this.#later = undefined;
    };
  }

  #mine(event: { org: string; side: string; review: string }): boolean {
    return event.org === this.scope.org && event.side === this.scope.side && event.review === this.scope.review;
  }

  /**
   * What is shown was overtaken: Okta refuses what it does not offer any more, as when somebody else has decided. And what
   * was decided on the other side of the review is read again there only.
   */
  #isOld(view: DecisionView): boolean {
    if (!inScope(view, this.scope)) return false;
    if (view.state === 'failed') return view.problem?.code === 'refused' || view.problem?.code === 'notFound';
    return view.state === 'settled' && view.side !== this.scope.side;
  }

  #soonAgain(view: DecisionView): void {
    if (view.sub !== null && this.#below.get(view.access)?.value !== undefined) void this.belowOf(view.access).refresh();
    this.#later ??= setTimeout(() => {
      this.#later = undefined;
      if (this.#wanted !== null) void this.load(this.#wanted, true);
    }, AGAIN_MS);
  }

  /** Asks for the list. Another order or filter starts over; the same one keeps what is shown until its first rows come. */
  load(wanted: Wanted, refresh = false): Promise<void> {
    const other = this.#wanted !== null && JSON.stringify(wanted) !== JSON.stringify(this.#wanted);
    // What Okta is asked for from now on is newer than what was read again before.
    if (other || refresh) this.#again.clear();
    if (other) this.begin([]);
    this.#wanted = wanted;
    this.problem = null;
    this.bump();
    return this.ask(() => call('accesses_load', { ...this.scope, ...wanted, refresh }));
  }

  protected again(): void {
    if (this.#wanted !== null) void this.load(this.#wanted);
  }

  protected replace(rows: readonly AccessRow[]): void {
    this.#rows = [];
    this.#hay = [];
    this.#at.clear();
    this.add(rows);
  }

  protected add(rows: readonly AccessRow[]): void {
    for (const read of rows) {
      if (this.#at.has(read.id)) continue;
      const row = this.#again.get(read.id) ?? read;
      this.#at.set(row.id, this.#rows.length);
      this.#all.set(row.id, row);
      this.#rows.push(row);
      this.#hay.push(haystack(row.name, row.appName ?? '', ...row.labels.flatMap((one) => [one.name, ...one.values])));
    }
  }

  protected override settle(done: boolean, problem: Problem | null): void {
    super.settle(done, problem);
    if (done && problem === null && this.#wanted?.filter === null) this.whole = true;
  }

  /** Items were read again. */
  #readAgain(event: Heard<'items'>): void {
    for (const row of event.accesses) {
      this.#again.set(row.id, row);
      if (this.#all.has(row.id)) this.#all.set(row.id, row);
      const at = this.#at.get(row.id);
      if (at !== undefined) this.#rows[at] = row;
    }
    if (event.parent !== null) {
      const below = this.belowOf(event.parent);
      below.set({ rows: event.subs, problem: below.value?.problem ?? null });
    }
    this.bump();
  }

  /** What lies below an item; `refresh` it to read it. */
  belowOf(access: string): Query<SubAccesses> {
    return untrack(() => held(this.#below, access, () => new Query(() => call('accesses_below', { ...this.scope, access }))));
  }

  /** What is unusual about an item; `refresh` it to read it. */
  anomaliesOf({ access, sub }: Target): Query<AnomalyView[]> {
    return untrack(() => held(this.#anomalies, targetKey({ access, sub }), () => new Query(() => call('access_anomalies', { ...this.scope, access, sub }))));
  }

  protected renew(): void {
    this.#rows = this.#rows.slice();
    this.#hay = this.#hay.slice();
    this.#all = new Map(this.#all);
  }
}

function held<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
