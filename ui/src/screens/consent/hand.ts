/**
 * The way in for what came back from consent: a paste anywhere in the window, typed or dragged text, a dropped file, or
 * the clipboard read by Rust.
 *
 * The text goes on at once and is kept nowhere, with one exception: when it belongs to another consent that waits, it is
 * held here, out of the page and out of any state, until the person says “finish that one” or some minutes have gone.
 */

import { asProblem, call } from '../../lib/ipc/call';
import type { Problem } from '../../lib/ipc/generated';
import { take, takeText, type Handed, type Taken } from './paste';

/** How an answer came. */
export type Way = 'paste' | 'typed' | 'drop' | 'clipboard';

/** What the sheet shows of it. */
export interface Told {
  /** An answer is being looked at. */
  busy: boolean;
  /** Why the last one was not taken. */
  problem: Problem | null;
  /** How the one that was taken came; null before that. */
  took: Way | null;
}

export interface Consent {
  org: string;
  app: string;
}

/** The held text is dropped after this. */
const HOLD_MS = 5 * 60 * 1000;

const QUIET: Told = { busy: false, problem: null, took: null };

export class Hand {
  #for: Consent;
  #tell: (told: Told) => void;
  #send: (text: string) => Promise<unknown>;
  #told: Told = QUIET;
  #held: { way: Way; text: string } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking = false;

  /** `send` hands a text to the engine and rejects when it is not taken. */
  constructor(consent: Consent, tell: (told: Told) => void, send: (text: string) => Promise<unknown>) {
    this.#for = consent;
    this.#tell = tell;
    this.#send = send;
  }

  /** A paste or a drop. The event is used up, so that nothing of it stays in a field or opens in the window. */
  take(event: ClipboardEvent | DragEvent): Promise<void> {
    event.preventDefault();
    const drag = 'dataTransfer' in event;
    const handed = drag ? event.dataTransfer : (event as ClipboardEvent).clipboardData;
    return handed === null ? Promise.resolve() : this.handed(handed, drag ? 'drop' : 'paste');
  }

  async handed(handed: Handed, way: 'paste' | 'drop'): Promise<void> {
    await this.#taken(await take(handed), way);
  }

  typed(text: string): Promise<void> {
    return this.#taken(takeText(text), 'typed');
  }

  /** Rust reads the clipboard. Without `asked` whatever is no fitting answer is passed over without a word. */
  async clipboard(asked: boolean): Promise<void> {
    if (this.#told.busy || this.#looking) return;
    this.#looking = true;
    this.drop();
    // A silent look leaves what is on show alone.
    if (asked) this.#say({ ...QUIET, busy: true });
    try {
      const result = await call('connect_finish_clipboard', { ...this.#for, asked });
      if (result === 'taken') this.#say({ ...QUIET, took: 'clipboard' });
      else if (asked) this.#say(QUIET);
    } catch (error) {
      this.#refused(error, { way: 'clipboard', text: '' });
    } finally {
      this.#looking = false;
    }
  }

  /** Finishes the other consent that the last answer belongs to. Rejects with what went wrong. */
  async finishOther(other: Consent): Promise<void> {
    const held = this.#held;
    this.drop();
    if (held === null || held.way === 'clipboard') await call('connect_finish_clipboard', { ...other, asked: true });
    else await call('connect_finish', { ...other, text: held.text });
  }

  /** Forgets a held text and what was said of it. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#held = null;
  }

  /** Starts over, for a new attempt. */
  reset(): void {
    this.drop();
    this.#say(QUIET);
  }

  async #taken(taken: Taken, way: Way): Promise<void> {
    if (taken.kind === 'nothing' || this.#told.busy) return;
    this.drop();
    if (taken.kind === 'refused') return this.#say({ ...QUIET, problem: unusable(taken.why) });
    this.#say({ ...QUIET, busy: true });
    try {
      await this.#send(taken.text);
      this.#say({ ...QUIET, took: way });
    } catch (error) {
      this.#refused(error, { way, text: taken.text });
    }
  }

  #refused(error: unknown, came: { way: Way; text: string }): void {
    const problem = asProblem(error);
    if (problem.code === 'consentOther') {
      this.#held = came;
      this.#timer = setTimeout(() => this.drop(), HOLD_MS);
    }
    this.#say({ ...QUIET, problem });
  }

  #say(told: Told): void {
    this.#told = told;
    this.#tell(told);
  }
}

/** What this side refuses before the engine sees it, in the same clothes as the engine's own refusals. */
function unusable(why: string): Problem {
  return { code: 'consentUnreadable', title: why, why: '', next: [], field: null, okta: null, retryAt: null };
}
