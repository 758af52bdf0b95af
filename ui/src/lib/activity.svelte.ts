/** What Gatehouse is doing now: calls to Okta, waits for the rate limit, work on connections. For the bar and the drawer. */

import { call } from './ipc/call';
import { onEvent } from './ipc/events';
import type { CallRow, Stage } from './ipc/generated';

/** As many as Rust keeps. */
const MOST = 500;
const RUNNING: readonly Stage[] = ['saving', 'finishing', 'activating', 'readingBack'];

export interface Wait {
  org: string;
  what: string;
  until: string;
}

class Activity {
  /** Newest first. */
  calls = $state.raw<CallRow[]>([]);
  waits = $state.raw<Wait[]>([]);
  /** Labels of the apps being worked on. */
  working = $state.raw<{ org: string; app: string; label: string }[]>([]);

  last = $derived(this.calls[0]);
  #off: (() => void)[] = [];

  start(): void {
    this.stop();
    this.#off = [
      onEvent('call', ({ call }) => (this.calls = [call, ...this.calls.slice(0, MOST - 1)])),
      onEvent('waiting', (event) => {
        const others = this.waits.filter((one) => one.org !== event.org);
        this.waits = event.until === null ? others : [...others, { org: event.org, what: event.what, until: event.until }];
      }),
      onEvent('connect', ({ view }) => {
        const others = this.working.filter((one) => one.org !== view.org || one.app !== view.app);
        this.working = RUNNING.includes(view.stage) ? [...others, { org: view.org, app: view.app, label: view.label }] : others;
      }),
    ];
    void this.#read();
  }

  /** What was called before the window began to listen. */
  async #read(): Promise<void> {
    try {
      const known = await call('calls_list');
      const heard = this.calls.filter((one) => !known.some((other) => same(one, other)));
      this.calls = [...heard, ...known].slice(0, MOST);
    } catch {
      // The drawer then begins with the next call.
    }
  }

  stop(): void {
    for (const off of this.#off) off();
    this.#off = [];
    this.calls = [];
    this.waits = [];
    this.working = [];
  }
}

function same(a: CallRow, b: CallRow): boolean {
  return a.at === b.at && a.path === b.path && a.method === b.method && a.requestId === b.requestId;
}

export const activity = new Activity();
