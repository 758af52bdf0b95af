/**
 * Working through the items: which one is marked, what is asked about it, what was decided. It knows no keys and no
 * elements, so that a click and a key do the same.
 */

import { announce } from '../../../lib/announce.svelte';
import { decisions, targetKey, type Scope, type Target } from '../../../lib/decisions.svelte';
import { asProblem, call } from '../../../lib/ipc/call';
import type { AccessRow, DecisionFacts, DecisionView, ItemAction, Problem, SubAccessRow } from '../../../lib/ipc/generated';
import type { ReviewItems } from '../../../lib/reviewitems.svelte';
import type { Kept } from './memory.svelte';
import { isUndecided } from './state';
import { belowWords } from './words';

export type Wish = 'revoke' | 'flag' | 'restore';

export const WISHES: Readonly<Record<Wish, { key: string; actions: readonly string[]; words: string }>> = {
  revoke: { key: 'R', actions: ['REVOKE_ACCESS'], words: 'Revoke access' },
  flag: { key: 'F', actions: ['FLAG_FOR_MANUAL_REMEDIATION', 'FLAG_FOR_MANUAL_RESTORATION'], words: 'a flag for manual work' },
  restore: { key: 'X', actions: ['RESTORE_ACCESS'], words: 'Restore access' },
};
export const keyOfAction = (action: string): string | undefined => Object.values(WISHES).find((one) => one.actions.includes(action))?.key;

/** Shown before a decision that takes something away. */
export interface Ask {
  target: Target;
  item: string;
  action: ItemAction;
  facts: DecisionFacts | null;
  problem: Problem | null;
}

/** What the screen around it does. */
interface Around {
  rows: () => readonly AccessRow[];
  /** Why nothing can be decided now. */
  resting: () => string | null;
  /** The item itself is to be seen, not the history beside it. */
  showItem: () => void;
  focusList: () => void;
  focusBelow: () => void;
}

export class Triage {
  readonly scope: Scope;
  readonly items: ReviewItems;
  readonly kept: Kept;
  /** The marked thing below the marked item, while one walks there. */
  sub = $state<string | null>(null);
  ask = $state.raw<Ask | null>(null);
  /** A decision is on its way to the engine. */
  making = $state(false);
  /** Why the last key did nothing, to be read beside the buttons. */
  note = $state('');
  /** Why a decision could not be made. */
  problem = $state.raw<Problem | null>(null);

  latest = $derived.by(() => decisions.latest(this.scope));
  row = $derived.by(() => (this.kept.access === null ? undefined : this.items.find(this.kept.access)));
  marked = $derived.by(() => this.#around.rows().findIndex((row) => row.id === this.kept.access));
  below = $derived.by<readonly SubAccessRow[]>(() => (this.row === undefined ? [] : (this.items.belowOf(this.row.id).value?.rows ?? [])));

  #around: Around;
  #last = 0;
  #turn = 0;
  #undoing = new Set<number>();
  #failed: { target: Target; item: string; action: ItemAction } | null = null;

  constructor(scope: Scope, items: ReviewItems, kept: Kept, around: Around) {
    this.scope = scope;
    this.items = items;
    this.kept = kept;
    this.#around = around;
  }

  decisionOn(target: Target): DecisionView | undefined {
    return this.latest.get(targetKey(target));
  }
  isUndecided(row: AccessRow): boolean {
    return isUndecided(row, this.decisionOn({ access: row.id, sub: null }));
  }

  /** What a decision would be about now. */
  get target(): (Target & { item: AccessRow | SubAccessRow }) | null {
    const row = this.row;
    if (row === undefined) return null;
    if (this.sub === null) return { access: row.id, sub: null, item: row };
    const item = this.below.find((one) => one.id === this.sub);
    return item === undefined ? null : { access: row.id, sub: item.id, item };
  }

  // Moving

  mark(access: string): void {
    if (access !== this.kept.access) this.#quiet();
    this.kept.access = access;
    this.sub = null;
  }

  markAt(at: number): void {
    const rows = this.#around.rows();
    const row = rows[Math.max(0, Math.min(rows.length - 1, at))];
    if (row === undefined) return;
    this.#last = rows.indexOf(row);
    this.mark(row.id);
    this.#around.focusList();
  }

  move(by: number): void {
    if (this.sub !== null) {
      const at = this.below.findIndex((one) => one.id === this.sub);
      const to = this.below[Math.max(0, Math.min(this.below.length - 1, at + by))];
      if (to !== undefined) this.markSub(to.id);
    } else if (this.marked >= 0) this.markAt(this.marked + by);
    else if (this.kept.access === null) this.markAt(by - 1);
    // The marked one is not in the list any more: go on from where it was.
    else this.markAt(by > 0 ? this.#last + by - 1 : this.#last + by);
  }

  /** The next or previous one about which nothing was decided. */
  step(by: 1 | -1): void {
    const rows = this.#around.rows();
    const from = this.marked >= 0 ? this.marked : this.#last - (by > 0 ? 1 : 0);
    for (let at = from + by; at >= 0 && at < rows.length; at += by) {
      const row = rows[at];
      if (row !== undefined && this.isUndecided(row)) {
        this.markAt(at);
        return;
      }
    }
    this.#say(by > 0 ? 'Nothing undecided comes after this one in the list.' : 'Nothing undecided comes before this one in the list.');
  }

  async into(): Promise<void> {
    const row = this.row;
    if (row === undefined || this.sub !== null) return;
    if (row.below.length === 0) return this.#say(`Nothing lies below ${row.name}.`);
    this.#around.showItem();
    const below = this.items.belowOf(row.id);
    if (below.value === undefined) {
      announce(`Reading the ${belowWords(row.below)} of ${row.name}.`);
      await below.refresh();
    }
    if (this.row?.id !== row.id || this.sub !== null) return;
    const first = below.value?.rows[0];
    if (first !== undefined) this.markSub(first.id);
    else if (below.problem === null) this.#say(`Nothing lies below ${row.name}.`);
  }

  markSub(sub: string): void {
    if (sub !== this.sub) this.#quiet();
    this.sub = sub;
    this.#around.focusBelow();
  }

  /** Closes what is asked, else goes back up. */
  out(): void {
    this.note = '';
    if (this.ask !== null) this.cancel();
    else if (this.sub !== null) {
      this.sub = null;
      this.#around.focusList();
    }
  }

  // Deciding

  /** A key or a button: what the item offers of it is asked about, or done where it takes nothing away. */
  wish(wish: Wish): void {
    const target = this.target;
    if (target === null) return;
    if (wish === 'revoke' && this.ask?.action.action === 'REVOKE_ACCESS' && targetKey(this.ask.target) === targetKey(target)) return void this.confirm();
    const action = target.item.actions.find((one) => one.known && WISHES[wish].actions.includes(one.action));
    if (action !== undefined) return this.choose(action);
    const resting = this.#around.resting();
    if (resting !== null) return this.#say(resting);
    const offered = target.item.actions.map((one) => one.label).join(', ');
    this.#say(`Okta does not offer ${WISHES[wish].words} for ${target.item.name}. It offers ${offered === '' ? 'nothing now' : offered}.`);
  }

  choose(action: ItemAction): void {
    const target = this.target;
    if (target === null || !action.known) return;
    const resting = this.#around.resting();
    if (resting !== null) return this.#say(resting);
    const before = this.decisionOn(target);
    if (before?.action === action.action && ['waiting', 'sending', 'following'].includes(before.state)) {
      return this.#say(`${action.label} was decided for ${target.item.name} already.${before.state === 'waiting' ? ' Press U to undo.' : ''}`);
    }
    this.#around.showItem();
    if (action.action === 'REVOKE_ACCESS') void this.#askAbout(target, action);
    else void this.#make(target, target.item.name, action);
  }

  async #askAbout({ access, sub, item }: Target & { item: AccessRow | SubAccessRow }, action: ItemAction): Promise<void> {
    const turn = ++this.#turn;
    this.#quiet();
    const ask = { target: { access, sub }, item: item.name, action, facts: null, problem: null };
    this.ask = ask;
    try {
      const facts = await call('decision_facts', { ...this.scope, access, sub, action: action.action });
      if (turn !== this.#turn || this.ask === null) return;
      this.ask = { ...ask, facts };
      announce(`${action.label} for ${item.name}? ${facts.outcome} ${facts.facts.map((one) => `${one.label}: ${one.value}.`).join(' ')} Press Enter to confirm, Escape to leave it.`);
    } catch (error) {
      if (turn !== this.#turn || this.ask === null) return;
      this.ask = { ...ask, problem: asProblem(error) };
    }
  }

  /** Reads again what could not be read. */
  askAgain(): void {
    const target = this.target;
    if (this.ask !== null && target !== null) void this.#askAbout(target, this.ask.action);
  }

  /** Only what was seen can be confirmed. */
  async confirm(): Promise<void> {
    const ask = this.ask;
    if (ask === null) return;
    if (ask.facts === null) return announce(ask.problem === null ? 'Still reading what this means.' : ask.problem.title);
    await this.#make(ask.target, ask.item, ask.action);
  }

  cancel(): void {
    this.#turn++;
    this.ask = null;
    if (this.sub === null) this.#around.focusList();
    else this.#around.focusBelow();
  }

  /** Once more what could not be made. */
  tryAgain(): void {
    const failed = this.#failed;
    if (failed !== null) void this.#make(failed.target, failed.item, failed.action);
  }

  /** Once more what Okta refused, if it still offers it. */
  again(decision: DecisionView): void {
    const action = this.target?.item.actions.find((one) => one.known && one.action === decision.action);
    if (action === undefined) this.#say(`Okta does not offer ${decision.label} for ${decision.item} now.`);
    else this.choose(action);
  }

  async #make(target: Target, item: string, action: ItemAction): Promise<void> {
    if (this.making) return;
    this.making = true;
    this.#failed = { target, item, action };
    this.#quiet(false);
    // Where to go on: the list may have lost this one when the answer is there.
    const rows = this.#around.rows();
    const from = rows.findIndex((row) => row.id === target.access);
    try {
      const made = await decisions.make({ ...this.scope, access: target.access, sub: target.sub, action: action.action });
      if (this.ask !== null && targetKey(this.ask.target) === targetKey(target)) this.ask = null;
      announce(`${action.label} for ${item}: sent in ${Math.round(made.delayMs / 1000)} seconds. Press U to undo.`);
      const stayed = this.kept.access === target.access && this.sub === target.sub;
      if (stayed) this.#goOn(target, rows, from);
    } catch (error) {
      this.problem = asProblem(error);
    } finally {
      this.making = false;
    }
  }

  #goOn(target: Target, rows: readonly AccessRow[], from: number): void {
    if (target.sub !== null) {
      const at = this.below.findIndex((one) => one.id === target.sub);
      const next = [...this.below.slice(at + 1), ...this.below.slice(0, at)].find((one) => isUndecided(one, this.decisionOn({ access: target.access, sub: one.id })));
      if (next !== undefined) this.markSub(next.id);
      else this.#around.focusBelow();
      return;
    }
    const next = [...rows.slice(from + 1), ...rows.slice(0, Math.max(0, from))].find((row) => this.isUndecided(row));
    if (next !== undefined) this.mark(next.id);
    else this.note = 'Nothing undecided is left in this list.';
    this.#last = Math.max(0, this.marked);
    this.#around.focusList();
  }

  /** Takes back the latest that waits; else offers what takes back the latest that was sent. */
  async undo(): Promise<void> {
    const mine = decisions.of(this.scope);
    const waiting = mine.find((one) => one.state === 'waiting' && !this.#undoing.has(one.id));
    if (waiting !== undefined) return this.takeBack(waiting);
    const sent = mine.find((one) => ['sending', 'following', 'settled'].includes(one.state) && this.decisionOn(one)?.id === one.id);
    if (sent === undefined) return this.#say('There is nothing to undo.');
    await this.#goTo(sent);
    const action = this.target?.item.actions.find((one) => one.known && one.action === sent.inverse);
    if (action !== undefined) return this.offer(action);
    this.#say(`${sent.label} for ${sent.item} was sent already. Okta does not offer to take it back ${sent.state === 'settled' ? 'now' : 'yet'}.`);
  }

  async takeBack(decision: DecisionView): Promise<void> {
    this.#undoing.add(decision.id);
    try {
      await decisions.undo(decision.id);
      announce(`Undone: ${decision.label} for ${decision.item}. Nothing was sent.`);
      await this.#goTo(decision);
    } catch (error) {
      const { title, why } = asProblem(error);
      this.#say(`${title} ${why}`);
    } finally {
      this.#undoing.delete(decision.id);
    }
  }

  /** Something that was sent is taken back only after it was looked at. */
  offer(action: ItemAction): void {
    const target = this.target;
    const resting = this.#around.resting();
    if (target === null) return;
    if (resting !== null) return this.#say(resting);
    this.#around.showItem();
    void this.#askAbout(target, action);
  }

  async #goTo({ access, sub }: Target): Promise<void> {
    this.mark(access);
    if (sub === null) return this.#around.focusList();
    const below = this.items.belowOf(access);
    if (below.value === undefined) await below.refresh();
    if (this.kept.access === access) this.markSub(sub);
  }

  #quiet(closing = true): void {
    this.note = '';
    this.problem = null;
    if (closing) this.ask = null;
  }

  #say(text: string): void {
    this.note = text;
    announce(text);
  }
}
