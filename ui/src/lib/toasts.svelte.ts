/** Short notes at the bottom right. Whatever matters later is in History too; a toast is never the only place. */

import { announce } from './announce.svelte';
import { asProblem } from './ipc/call';

export type ToastTone = 'ok' | 'info' | 'bad';

export interface Toast {
  id: number;
  tone: ToastTone;
  text: string;
  /** A second line. */
  more?: string;
}

/** Problems stay until dismissed: nobody should have to read against a clock. */
const STAYS_MS = 6000;

class Toasts {
  all = $state.raw<Toast[]>([]);
  #last = 0;

  show(tone: ToastTone, text: string, more?: string): void {
    const id = ++this.#last;
    this.all = [...this.all.slice(-3), { id, tone, text, more }];
    announce(more === undefined ? text : `${text} ${more}`);
    if (tone !== 'bad') setTimeout(() => this.dismiss(id), STAYS_MS);
  }

  dismiss(id: number): void {
    this.all = this.all.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();

export function toast(tone: ToastTone, text: string, more?: string): void {
  toasts.show(tone, text, more);
}

/** A failure where there is no better place for it on the screen. */
export function toastProblem(error: unknown): void {
  const problem = asProblem(error);
  toasts.show('bad', problem.title, problem.why);
}
