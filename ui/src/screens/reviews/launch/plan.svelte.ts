/** What a launch would send, asked anew when somebody stops typing; an answer that was overtaken is dropped. */

import { asProblem, call } from '../../../lib/ipc/call';
import type { LaunchArgs, LaunchPlan, Problem } from '../../../lib/ipc/generated';

/** Each plan reads everybody again, so it waits for the end of a word rather than of a letter. */
export const PAUSE_MS = 600;

export class Plan {
  value = $state.raw<LaunchPlan | null>(null);
  /** What `value` is the plan of. */
  args = $state.raw<LaunchArgs | null>(null);
  /** Why there is no plan. */
  problem = $state.raw<Problem | null>(null);
  /** That, where no field is to blame or there is something to do about it. */
  apart = $derived(this.problem !== null && (this.problem.field === null || this.problem.next.length > 0) ? this.problem : null);
  busy = $state(false);

  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  #wanted: string | null = null;
  #asking: Promise<void> | undefined;

  /** The form says this now. */
  want(args: LaunchArgs | null): void {
    const wanted = args === null ? null : JSON.stringify(args);
    if (wanted === this.#wanted) return;
    this.stop();
    this.#wanted = wanted;
    this.busy = args !== null;
    if (args === null) return;
    this.#timer = setTimeout(() => void this.ask(args), PAUSE_MS);
  }

  /** Asks at once, unless that is what is known or asked already. */
  ask(args: LaunchArgs): Promise<void> {
    const wanted = JSON.stringify(args);
    clearTimeout(this.#timer);
    if (wanted === this.#wanted && this.#asking !== undefined) return this.#asking;
    if (this.problem === null && this.args !== null && wanted === JSON.stringify(this.args)) {
      this.#wanted = wanted;
      this.busy = false;
      return Promise.resolve();
    }
    this.#wanted = wanted;
    const turn = ++this.#turn;
    const asking = this.#load(args, turn).finally(() => {
      if (this.#asking === asking) this.#asking = undefined;
    });
    this.#asking = asking;
    return asking;
  }

  async #load(args: LaunchArgs, turn: number): Promise<void> {
    this.busy = true;
    try {
      const value = await call('launch_plan', args);
      if (turn !== this.#turn) return;
      this.value = value;
      this.args = args;
      this.problem = null;
    } catch (error) {
      if (turn !== this.#turn) return;
      this.value = null;
      this.args = null;
      this.problem = asProblem(error);
    }
    this.busy = false;
  }

  /** A question under way no longer counts. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#turn++;
    this.#asking = undefined;
    this.#wanted = null;
    this.busy = false;
  }

  /** What is wrong with a field of the form, first of all. */
  wrong(field: string): Problem | null {
    if (this.problem?.field === field && this.apart === null) return this.problem;
    return this.value?.problems.find((one) => one.field === field) ?? null;
  }
}
