/** The launches of an org that are under way, or whose end nobody has seen: from the form, from replies and from events. */

import { call } from '../../../lib/ipc/call';
import type { LaunchArgs, LaunchView } from '../../../lib/ipc/generated';

export class Launches {
  readonly org: string;
  /** Newest first. */
  rows = $state.raw<readonly LaunchView[]>([]);
  /** How often each was heard of: a reply older than an event says nothing new. */
  #heard = new Map<number, number>();
  #gone = new Set<number>();

  constructor(org: string) {
    this.org = org;
  }

  /** The launches the form came with; what was heard since it was asked for is newer. */
  take(rows: readonly LaunchView[], asked: number): void {
    for (const row of rows) if ((this.#heard.get(row.id) ?? -1) < asked) this.#put(row);
  }

  hear(view: LaunchView): void {
    if (view.org !== this.org) return;
    this.#heard.set(view.id, ++this.#clock);
    this.#put(view);
  }

  #clock = 0;
  /** To be kept when something is asked: what is heard from then on is newer than its answer. */
  get now(): number {
    return this.#clock + 1;
  }

  #put(view: LaunchView): void {
    if (this.#gone.has(view.id)) return;
    const rest = this.rows.filter((one) => one.id !== view.id);
    this.rows = [...rest, view].sort((one, other) => other.id - one.id);
  }

  async launch(args: LaunchArgs): Promise<LaunchView> {
    const asked = this.now;
    const view = await call('launch', args);
    this.take([view], asked);
    return this.rows.find((one) => one.id === view.id) ?? view;
  }

  async check(id: number): Promise<void> {
    const asked = this.now;
    this.take([await call('launch_check', { id })], asked);
  }

  /** Its end was seen. */
  async dismiss(id: number): Promise<void> {
    await call('launch_dismiss', { id });
    this.#gone.add(id);
    this.rows = this.rows.filter((one) => one.id !== id);
  }
}
