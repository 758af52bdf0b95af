/** The launches of an org that are under way, or whose end nobody has seen. Asks Gatehouse, not Okta. */

import { call } from './ipc/call';
import { onEvent } from './ipc/events';
import type { LaunchState, LaunchView } from './ipc/generated';
import { query, type Query } from './query.svelte';

/** These end only when somebody looks. */
const LOOK: readonly LaunchState[] = ['refused', 'notFound', 'unknown', 'error'];
/** These can’t be put away: Gatehouse is still at work on them. */
const AT_WORK: readonly LaunchState[] = ['sending', 'looking'];

export const needsLook = (launch: LaunchView): boolean => LOOK.includes(launch.state);
export const atWork = (launch: LaunchView): boolean => AT_WORK.includes(launch.state);

class Launches {
  /** Those a button was pressed for. */
  busy = $state.raw<ReadonlySet<number>>(new Set());
  readonly #query: Query<LaunchView[]>;

  constructor(org: () => string | null) {
    this.#query = query(
      org,
      async (key) => (await call('launch_form', { org: key })).launches,
      (key) => [{ topic: 'reviews', org: key }],
    );
    $effect(() =>
      onEvent('launch', ({ view }) => {
        if (view.org === org()) this.#put(view);
      }),
    );
  }

  /** Latest first. */
  get all(): readonly LaunchView[] {
    return this.#query.value ?? [];
  }

  #put(view: LaunchView): void {
    const known = this.#query.value;
    // What is being asked for has it.
    if (known === undefined) return void this.#query.refresh();
    this.#query.set(known.some((one) => one.id === view.id) ? known.map((one) => (one.id === view.id ? view : one)) : [view, ...known]);
  }

  /** Looks again for one whose answer was lost. */
  async check(launch: LaunchView): Promise<void> {
    await this.#do(launch, async () => this.#put(await call('launch_check', { id: launch.id })));
  }

  /** Its end was seen. */
  async dismiss(launch: LaunchView): Promise<void> {
    await this.#do(launch, async () => {
      await call('launch_dismiss', { id: launch.id });
      this.#query.set((this.#query.value ?? []).filter((one) => one.id !== launch.id));
    });
  }

  async #do(launch: LaunchView, run: () => Promise<void>): Promise<void> {
    if (this.busy.has(launch.id)) return;
    this.busy = new Set([...this.busy, launch.id]);
    try {
      await run();
    } finally {
      this.busy = new Set([...this.busy].filter((id) => id !== launch.id));
    }
  }
}

/** For a component, while it is set up; `null` for not now. */
export function launchesOf(org: () => string | null): Launches {
  return new Launches(org);
}
export type { Launches };
