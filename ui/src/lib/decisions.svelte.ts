/**
 * Decisions on access items, of every org and review, as the engine tells them. They wait, are sent and are followed in
 * the engine, so they go on while the window shows something else.
 */

import { announce } from './announce.svelte';
import { call, type Args } from './ipc/call';
import { onEvent } from './ipc/events';
import type { DecisionState, DecisionView, Side } from './ipc/generated';
import { onOrgsGone } from './oforg';
import { toast } from './toasts.svelte';

/** How far along; nothing goes back, so what is less far is old news that was overtaken. */
const FAR: Record<DecisionState, number> = { waiting: 0, sending: 1, following: 2, settled: 3, undone: 3, failed: 3, unknown: 3 };

/** What a lock takes back is heard of this long before the lock itself, at most. */
const LOCK_MS = 5_000;

/** An access item, or one thing below it. */
export interface Target {
  access: string;
  sub: string | null;
}

/** One side of one review. */
export interface Scope {
  org: string;
  side: Side;
  review: string;
}

export const targetKey = (it: Target): string => `${it.access} ${it.sub ?? ''}`;
/** Both sides show the same items: what was decided on one of them holds on the other. */
export const inScope = (view: DecisionView, scope: Omit<Scope, 'side'>): boolean => view.org === scope.org && view.review === scope.review;

class Decisions {
  /** Latest first. */
  all = $state.raw<readonly DecisionView[]>([]);
  /** Failures the person has seen and put away. */
  #away = $state.raw<ReadonlySet<number>>(new Set());
  /** Not through yet, or gone wrong: what must be within reach wherever the window is. */
  waiting = $derived(this.all.filter((one) => one.state === 'waiting'));
  wrong = $derived(this.all.filter((one) => (one.state === 'failed' || one.state === 'unknown') && !this.#away.has(one.id)));

  #followers = 0;
  #off: (() => void)[] = [];
  /** When each was heard of last, by a counter: a list that was asked for earlier says nothing newer. */
  #heard = new Map<number, number>();
  #clock = 0;
  /** Taken back by the person here, as against by a lock. */
  #undone = new Set<number>();
  /** Taken back by somebody or something else, and when. */
  #dropped = new Map<number, number>();

  /** Listens until the returned function is called; several may. */
  follow(): () => void {
    if (this.#followers++ === 0) {
      this.#off = [
        onEvent('decision', ({ view }) => this.#hear(view)),
        onEvent('locked', () => this.#locked()),
        onOrgsGone((stays) => this.#keep((one) => stays(one.org))),
        onEvent('changed', ({ topic, org }) => {
          // Events were lost.
          if (topic === 'reviews' && org === null) for (const known of new Set(this.all.map((one) => one.org))) void this.open(known);
        }),
      ];
    }
    let on = true;
    return () => {
      if (!on) return;
      on = false;
      if (--this.#followers > 0) return;
      for (const off of this.#off) off();
      this.#off = [];
      this.#keep(() => false);
    };
  }

  /** Reads what was decided in this run. A failure changes nothing: the items themselves say what Okta knows. */
  async open(org: string): Promise<void> {
    const asked = this.#clock;
    try {
      for (const view of await call('decisions_list', { org })) {
        if ((this.#heard.get(view.id) ?? 0) <= asked) this.#take(view);
      }
    } catch {
      // What is known stays; each decision tells of itself when it moves.
    }
  }

  /** Those of one review, latest first. */
  of(scope: Scope): DecisionView[] {
    return this.all.filter((one) => inScope(one, scope));
  }

  /** The latest of each item of one review. */
  latest(scope: Scope): Map<string, DecisionView> {
    const found = new Map<string, DecisionView>();
    for (const one of this.all) if (inScope(one, scope) && !found.has(targetKey(one))) found.set(targetKey(one), one);
    return found;
  }

  async make(args: Args<'decision_make'>): Promise<DecisionView> {
    const view = await call('decision_make', args);
    this.#take(view);
    return view;
  }

  async undo(id: number): Promise<void> {
    this.#undone.add(id);
    this.#take(await call('decision_undo', { id }));
  }

  async send(id: number): Promise<void> {
    this.#take(await call('decision_send', { id }));
  }

  putAway(id: number): void {
    this.#away = new Set(this.#away).add(id);
  }

  #hear(view: DecisionView): void {
    this.#heard.set(view.id, ++this.#clock);
    const before = this.all.find((one) => one.id === view.id);
    if (!this.#take(view) || before?.state === view.state) return;
    if (view.state === 'undone' && !this.#undone.has(view.id)) this.#dropped.set(view.id, Date.now());
    if (view.state === 'failed' || view.state === 'unknown') announce(`${view.label} for ${view.item}: ${view.problem?.title ?? 'it went wrong.'}`);
  }

  /** What waited is not sent after a lock. Somebody who decided and locked at once has to know. */
  #locked(): void {
    const now = Date.now();
    const lost = this.all.filter((one) => {
      const dropped = one.state === 'waiting' || now - (this.#dropped.get(one.id) ?? -Infinity) < LOCK_MS;
      // One that a later decision on the same item took the place of is no loss.
      return dropped && !this.all.some((other) => other.id > one.id && inScope(other, one) && targetKey(other) === targetKey(one));
    });
    this.#dropped.clear();
    for (const one of lost) toast('bad', `${one.label} for ${one.item} was not sent.`, 'Gatehouse was locked while it waited. Decide again if it is still right.');
  }

  /** Takes a view unless a newer one of the same decision is here. */
  #take(view: DecisionView): boolean {
    const at = this.all.findIndex((one) => one.id <= view.id);
    const known = this.all[at];
    if (known?.id !== view.id) {
      const place = at < 0 ? this.all.length : at;
      this.all = [...this.all.slice(0, place), view, ...this.all.slice(place)];
      return true;
    }
    // After a restart of the engine numbers begin anew.
    const same = known.org === view.org && known.review === view.review && targetKey(known) === targetKey(view) && known.action === view.action;
    if (same && FAR[view.state] < FAR[known.state]) return false;
    this.all = this.all.with(at, view);
    return true;
  }

  #keep(test: (view: DecisionView) => boolean): void {
    if (!this.all.every(test)) this.all = this.all.filter(test);
  }
}

export const decisions = new Decisions();
