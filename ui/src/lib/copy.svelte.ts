/** Copying goes through Rust, so that the web view needs no clipboard rights. */

import { announce } from './announce.svelte';
import { call } from './ipc/call';
import { toastProblem } from './toasts.svelte';

const SHOWN_MS = 1600;

/** The state of one copy button: `done` for a moment after each copy. */
export class Copier {
  done = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  async copy(text: string): Promise<void> {
    try {
      await call('copy', { text });
      this.done = true;
      announce('Copied.');
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => (this.done = false), SHOWN_MS);
    } catch (error) {
      toastProblem(error);
    }
  }
}
