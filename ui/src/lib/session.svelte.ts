/** What the whole window knows: orgs, the current one, consents that wait, settings. Kept from events. */

import { asProblem, call } from './ipc/call';
import { onEvent } from './ipc/events';
import type { AppState, OrgView, PendingConsent, Problem, Settings } from './ipc/generated';

const DEFAULTS: Settings = { theme: 'system', density: 'normal', clipboardLook: 'ask', autoActivate: true, idleMinutes: 15 };

class Session {
  ready = $state(false);
  /** Why the window could not start. */
  problem = $state.raw<Problem | null>(null);
  version = $state('');
  orgs = $state.raw<OrgView[]>([]);
  current = $state<string | null>(null);
  pending = $state.raw<PendingConsent[]>([]);
  settings = $state.raw<Settings>(DEFAULTS);
  notices = $state.raw<string[]>([]);

  org = $derived(this.orgs.find((org) => org.key === this.current) ?? null);
  /** Consents waiting in the current org. */
  waitingHere = $derived(this.pending.filter((one) => one.org === this.current));

  #off: (() => void)[] = [];

  /** Reads the state once and follows it from then on. */
  async start(): Promise<void> {
    this.stop();
    this.#off = [
      onEvent('orgs', (event) => {
        this.orgs = event.orgs;
        this.current = event.current;
      }),
      onEvent('pending', (event) => (this.pending = event.pending)),
      onEvent('changed', (event) => {
        // Rust says this of everything when events were lost.
        if (event.topic === 'orgs') void this.#readAgain();
      }),
    ];
    try {
      const state = await call('app_state');
      this.#take(state);
      this.problem = null;
      this.ready = true;
      if (state.practiceOnStart && !state.orgs.some((org) => org.tag === 'practice')) await call('practice_start');
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  stop(): void {
    for (const off of this.#off) off();
    this.#off = [];
    this.ready = false;
  }

  /** Makes an org the current one; the reply's event moves the window. */
  async select(org: string): Promise<void> {
    if (org === this.current) return;
    await call('org_select', { org });
    this.current = org;
  }

  /** Shown at once, then saved; put back if that fails. Only this window changes settings, so no event is needed. */
  async change(part: Partial<Settings>): Promise<void> {
    const before = this.settings;
    this.settings = { ...before, ...part };
    try {
      this.settings = await call('settings_save', this.settings);
    } catch (error) {
      this.settings = before;
      throw error;
    }
  }

  #take(state: AppState): void {
    this.version = state.version;
    this.orgs = state.orgs;
    this.current = state.current;
    this.pending = state.pending;
    this.settings = state.settings;
    // Rust tells each notice once.
    this.notices = [...this.notices, ...state.notices];
  }

  async #readAgain(): Promise<void> {
    try {
      this.#take(await call('app_state'));
    } catch {
      // What is known stays; the next event says more.
    }
  }

  dismissNotice(notice: string): void {
    this.notices = this.notices.filter((one) => one !== notice);
  }
}

export const session = new Session();
