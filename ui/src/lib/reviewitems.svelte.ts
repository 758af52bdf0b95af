/**
 * The access items of one review, as they stream in, with what was read of each: what lies below, what is unusual.
 * Filters and counts on the screen read from here and cost no request.
 */

import { untrack } from 'svelte';
import type { Scope, Target } from './decisions.svelte';
import { inScope, targetKey } from './decisions.svelte';
import { asProblem, call } from './ipc/call';
import { concerns, onEvent, type Heard } from './ipc/events';
import type { AccessesSnapshot, AccessFilter, AccessOrder, AccessRow, AnomalyView, DecisionView, Problem, SubAccesses } from './ipc/generated';
import { Query } from './query.svelte';
import { haystack } from './search';

const CALM_MS = 50;
/** Many decisions may be refused at once: the list is read again once. */
const AGAIN_MS = 300;

/** What Okta is asked for. */
export interface Wanted {
  order: AccessOrder;
  descending: boolean;
  filter: AccessFilter | null;
}

export class ReviewItems {
  readonly scope: Scope;
  /** Every page has been read, or the listing stopped. */
  done = $state(false);
  loading = $state(false);
  problem = $state.raw<Problem | null>(null);
  /** A listing without a filter came to its end, so that `all` is everything. */
  whole = $state(false);

  #version = $state(0);
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
  /** The rows are of the listing before, shown until the new one has its first. */
  #fresh = true;
  #generation = 0;
  #asking = 0;
  #turn = 0;
  #early: Heard<'accesses'>[] = [];
  #bumped = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor(scope: Scope) {
    this.scope = scope;
  }

  /** In Okta's order. Read it in a template or an effect to follow it. */
  get rows(): readonly AccessRow[] {
    void this.#version;
    return this.#rows;
  }
  /** What to search in, by the index of the row. */
  get hay(): readonly string[] {
    void this.#version;
    return this.#hay;
  }
  get all(): ReadonlyMap<string, AccessRow> {
    void this.#version;
    return this.#all;
  }
  find(access: string): AccessRow | undefined {
    return this.all.get(access);
  }

  /** Listens until the returned function is called. */
  follow(): () => void {
    const { org } = this.scope;
    const offs = [
      onEvent('accesses', (event) => this.#mine(event) && this.#hear(event)),
      onEvent('items', (event) => this.#mine(event) && this.#readAgain(event)),
      onEvent('decision', ({ view }) => this.#isOld(view) && this.#soonAgain(view)),
      onEvent('changed', (event) => {
        // Events were lost.
        if (event.org === null && concerns(event, { topic: 'reviews', org }) && this.#wanted !== null) void this.load(this.#wanted);
      }),
    ];
    return () => {
      for (const off of offs) off();
      clearTimeout(this.#timer);
      clearTimeout(this.#later);
      this.#timer = undefined;
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
  async load(wanted: Wanted, refresh = false): Promise<void> {
    const other = this.#wanted !== null && JSON.stringify(wanted) !== JSON.stringify(this.#wanted);
    // What Okta is asked for from now on is newer than what was read again before.
    if (other || refresh) this.#again.clear();
    if (other) this.#replace([]);
    this.#wanted = wanted;
    this.#asking++;
    const turn = ++this.#turn;
    this.loading = true;
    this.problem = null;
    this.#bump();
    try {
      const snapshot = await call('accesses_load', { ...this.scope, ...wanted, refresh });
      // A later request says all that this one could.
      if (turn === this.#turn) this.#take(snapshot);
    } catch (error) {
      if (turn === this.#turn) this.#settle(true, asProblem(error));
    } finally {
      this.#asking--;
      if (this.#asking === 0) this.#early = [];
    }
  }

  #take(snapshot: AccessesSnapshot): void {
    this.#generation = snapshot.generation;
    this.#fresh = false;
    if (snapshot.rows.length > 0 || snapshot.done) this.#replace(snapshot.rows);
    this.#settle(snapshot.done, snapshot.problem);
    // Pages that came before this reply are in it already or follow it; the ids tell.
    for (const event of this.#early.filter((one) => one.generation === snapshot.generation)) this.#append(event);
    this.#early = [];
  }

  #hear(event: Heard<'accesses'>): void {
    if (this.#asking > 0) this.#early.push(event);
    else if (event.generation === this.#generation) this.#append(event);
    // Somebody else began another listing.
    else if (event.generation > this.#generation && this.#wanted !== null) void this.load(this.#wanted);
  }

  #replace(rows: readonly AccessRow[]): void {
    this.#rows = [];
    this.#hay = [];
    this.#at.clear();
    this.#fresh = true;
    this.#add(rows);
  }

  #append(event: Heard<'accesses'>): void {
    if (!this.#fresh && (event.rows.length > 0 || (event.done && event.problem === null))) this.#replace(event.rows);
    else this.#add(event.rows);
    this.#settle(event.done, event.problem);
  }

  #add(rows: readonly AccessRow[]): void {
    for (const read of rows) {
      if (this.#at.has(read.id)) continue;
      const row = this.#again.get(read.id) ?? read;
      this.#at.set(row.id, this.#rows.length);
      this.#all.set(row.id, row);
      this.#rows.push(row);
      this.#hay.push(haystack(row.name, row.appName ?? '', ...row.labels.flatMap((one) => [one.name, ...one.values])));
    }
  }

  #settle(done: boolean, problem: Problem | null): void {
    this.done = done;
    this.loading = !done;
    this.problem = problem;
    if (done && problem === null && this.#wanted?.filter === null) this.whole = true;
    this.#bump();
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
    this.#bump();
  }

  /** What lies below an item; `refresh` it to read it. */
  belowOf(access: string): Query<SubAccesses> {
    return untrack(() => held(this.#below, access, () => new Query(() => call('accesses_below', { ...this.scope, access }))));
  }

  /** What is unusual about an item; `refresh` it to read it. */
  anomaliesOf({ access, sub }: Target): Query<AnomalyView[]> {
    return untrack(() => held(this.#anomalies, targetKey({ access, sub }), () => new Query(() => call('access_anomalies', { ...this.scope, access, sub }))));
  }

  #bump(): void {
    if (this.#timer !== undefined) return;
    const left = this.#bumped + CALM_MS - Date.now();
    if (left <= 0) this.#show();
    else this.#timer = setTimeout(() => this.#show(), left);
  }

  #show(): void {
    this.#timer = undefined;
    this.#bumped = Date.now();
    // New ones, so that whoever holds the old ones sees the difference.
    this.#rows = this.#rows.slice();
    this.#hay = this.#hay.slice();
    this.#all = new Map(this.#all);
    this.#version++;
  }
}

function held<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
