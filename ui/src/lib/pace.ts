/** Does something soon after it was asked for, but never more often than every so many milliseconds. */

/** What changes in one go is answered once. */
const TOGETHER_MS = 250;

export class Pace {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = -Infinity;
  readonly #every: number;
  readonly #run: () => void;

  constructor(every: number, run: () => void) {
    this.#every = every;
    this.#run = run;
  }

  /** It was done just now, whoever asked for it. */
  ran(): void {
    this.stop();
    this.#last = Date.now();
  }

  soon(): void {
    if (this.#timer !== undefined) return;
    const wait = Math.max(TOGETHER_MS, this.#last + this.#every - Date.now());
    this.#timer = setTimeout(() => {
      this.ran();
      this.#run();
    }, wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
