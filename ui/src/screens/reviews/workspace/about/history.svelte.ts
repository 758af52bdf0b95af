/** A review's history in Okta's pages, latest first. What is new is put on top; earlier pages that are on show stay. */

import { inScope } from '../../../../lib/decisions.svelte';
import { asProblem, call } from '../../../../lib/ipc/call';
import { concerns, onEvent } from '../../../../lib/ipc/events';
import type { DecisionState, Problem, ReviewHistoryPage, ReviewHistoryRow, Side } from '../../../../lib/ipc/generated';

const CALM_MS = 400;
/** Okta has taken the decision, or is done with it: there is an entry about it. */
const IN_HISTORY: readonly DecisionState[] = ['following', 'settled'];

export interface Entry {
  key: string;
  row: ReviewHistoryRow;
}

export interface About {
  org: string;
  side: Side;
  review: string;
}

export class Entries {
  all = $state.raw<Entry[]>([]);
  /** The first page was read once. */
  known = $state(false);
  loading = $state(false);
  problem = $state.raw<Problem | null>(null);
  /** What Okta's answer itself lacked. */
  odd = $state.raw<Problem | null>(null);
  /** Cursor of the page after what is on show. */
  next = $state<string | null>(null);

  #about: About;
  #turn = 0;

  constructor(about: About) {
    this.#about = about;
  }

  /** Reads the first page, and keeps fresh until the returned function is called. */
  follow(): () => void {
    void this.refresh();
    const { org } = this.#about;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // Twenty decisions in a row are one look.
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void this.refresh(), CALM_MS);
    };
    const offs = [
      onEvent('changed', (event) => {
        if (concerns(event, { topic: 'reviews', org })) soon();
      }),
      onEvent('decision', ({ view }) => {
        if (inScope(view, this.#about) && IN_HISTORY.includes(view.state)) soon();
      }),
    ];
    return () => {
      clearTimeout(timer);
      offs.forEach((off) => off());
    };
  }

  refresh = async (): Promise<void> => this.#read(null, (page) => this.take(page));

  /** Takes a first page, also one that came with another answer. */
  take(page: ReviewHistoryPage): void {
    this.#turn++;
    this.loading = false;
    const fresh = keyed(page.rows);
    const keys = new Set(fresh.map(({ key }) => key));
    const meets = this.all.some(({ key }) => keys.has(key));
    const earlier = meets ? this.all.filter(({ key }) => !keys.has(key)) : [];
    // Without a common entry something may lie between: the earlier pages are read anew when asked for.
    if (earlier.length === 0) this.next = page.next;
    this.all = [...fresh, ...earlier];
    this.odd = page.problem;
    this.problem = null;
    this.known = true;
  }

  earlier = async (): Promise<void> => {
    const after = this.next;
    if (after === null || this.loading) return;
    await this.#read(after, (page) => {
      const known = new Set(this.all.map(({ key }) => key));
      this.all = [...this.all, ...keyed(page.rows).filter(({ key }) => !known.has(key))];
      this.next = page.next;
      this.odd = page.problem;
      this.problem = null;
    });
  };

  async #read(after: string | null, took: (page: ReviewHistoryPage) => void): Promise<void> {
    const turn = ++this.#turn;
    this.loading = true;
    try {
      const page = await call('review_history', { ...this.#about, after });
      if (turn === this.#turn) took(page);
    } catch (error) {
      if (turn === this.#turn) this.problem = asProblem(error);
    }
    if (turn === this.#turn) this.loading = false;
  }
}

/** Okta gives some entries no id; those are told apart by what they say, and by their number where that is the same. */
function keyed(rows: readonly ReviewHistoryRow[]): Entry[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const plain = row.id !== '' ? row.id : JSON.stringify([row.at, row.message, row.who?.id ?? row.who?.name ?? null]);
    const times = seen.get(plain) ?? 0;
    seen.set(plain, times + 1);
    return { key: times === 0 ? plain : `${plain} ${times}`, row };
  });
}
