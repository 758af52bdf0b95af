/**
 * What a search box asks while somebody types: not at every letter, and an answer that was overtaken by a later text is
 * dropped. The answer says which text it is for.
 */

import { asProblem } from './ipc/call';
import type { Problem } from './ipc/generated';

/** Pause after the last letter, in ms. */
export const PAUSE_MS = 270;

export class Typeahead<Found extends { text: string }> {
  text = $state('');
  /** The answer to what is typed now; `null` until it is there. */
  found = $state.raw<Found | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** An answer is waited for. */
  busy = $state(false);

  #search: (text: string) => Promise<Found>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wanted = '';
  #turn = 0;

  constructor(search: (text: string) => Promise<Found>) {
    this.#search = search;
  }

  /** Somebody typed. The last answer stays on show until the next is there. */
  type(text: string): void {
    this.text = text;
    clearTimeout(this.#timer);
    const wanted = text.trim();
    if (wanted === '') return this.clear();
    if (wanted === this.#wanted && this.problem === null) return;
    this.busy = true;
    this.#turn++;
    this.#wanted = '';
    this.#timer = setTimeout(() => void this.ask(), PAUSE_MS);
  }

  /** Asks at once: after a problem, or because Enter was pressed. */
  ask = async (): Promise<void> => {
    clearTimeout(this.#timer);
    const wanted = this.text.trim();
    if (wanted === '') return;
    const turn = ++this.#turn;
    this.#wanted = wanted;
    this.busy = true;
    try {
      const found = await this.#search(wanted);
      if (turn !== this.#turn || found.text.trim() !== wanted) return;
      this.found = found;
      this.problem = null;
    } catch (error) {
      if (turn !== this.#turn) return;
      this.found = null;
      this.problem = asProblem(error);
    }
    this.busy = false;
  };

  clear(): void {
    clearTimeout(this.#timer);
    this.#turn++;
    this.#wanted = '';
    this.text = '';
    this.found = null;
    this.problem = null;
    this.busy = false;
  }
}
