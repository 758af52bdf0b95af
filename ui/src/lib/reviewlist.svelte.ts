/** One tab of one org's reviews, as its pages stream in. Kept fresh by events, and read again at a calm pace. */

import { call } from './ipc/call';
import type { Problem, ReviewOrder, ReviewRow, ReviewTab, ReviewsSnapshot, Side } from './ipc/generated';
import { Pace } from './pace';
import { Streamed } from './streamed.svelte';

export interface Arrangement {
  by: ReviewOrder;
  descending: boolean;
}

/** What matters first on each tab: what ends soonest while it can be worked on, else what was launched last. */
export function firstArrangement(tab: ReviewTab): Arrangement {
  return tab === 'active' ? { by: 'endTime', descending: false } : { by: 'created', descending: true };
}

const STATUS: Readonly<Record<Exclude<ReviewTab, 'all'>, string>> = { active: 'ACTIVE', pending: 'PENDING', closed: 'CLOSED', error: 'ERROR' };

/** Does a review belong on the tab? */
export function fits(tab: ReviewTab, row: ReviewRow): boolean {
  return tab === 'all' || row.status === STATUS[tab];
}

/** Okta’s limits are tight: what changes all the time is read again no more often than this. */
export const AGAIN_MS = 15_000;
/** Reviews that are pending become active by themselves: read again after this, then more and more rarely. */
const PENDING_MS = 20_000;
const PENDING_MOST_MS = 160_000;
/** A list that was read longer ago is read again when somebody looks at it. */
export const OLD_MS = 120_000;

export class ReviewList extends Streamed<ReviewRow> {
  readonly org: string;
  readonly side: Side;
  readonly tab: ReviewTab;

  #rows = new Map<string, ReviewRow>();
  #shown: readonly ReviewRow[] = [];
  #order: Arrangement;
  /** Read by themselves while the list was asked for. */
  #seen: ReviewRow[] = [];
  #stale = false;
  #readAt = 0;
  /** It changed while pages were still coming in: they are let in first. */
  #once = false;
  #pace = new Pace(AGAIN_MS, () => {
    if (this.loading) this.#once = true;
    else void this.load(true);
  });
  /** Somebody looks at it. */
  #watched = false;
  #resting = false;
  /** As last counted; absent before the first time. */
  #pending: number | undefined;
  #wait = PENDING_MS;
  #poll: ReturnType<typeof setTimeout> | undefined;
  readonly #moved: () => void;

  /** `moved` is told when reading showed that pending reviews have become something else, or new ones are. */
  constructor(org: string, side: Side, tab: ReviewTab, order: Arrangement, moved: () => void = () => {}) {
    super();
    this.org = org;
    this.side = side;
    this.tab = tab;
    this.#order = order;
    this.#moved = moved;
  }

  /** As they came. Read it in a template or an effect to follow it. */
  get rows(): readonly ReviewRow[] {
    this.track();
    return this.#shown;
  }
  get count(): number {
    return this.rows.length;
  }

  /** Somebody looks at it: what is missing, old or outdated is read. `retry` also reads again what could not be read. */
  look(order: Arrangement, retry: boolean): void {
    this.#watched = true;
    this.#resting = false;
    this.#wait = PENDING_MS;
    const failed = this.problem !== null && this.#rows.size === 0;
    if (this.#readAt === 0) this.arrange(order, true, this.#stale);
    else if (failed && !this.loading) {
      if (retry) this.arrange(order, true, true);
    } else if (this.#stale || Date.now() - this.#readAt > OLD_MS) this.arrange(order, true, true);
    else {
      this.arrange(order);
      this.#follow();
    }
  }

  /** Nobody looks any more. */
  leave(): void {
    this.#watched = false;
    this.#pace.stop();
    clearTimeout(this.#poll);
  }

  /** Gatehouse was locked: nothing is asked by itself until somebody does something here. */
  rest(): void {
    this.#resting = true;
    this.#pace.stop();
    clearTimeout(this.#poll);
  }

  /** In which order Okta is asked. A list that is whole needs no request to be put in another. */
  arrange(order: Arrangement, read = false, refresh = false): void {
    const other = order.by !== this.#order.by || order.descending !== this.#order.descending;
    this.#order = order;
    if (read || (other && !(this.done && this.problem === null))) void this.load(refresh);
  }

  /** Asks for the list. `refresh` reads it from Okta again. */
  load(refresh = false): Promise<void> {
    this.#readAt = Date.now();
    this.#resting = false;
    this.#pace.ran();
    clearTimeout(this.#poll);
    if (refresh) this.#stale = false;
    const { by, descending } = this.#order;
    return this.ask(() => call('reviews_load', { org: this.org, side: this.side, tab: this.tab, order: by, descending, refresh }));
  }

  protected again(): void {
    void this.load();
  }

  protected override taken(snapshot: ReviewsSnapshot): void {
    super.taken(snapshot);
    // What was read by itself meanwhile is newer than the pages.
    for (const row of this.#seen) this.#place(row);
    this.#seen = [];
  }

  protected override answered(): void {
    super.answered();
    this.#seen = [];
  }

  protected replace(rows: readonly ReviewRow[]): void {
    this.#rows = new Map();
    this.add(rows);
  }

  protected add(rows: readonly ReviewRow[]): void {
    for (const row of rows) if (!this.#rows.has(row.id)) this.#rows.set(row.id, row);
  }

  protected override settle(done: boolean, problem: Problem | null): void {
    super.settle(done, problem);
    if (!done) return;
    this.#follow();
    if (!this.#once) return;
    this.#once = false;
    this.#pace.soon();
  }

  /** What is pending is looked at again, as long as somebody looks and it can be read. */
  #follow(): void {
    clearTimeout(this.#poll);
    if (!this.done || this.problem !== null) return;
    const pending = [...this.#rows.values()].filter((row) => row.status === 'PENDING').length;
    if (pending !== this.#pending) {
      if (this.#pending !== undefined) this.#moved();
      this.#pending = pending;
      this.#wait = PENDING_MS;
    }
    if (pending === 0 || !this.#watched || this.#resting) return;
    this.#poll = setTimeout(() => void this.load(true), this.#wait);
    this.#wait = Math.min(this.#wait * 2, PENDING_MOST_MS);
  }

  /** A review was read by itself: it takes its place, or leaves a tab it is no longer of. */
  see(row: ReviewRow): void {
    if (this.asking) this.#seen.push(row);
    this.#place(row);
  }

  #place(row: ReviewRow): void {
    if (fits(this.tab, row)) this.#rows.set(row.id, row);
    else if (!this.#rows.delete(row.id)) return;
    this.bump();
  }

  /** Something changed. It is read again soon, or when somebody looks. */
  changed(): void {
    this.#stale = true;
    if (this.#watched) this.#pace.soon();
  }

  /** It may hold something else now, but asking can wait until somebody comes to look. */
  outdate(): void {
    this.#stale = true;
  }

  /** Nothing is asked any more. */
  stop(): void {
    this.leave();
    this.drop();
  }

  protected renew(): void {
    this.#shown = [...this.#rows.values()];
  }
}
