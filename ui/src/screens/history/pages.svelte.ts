/** History in pages of a hundred, newest first; what is new is put on top when a change is made. */

import { asProblem, call } from '../../lib/ipc/call';
import { onEvent } from '../../lib/ipc/events';
import type { HistoryRow, Problem } from '../../lib/ipc/generated';

/** As many as Rust gives at once. */
export const PAGE = 100;

export class Pages {
  rows = $state.raw<HistoryRow[]>([]);
  loading = $state(false);
  problem = $state.raw<Problem | null>(null);
  /** There are older ones. */
  more = $state(false);

  #org: string | null = null;
  #turn = 0;

  /** Shows one org's history, or all of it, and keeps it fresh until the returned function is called. */
  follow(org: string | null): () => void {
    this.#org = org;
    this.rows = [];
    this.more = false;
    void this.refresh();
    return onEvent('changed', (event) => {
      if (event.topic === 'history' && (org === null || event.org === null || event.org === org)) void this.refresh();
    });
  }

  /** Reads the newest page again. Older rows that are on show stay. */
  async refresh(): Promise<void> {
    await this.#read(undefined, (page) => {
      const last = page.at(-1);
      const older = page.length < PAGE || last === undefined ? [] : this.rows.filter((row) => row.id < last.id);
      if (older.length === 0) this.more = page.length >= PAGE;
      return [...page, ...older];
    });
  }

  async readOlder(): Promise<void> {
    const last = this.rows.at(-1);
    if (last === undefined || !this.more || this.loading) return;
    await this.#read(last.id, (page) => {
      this.more = page.length >= PAGE;
      return [...this.rows, ...page];
    });
  }

  /** Every row there is, for copying. */
  async everything(): Promise<HistoryRow[]> {
    const all: HistoryRow[] = [];
    for (;;) {
      const page = await call('history_list', { org: this.#org, before: all.at(-1)?.id });
      all.push(...page);
      if (page.length < PAGE) return all;
    }
  }

  async #read(before: number | undefined, merge: (page: HistoryRow[]) => HistoryRow[]): Promise<void> {
    const turn = ++this.#turn;
    this.loading = true;
    try {
      const page = await call('history_list', { org: this.#org, before });
      if (turn !== this.#turn) return;
      this.rows = merge(page);
      this.problem = null;
    } catch (error) {
      if (turn !== this.#turn) return;
      this.problem = asProblem(error);
    }
    this.loading = false;
  }
}
