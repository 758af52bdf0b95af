/**
 * The security access reviews of each org, tab by tab, and how many there are. What somebody looks at is kept fresh; of
 * the rest only what was looked at last is kept, so that coming back is immediate.
 */

import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { call } from './ipc/call';
import { onEvent, type Heard } from './ipc/events';
import type { ReviewRow, ReviewStats, ReviewTab, Side } from './ipc/generated';
import { onOrgsGone } from './oforg';
import { Pace } from './pace';
import { Query } from './query.svelte';
import { AGAIN_MS, firstArrangement, OLD_MS, ReviewList, type Arrangement } from './reviewlist.svelte';

/** Lists kept that nobody looks at. */
const KEPT = 4;
/** A review that ends sooner than this is told of. */
const SOON_MS = 24 * 3_600_000;

/** Active reviews that end within a day, the first to end first. */
export function endingSoon(rows: readonly ReviewRow[], now: number): ReviewRow[] {
  const left = (row: ReviewRow) => (row.endTime === null ? NaN : Date.parse(row.endTime) - now);
  return rows.filter((row) => row.status === 'ACTIVE' && left(row) > 0 && left(row) < SOON_MS).sort((a, b) => left(a) - left(b));
}

class Counts {
  readonly org: string;
  readonly stats: Query<ReviewStats>;
  readonly #pace: Pace;
  #stale = true;
  #readAt = 0;

  constructor(org: string, side: Side) {
    this.org = org;
    this.stats = new Query(() => call('reviews_stats', { org, side }));
    this.#pace = new Pace(AGAIN_MS, () => this.read());
  }

  read(): void {
    this.#stale = false;
    this.#readAt = Date.now();
    this.#pace.ran();
    void this.stats.refresh();
  }
  look(): void {
    if (this.#stale || this.stats.problem !== null || Date.now() - this.#readAt > OLD_MS) this.read();
  }
  changed(shown: boolean): void {
    this.#stale = true;
    if (shown) this.#pace.soon();
  }
  stop(): void {
    this.#pace.stop();
    this.stats.clear();
  }
}

interface Look {
  order: Arrangement;
  /** How many look. */
  eyes: number;
}

const sideKey = (org: string, side: Side) => `${org} ${side}`;
const listKey = (org: string, side: Side, tab: ReviewTab) => `${org} ${side} ${tab}`;

class Reviews {
  #lists = new SvelteMap<string, ReviewList>();
  #counts = new SvelteMap<string, Counts>();
  #looks = new Map<string, Look>();
  #counted = new Map<string, number>();
  /** Lists that were asked for in this run: what Rust remembers of one that was freed here may be outdated. */
  #asked = new Set<string>();
  #off: (() => void)[] = [];

  /** The list if it was asked for. Costs nothing. */
  known(org: string | null, side: Side, tab: ReviewTab): ReviewList | undefined {
    return org === null ? undefined : this.#lists.get(listKey(org, side, tab));
  }

  /** How many there are, if that was asked for. */
  stats(org: string, side: Side): ReviewStats | undefined {
    return this.#counts.get(sideKey(org, side))?.stats.value;
  }

  /**
   * Looks at a list until the returned function is called; it is read now where that is needed. A glance does not read
   * again what could not be read. For effects: nothing in here is followed.
   */
  show(org: string, side: Side, tab: ReviewTab, { order = firstArrangement(tab), glance = false } = {}): () => void {
    return untrack(() => {
      const key = listKey(org, side, tab);
      const list = this.#lists.get(key) ?? this.#list(org, side, tab, order);
      // The one looked at last stands last.
      this.#lists.delete(key);
      this.#lists.set(key, list);
      const look = this.#looks.get(key) ?? { order, eyes: 0 };
      this.#looks.set(key, { order: glance && look.eyes > 0 ? look.order : order, eyes: look.eyes + 1 });
      list.look(order, !glance);
      this.#prune();
      return once(() => this.#leave(key));
    });
  }

  /** Keeps the numbers of a side until the returned function is called. */
  count(org: string, side: Side): () => void {
    return untrack(() => {
      const key = sideKey(org, side);
      const counts = this.#counts.get(key) ?? new Counts(org, side);
      this.#counts.set(key, counts);
      this.#counted.set(key, (this.#counted.get(key) ?? 0) + 1);
      counts.look();
      return once(() => less(this.#counted, key));
    });
  }

  #list(org: string, side: Side, tab: ReviewTab, order: Arrangement): ReviewList {
    const [key, counts] = [listKey(org, side, tab), sideKey(org, side)];
    const list = new ReviewList(org, side, tab, order, () => this.#counts.get(counts)?.changed(this.#counted.has(counts)));
    if (this.#asked.has(key)) list.outdate();
    this.#asked.add(key);
    return list;
  }

  /** Reads list and numbers from Okta again. */
  async again(org: string, side: Side, tab: ReviewTab): Promise<void> {
    this.#counts.get(sideKey(org, side))?.read();
    await this.known(org, side, tab)?.load(true);
  }

  #leave(key: string): void {
    const look = this.#looks.get(key);
    if (look === undefined) return;
    if (look.eyes > 1) this.#looks.set(key, { ...look, eyes: look.eyes - 1 });
    else {
      this.#looks.delete(key);
      this.#lists.get(key)?.leave();
    }
    this.#prune();
  }

  #prune(): void {
    const idle = [...this.#lists.keys()].filter((key) => !this.#looks.has(key));
    for (const key of idle.slice(0, Math.max(0, idle.length - KEPT))) this.#drop(key);
  }

  #drop(key: string): void {
    this.#lists.get(key)?.stop();
    this.#lists.delete(key);
  }

  /** Drops what is known of an org; what somebody looks at is asked for anew. */
  forget(org: string, gone = false): void {
    for (const [key, list] of [...this.#lists]) {
      if (list.org !== org) continue;
      this.#drop(key);
      const look = this.#looks.get(key);
      if (look === undefined || gone) continue;
      const next = this.#list(org, list.side, list.tab, look.order);
      this.#lists.set(key, next);
      next.look(look.order, true);
    }
    for (const side of ['admin', 'my'] as const) {
      const counts = this.#counts.get(sideKey(org, side));
      if (counts === undefined) continue;
      counts.stop();
      if (this.#counted.has(sideKey(org, side)) && !gone) counts.read();
      else this.#counts.delete(sideKey(org, side));
    }
  }

  #of(org: string | null): [string, ReviewList][] {
    return [...this.#lists].filter(([, list]) => org === null || list.org === org);
  }

  /** Those of which something is kept. */
  #orgs(): Set<string> {
    return new Set([...this.#lists.values(), ...this.#counts.values()].map((one) => one.org));
  }

  #changed(org: string | null): void {
    for (const [, list] of this.#of(org)) list.changed();
    for (const [key, counts] of this.#counts) if (org === null || counts.org === org) counts.changed(this.#counted.has(key));
  }

  /** Another credential may see other reviews, and be another person’s. */
  #otherCredential(org: string | null): void {
    for (const [key, list] of this.#of(org)) {
      if (this.#looks.has(key)) list.outdate();
      else this.#drop(key);
    }
    for (const [key, counts] of this.#counts) {
      if (org !== null && counts.org !== org) continue;
      if (this.#counted.has(key)) counts.changed(false);
      else this.#counts.delete(key);
    }
  }

  #see(event: Heard<'review'>): void {
    for (const [, list] of this.#of(event.org)) if (list.side === event.side) list.see(event.review);
  }

  start(): void {
    this.stop();
    this.#off = [
      onEvent('reviews', (event) => this.known(event.org, event.side, event.tab)?.hear(event)),
      onEvent('review', (event) => this.#see(event)),
      onEvent('locked', () => {
        for (const list of this.#lists.values()) list.rest();
      }),
      onOrgsGone((stays, forgotten) => {
        for (const org of this.#orgs()) if (!stays(org)) this.forget(org, forgotten);
      }),
      onEvent('changed', (event) => {
        if (event.topic === 'reviews') this.#changed(event.org);
        if (event.topic === 'credentials') this.#otherCredential(event.org);
      }),
    ];
  }

  stop(): void {
    for (const off of this.#off) off();
    this.#off = [];
    for (const list of this.#lists.values()) list.stop();
    for (const counts of this.#counts.values()) counts.stop();
    this.#lists.clear();
    this.#counts.clear();
    this.#looks.clear();
    this.#counted.clear();
    this.#asked.clear();
  }
}

/** A function that does nothing when it is called again. */
function once(run: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    run();
  };
}

function less(all: Map<string, number>, key: string): void {
  const left = (all.get(key) ?? 0) - 1;
  if (left > 0) all.set(key, left);
  else all.delete(key);
}

export const reviews = new Reviews();
