/**
 * The apps of each org, as they stream in. Search, filters, Home and the palette all read from here, so none of them
 * costs a request.
 */

import { untrack } from 'svelte';
import { call } from './ipc/call';
import { onEvent } from './ipc/events';
import type { AppChecked, AppRow } from './ipc/generated';
import { onOrgsGone } from './oforg';
import { haystack } from './search';
import { Streamed } from './streamed.svelte';

export class OrgApps extends Streamed<AppRow> {
  readonly org: string;

  #rows: AppRow[] = [];
  #hay: string[] = [];
  #at = new Map<string, number>();
  /** What was last seen of each app, also before its row came: a look may overtake the reply with the row. */
  #seen = new Map<string, AppChecked>();

  constructor(org: string) {
    super();
    this.org = org;
  }

  /** In Okta's order. Read it in a template or an effect to follow it. */
  get rows(): readonly AppRow[] {
    this.track();
    return this.#rows;
  }
  /** What to search in, by the index of the row. */
  get hay(): readonly string[] {
    this.track();
    return this.#hay;
  }
  get count(): number {
    this.track();
    return this.#rows.length;
  }
  find(app: string): AppRow | undefined {
    this.track();
    const at = this.#at.get(app);
    return at === undefined ? undefined : this.#rows[at];
  }

  /** Asks for the list. `refresh` reads it from Okta again. */
  load(refresh = false): Promise<void> {
    return this.ask(() => call('apps_load', { org: this.org, refresh }));
  }

  async stop(): Promise<void> {
    await call('apps_stop', { org: this.org });
  }

  protected again(): void {
    void this.load();
  }

  protected replace(rows: readonly AppRow[]): void {
    this.#rows = [];
    this.#hay = [];
    this.#at.clear();
    this.add(rows);
  }

  protected add(rows: readonly AppRow[]): void {
    for (const row of rows) {
      if (this.#at.has(row.id)) continue;
      this.#at.set(row.id, this.#rows.length);
      // What an earlier look said stays on show until the app is looked at again.
      const checked = this.#note(row.id, row.checked);
      this.#rows.push(checked === row.checked ? row : { ...row, checked });
      this.#hay.push(haystack(row.label, row.name, row.id));
    }
  }

  protected renew(): void {
    this.#rows = this.#rows.slice();
    this.#hay = this.#hay.slice();
  }

  /** One app was looked at. */
  look(app: string, checked: AppChecked): void {
    const newest = this.#note(app, checked);
    this.#change(app, (row) => ({ ...row, checked: newest }));
  }

  /** Keeps the newest look at an app, and gives it. */
  #note(app: string, checked: AppChecked | null): AppChecked | null {
    const before = this.#seen.get(app) ?? null;
    const newest = newer(checked, before);
    if (newest !== null && newest !== before) this.#seen.set(app, newest);
    return newest;
  }

  /** Puts a changed row in the place of the old one. */
  #change(app: string, change: (row: AppRow) => AppRow): void {
    const at = this.#at.get(app);
    const row = at === undefined ? undefined : this.#rows[at];
    if (at === undefined || row === undefined) return;
    const next = change(row);
    if (next === row) return;
    this.#rows[at] = next;
    this.bump();
  }

  /** Marks exactly these apps as waiting for consent. */
  waiting(apps: ReadonlySet<string>): void {
    for (const row of this.#rows) {
      if (row.waiting !== apps.has(row.id)) this.#change(row.id, (one) => ({ ...one, waiting: !one.waiting }));
    }
  }
}

function newer(a: AppChecked | null, b: AppChecked | null): AppChecked | null {
  if (a === null || b === null) return a ?? b;
  // Of the same moment the first counts: what just came in.
  return Date.parse(b.at) > Date.parse(a.at) ? b : a;
}

class Apps {
  #orgs = $state.raw<ReadonlyMap<string, OrgApps>>(new Map());
  #off: (() => void)[] = [];

  /** The list of an org if it was asked for. */
  known(org: string | null): OrgApps | undefined {
    return org === null ? undefined : this.#orgs.get(org);
  }

  /**
   * The list of an org; the first call asks for it, and so does a call after a failure. Not for templates, since it
   * changes what is known; an effect that calls it does not depend on what it looks at, or a failure would ask for ever.
   */
  open(org: string): OrgApps {
    return untrack(() => this.#open(org));
  }

  #open(org: string): OrgApps {
    const known = this.#orgs.get(org);
    if (known !== undefined) {
      if (known.problem !== null && known.count === 0 && !known.loading) void known.load();
      return known;
    }
    const apps = new OrgApps(org);
    this.#orgs = new Map(this.#orgs).set(org, apps);
    void apps.load();
    return apps;
  }

  forget(org: string): void {
    const rest = new Map(this.#orgs);
    rest.delete(org);
    this.#orgs = rest;
  }

  start(): void {
    this.stop();
    this.#off = [
      onEvent('apps', (event) => this.known(event.org)?.hear(event)),
      onEvent('checked', (event) => this.known(event.org)?.look(event.app, event.checked)),
      onEvent('pending', (event) => {
        for (const [org, apps] of this.#orgs) {
          apps.waiting(new Set(event.pending.filter((one) => one.org === org).map((one) => one.app)));
        }
      }),
      onOrgsGone((stays, forgotten) => {
        for (const org of this.#orgs.keys()) {
          if (stays(org)) continue;
          this.forget(org);
          if (!forgotten) this.open(org);
        }
      }),
      onEvent('changed', (event) => {
        if (event.topic === 'apps') for (const [org, apps] of this.#orgs) if (event.org === null || event.org === org) void apps.load();
      }),
    ];
  }

  stop(): void {
    for (const off of this.#off) off();
    this.#off = [];
    this.#orgs = new Map();
  }
}

export const apps = new Apps();
