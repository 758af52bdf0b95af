/**
 * Evidence packs of this run. Making one goes on when its sheet is closed or another page is opened; how it ends is then
 * told by a toast.
 */

import { call } from './ipc/call';
import { onEvent } from './ipc/events';
import type { EvidenceArgs, EvidenceView, ReviewArgs } from './ipc/generated';
import { announce } from './announce.svelte';
import { onOrgsGone, type Stays } from './oforg';
import { toast } from './toasts.svelte';

const keyOf = ({ org, side, review }: ReviewArgs) => JSON.stringify([org, side, review]);

/** A folder is chosen or Okta is being read. */
export const underWay = (view: EvidenceView | undefined): boolean => view?.state === 'choosing' || view?.state === 'gathering';

class Evidence {
  #views = $state.raw<ReadonlyMap<string, EvidenceView>>(new Map());
  /** Names of the reviews, for whoever is told of the end elsewhere. */
  #names = new Map<string, string>();
  /** Packs whose sheet is open; the sheet itself says how they end. */
  #watched = new Map<string, number>();
  /** How often each pack moved: a reply that an event overtook is old news. */
  #moves = new Map<string, number>();
  #off: (() => void) | undefined;

  /** Where a review's pack stands; nothing when none was begun, or the last one was put away. */
  of(about: ReviewArgs): EvidenceView | undefined {
    return this.#views.get(keyOf(about));
  }

  /** The sheet of a pack is open until the returned function is called. */
  watch(about: ReviewArgs, name: string): () => void {
    this.#follow();
    const key = keyOf(about);
    this.#names.set(key, name);
    this.#watched.set(key, (this.#watched.get(key) ?? 0) + 1);
    if (!this.#views.has(key)) void this.#catchUp(about, key);
    return () => this.#watched.set(key, (this.#watched.get(key) ?? 1) - 1);
  }

  /** One that was begun before the page was loaded anew is still under way. */
  async #catchUp({ org, side, review }: ReviewArgs, key: string): Promise<void> {
    const moves = this.#moves.get(key) ?? 0;
    const view = await call('evidence_get', { org, side, review }).catch(() => null);
    if (view !== null && underWay(view) && moves === (this.#moves.get(key) ?? 0) && !this.#views.has(key)) {
      this.#views = new Map(this.#views).set(key, view);
    }
  }

  async start(args: EvidenceArgs): Promise<void> {
    this.#follow();
    await this.#take(args, () => call('evidence_start', args));
  }

  async stop({ org, side, review }: ReviewArgs): Promise<void> {
    const about = { org, side, review };
    await this.#take(about, () => call('evidence_stop', about));
  }

  /** Makes room for another one. */
  putAway(about: ReviewArgs): void {
    const rest = new Map(this.#views);
    rest.delete(keyOf(about));
    this.#views = rest;
  }

  async #take(about: ReviewArgs, ask: () => Promise<EvidenceView>): Promise<void> {
    const key = keyOf(about);
    const moves = this.#moves.get(key) ?? 0;
    const view = await ask();
    if (moves === (this.#moves.get(key) ?? 0)) this.#views = new Map(this.#views).set(key, view);
  }

  #follow(): void {
    if (this.#off !== undefined) return;
    const offs = [
      onEvent('evidence', ({ view }) => {
        const key = keyOf(view);
        this.#moves.set(key, (this.#moves.get(key) ?? 0) + 1);
        this.#views = new Map(this.#views).set(key, view);
        if (!underWay(view)) this.#tell(view, this.#names.get(key), (this.#watched.get(key) ?? 0) > 0);
      }),
      // What was read of an org goes with it.
      onOrgsGone((stays) => this.#keep(stays)),
    ];
    this.#off = () => offs.forEach((off) => off());
  }

  #keep(stays: Stays): void {
    const kept = (key: string) => stays((JSON.parse(key) as [string])[0]);
    this.#views = new Map([...this.#views].filter(([key]) => kept(key)));
    for (const key of [...this.#names.keys()]) if (!kept(key)) this.#names.delete(key);
  }

  #tell(view: EvidenceView, name: string | undefined, watched: boolean): void {
    const pack = name === undefined ? 'The evidence pack' : `The evidence pack of ${name}`;
    const words = view.state === 'done' ? `${pack} is saved.` : view.state === 'failed' ? `${pack} could not be made.` : view.words;
    if (watched) announce(words);
    else if (view.state === 'done') toast('ok', words, view.folder ?? undefined);
    else if (view.state === 'failed') toast('bad', words, view.problem === null ? undefined : `${view.problem.title} ${view.problem.why}`);
    else toast('info', `${pack}: ${view.words}`);
  }

  /** Forgets everything. */
  clear(): void {
    this.#off?.();
    this.#off = undefined;
    this.#views = new Map();
    this.#names.clear();
    this.#watched.clear();
    this.#moves.clear();
  }
}

export const evidence = new Evidence();
