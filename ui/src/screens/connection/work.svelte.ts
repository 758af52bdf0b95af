/**
 * One app's connection page: what Okta has, where the work stands, and what each button does.
 *
 * The work's own event stream is believed over replies: a reply that was overtaken by an event is old news.
 */

import { asProblem, call } from '../../lib/ipc/call';
import { concerns, onEvent } from '../../lib/ipc/events';
import type { AppChecked, AppDetail, ConnectFields, ConnectionStatus, ConnectView, ConsentLink, Problem, Scheme } from '../../lib/ipc/generated';
import { Query } from '../../lib/query.svelte';
import { awaiting, running } from './spine';

/** The click that is under way. */
export type Doing = 'start' | 'consent' | 'browser' | 'link' | 'activate' | 'deactivate' | 'cancel';

export class Work {
  readonly org: string;
  readonly app: string;
  readonly detail: Query<AppDetail>;

  /** Where the work stands; null until the app was read. */
  view = $state.raw<ConnectView | null>(null);
  doing = $state<Doing | null>(null);
  /** The last click, whether it is done or not. */
  last = $state<Doing | null>(null);
  /** Why the last click was refused. The work's own failures are in `view.problem`. */
  problem = $state.raw<Problem | null>(null);
  /** Okta was found enabled while a consent was waiting here: somebody finished it in another place. */
  elsewhere = $state(false);
  /** The consent sheet is on show. */
  sheet = $state(false);
  /** What runs is a deactivation: the work's stage has one name for both directions. */
  deactivating = $state(false);

  /** The last look at the app, which comes later than the page. */
  #checked = $state.raw<AppChecked | null>(null);
  /** What the work read back, while the page's own read is still under way (it may wait for Okta's rate limit). */
  #found = $state.raw<ConnectionStatus | null>(null);
  #events = 0;
  /** The person asked what is so now: a failure on show may give way to it. */
  #settled = false;
  #again: (() => Promise<unknown>) | null = null;

  /** What the page shows, with the newest that is known of it. */
  shown = $derived.by<AppDetail | undefined>(() => {
    const detail = this.detail.value;
    if (detail === undefined) return undefined;
    const status = this.#found ?? detail.connection?.status;
    return {
      ...detail,
      row: { ...detail.row, checked: this.#checked ?? detail.row.checked },
      connection: detail.connection === null || status === undefined ? detail.connection : { ...detail.connection, status },
    };
  });

  constructor(org: string, app: string) {
    this.org = org;
    this.app = app;
    this.detail = new Query(() => this.#read());
  }

  /** Follows the app until the returned function is called. */
  listen(): () => void {
    const mine = (it: { org: string; app: string }) => it.org === this.org && it.app === this.app;
    const about = ['connection', 'features', 'practice'] as const;
    const off = [
      onEvent('connect', ({ view }) => {
        if (!mine(view)) return;
        this.#events++;
        this.#take(view);
      }),
      onEvent('checked', (event) => {
        if (mine(event)) this.#checked = event.checked;
      }),
      onEvent('changed', (event) => {
        if (about.some((topic) => concerns(event, { topic, org: this.org, app: this.app }))) void this.detail.refresh();
      }),
    ];
    return () => off.forEach((stop) => stop());
  }

  load = (): Promise<void> => this.detail.refresh();

  start(scheme: Scheme, fields: ConnectFields, autoActivate: boolean): Promise<boolean> {
    return this.#do('start', () => call('connect_start', { org: this.org, app: this.app, scheme, fields, autoActivate }));
  }

  /** Opens the sheet; a consent that nobody has begun here is taken up first. */
  consent = async (): Promise<void> => {
    if (this.view !== null && !awaiting(this.view)) {
      if (!(await this.#do('consent', () => call('connect_resume', this.#args())))) return;
    }
    this.sheet = true;
  };

  browser = (): Promise<boolean> => this.#do('browser', () => call('connect_browser', this.#args()));

  /** Asks Okta for its link as it is now, then opens it: an old link's answer would not count any more. */
  reopen = async (): Promise<boolean> => {
    this.sheet = true;
    if (!(await this.#do('browser', () => call('connect_resume', this.#args())))) return false;
    // It may turn out to be finished already.
    return this.view?.stage === 'awaitingConsent' && this.browser();
  };

  activate = (): Promise<boolean> => this.#do('activate', () => call('connect_activate', this.#args()));

  deactivate = async (): Promise<boolean> => {
    this.deactivating = true;
    const sent = await this.#do('deactivate', () => call('connect_deactivate', this.#args()));
    if (!sent) this.deactivating = false;
    return sent;
  };

  cancel = async (): Promise<boolean> => {
    this.sheet = false;
    return this.#do('cancel', () => call('connect_cancel', this.#args()));
  };

  /** Does the last click again. A save is not done again so: its secrets are gone. */
  again = async (): Promise<void> => {
    await this.#again?.();
  };

  checkAgain = async (): Promise<void> => {
    this.problem = null;
    this.#settled = true;
    await this.detail.refresh();
  };

  /** Puts the link on the clipboard; shown where there is none, or where no browser opened. Null when it failed. */
  link = async (): Promise<ConsentLink | null> => {
    this.doing = this.last = 'link';
    this.#again = this.link;
    this.problem = null;
    try {
      return await call('connect_link', this.#args());
    } catch (error) {
      this.problem = asProblem(error);
      return null;
    } finally {
      this.doing = null;
    }
  };

  /** Hands over what came back from consent. Rejects when it is not taken: the sheet says why beside its field. */
  finish = async (text: string): Promise<void> => {
    this.#reply(this.#events, await call('connect_finish', { ...this.#args(), text }));
  };

  /** A reply counts unless an event has told something newer since it was asked for. */
  #reply(mark: number, view: ConnectView): void {
    if (mark === this.#events) this.#take(view);
  }

  #args(): { org: string; app: string } {
    return { org: this.org, app: this.app };
  }

  async #read(): Promise<AppDetail> {
    const mark = this.#events;
    const first = this.view === null;
    const detail = await call('app_open', this.#args());
    if (mark === this.#events) {
      this.#found = null;
      // A note of a waiting consent, and Okta says enabled: it was finished while nobody here looked.
      if (first && detail.row.waiting && detail.connect.stage === 'done') this.elsewhere = true;
      if (!this.#outlives(detail.connect)) this.#take(detail.connect);
      this.#settled = false;
    } else if (this.view !== null && !running(this.view)) {
      // Something happened meanwhile, so this answer may be older than what is on show.
      queueMicrotask(() => void this.detail.refresh());
    }
    return detail;
  }

  #take(view: ConnectView): void {
    const before = this.view?.stage ?? null;
    this.view = view;
    // Both are said only after a read-back.
    if (before !== null && before !== view.stage && view.stage === 'done') this.#found = 'enabled';
    if (this.deactivating && view.stage === 'idle') this.#found = 'disabled';
    if (!running(view)) this.deactivating = false;
    if (view.stage === before) return;
    if (view.stage === 'awaitingConsent') {
      this.sheet = true;
      this.elsewhere = false;
    }
    if (view.stage === 'done' && before === 'awaitingConsent') this.elsewhere = true;
    if (running(view)) this.elsewhere = false;
  }

  /** A failure stays on show until somebody acts on it: the read that follows every write is no reason to drop it. */
  #outlives(read: ConnectView): boolean {
    return this.view?.stage === 'failed' && !this.#settled && read.stage !== 'failed' && read.stage !== 'done';
  }

  async #do(what: Doing, ask: () => Promise<ConnectView>): Promise<boolean> {
    this.doing = this.last = what;
    this.#again = what === 'start' ? null : () => this.#do(what, ask);
    this.problem = null;
    const mark = this.#events;
    try {
      this.#reply(mark, await ask());
      return true;
    } catch (error) {
      this.problem = asProblem(error);
      return false;
    } finally {
      this.doing = null;
    }
  }
}
