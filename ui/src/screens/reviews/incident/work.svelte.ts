/** The launches for many people of one org: read once, then kept from events, whose rows replace those of the same number. */

import { asProblem, call, type Args, type Reply } from '../../../lib/ipc/call';
import type { Heard } from '../../../lib/ipc/events';
import type { IncidentArgs, IncidentChangeArgs, IncidentHead, IncidentRow, IncidentView, Problem } from '../../../lib/ipc/generated';

/** What a person can ask for; one at a time. */
type Deed = 'incident_start' | 'incident_change' | 'incident_run' | 'incident_pause' | 'incident_cancel' | 'incident_retry' | 'incident_clear';

export class Incident {
  readonly org: string;
  head = $state.raw<IncidentHead | null>(null);
  rows = $state.raw<readonly IncidentRow[]>([]);
  /** It was read: without a head there is none. */
  read = $state(false);
  loading = $state(false);
  /** Why it could not be read. */
  unread = $state.raw<Problem | null>(null);
  /** Why the last deed was not done. */
  problem = $state.raw<Problem | null>(null);
  /** What is being done. */
  doing = $state<Deed | null>(null);

  /** Being launched, or still to be. */
  left = $derived(this.rows.filter((row) => row.state === 'ready' || row.state === 'sending').length);
  /** Nothing more happens unless a failed one is launched again. */
  over = $derived(this.head !== null && (this.head.state === 'done' || this.head.state === 'cancelled' || (this.head.state === 'paused' && this.left === 0)));

  #asking = 0;
  #early: Heard<'incident'>[] = [];
  #turn = 0;

  constructor(org: string) {
    this.org = org;
  }

  load = async (): Promise<void> => {
    const turn = ++this.#turn;
    this.loading = true;
    try {
      await this.#ask(() => call('incident_get', { org: this.org }), () => turn === this.#turn);
      if (turn === this.#turn) this.unread = null;
    } catch (error) {
      if (turn === this.#turn) this.unread = asProblem(error);
    }
    if (turn === this.#turn) this.loading = false;
  };

  /** Asks, takes the answer, and then what was heard meanwhile: it may be newer than the answer. */
  async #ask(ask: () => Promise<IncidentView | null>, wanted: () => boolean = () => true): Promise<void> {
    this.#asking++;
    try {
      const view = await ask();
      if (wanted()) this.#take(view);
    } finally {
      this.#asking--;
      if (this.#asking === 0) {
        const early = this.#early;
        this.#early = [];
        for (const event of early) this.#put(event);
      }
    }
  }

  #take(view: IncidentView | null): void {
    this.read = true;
    this.head = view?.head ?? null;
    this.rows = view?.rows ?? [];
  }

  hear(event: Heard<'incident'>): void {
    if (event.org !== this.org) return;
    if (this.#asking > 0) this.#early.push(event);
    // Of another list than the one on show: the answer that is waited for may be the one it belongs to.
    if (this.#asking === 0 || event.head === null || event.head.at === this.head?.at) this.#put(event);
  }

  #put(event: Heard<'incident'>): void {
    if (event.head === null) {
      this.#take(null);
    } else if (this.head?.at !== event.head.at) {
      // Of another list than the one on show: nothing of it fits, so it is read whole. What an older one says late is no news.
      if (this.head === null || Date.parse(event.head.at) > Date.parse(this.head.at)) void this.load();
    } else {
      this.head = event.head;
      this.rows = merge(this.rows, event.rows);
    }
  }

  start = (args: Omit<IncidentArgs, 'org'>) => this.#do('incident_start', { org: this.org, ...args });
  change = (args: Omit<IncidentChangeArgs, 'org'>) => this.#do('incident_change', { org: this.org, ...args });
  run = () => this.#do('incident_run', { org: this.org });
  pause = () => this.#do('incident_pause', { org: this.org });
  cancel = () => this.#do('incident_cancel', { org: this.org });
  clear = () => this.#do('incident_clear', { org: this.org });

  /** Somebody for a row, or nobody. Rows don't wait for each other. */
  choose = async (row: number, person: string | null): Promise<void> => {
    this.problem = null;
    try {
      await this.#ask(() => call('incident_row', { org: this.org, row, person }));
    } catch (error) {
      this.problem = asProblem(error);
    }
  };

  /** Launches the failed ones again; that all of them were found meanwhile is good news, not a refusal. */
  retry = async (): Promise<boolean> => {
    const done = await this.#do('incident_retry', { org: this.org });
    if (done || this.head === null) return done;
    const why = this.problem;
    await this.load();
    const good = this.head !== null && this.head.failed === 0 && this.left === 0;
    this.problem = good ? null : why;
    return good;
  };

  /** Does one thing at a time; `false` when it was not done. */
  async #do<N extends Deed>(deed: N, args: Args<N>): Promise<boolean> {
    if (this.doing !== null) return false;
    this.doing = deed;
    this.problem = null;
    // A reading under way knows less than this will say.
    this.#turn++;
    this.loading = false;
    try {
      // The types of the table can't be told apart for a name that is not known; every deed but one answers with the whole.
      const ask = call as unknown as (name: Deed, args: unknown) => Promise<Reply<Deed>>;
      await this.#ask(async () => {
        const reply = await ask(deed, args);
        return deed === 'incident_clear' ? null : (reply as IncidentView);
      });
      return true;
    } catch (error) {
      this.problem = asProblem(error);
      return false;
    } finally {
      this.doing = null;
    }
  }
}

/** Changed rows in the place of the old ones, new ones at the end; in the order of their numbers. */
export function merge(rows: readonly IncidentRow[], changed: readonly IncidentRow[]): readonly IncidentRow[] {
  if (changed.length === 0) return rows;
  const all = new Map(rows.map((row) => [row.id, row]));
  for (const row of changed) all.set(row.id, row);
  return [...all.values()].sort((one, other) => one.id - other.id);
}
