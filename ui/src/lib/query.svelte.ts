/**
 * What Okta or the store says, kept fresh: loaded when its arguments change, again when its topic changes, and on demand.
 *
 * The last good value stays on show while a newer one is fetched or could not be (`stale`), so a screen never flickers
 * to empty. Only the latest request may write: an answer that was overtaken is dropped.
 */

import { asProblem } from './ipc/call';
import { concerns, onEvent, type About } from './ipc/events';
import type { Problem } from './ipc/generated';

export class Query<T> {
  value = $state.raw<T | undefined>();
  problem = $state.raw<Problem | null>(null);
  loading = $state(false);
  /** A value is shown that is older than the last try. */
  stale = $derived(this.value !== undefined && this.problem !== null);

  #load: () => Promise<T>;
  #turn = 0;

  constructor(load: () => Promise<T>) {
    this.#load = load;
  }

  /** Asks again. Resolves when this request is settled, never rejects. */
  refresh = async (): Promise<void> => {
    const turn = ++this.#turn;
    this.loading = true;
    try {
      const value = await this.#load();
      if (turn !== this.#turn) return;
      this.value = value;
      this.problem = null;
    } catch (error) {
      if (turn !== this.#turn) return;
      this.problem = asProblem(error);
    }
    this.loading = false;
  };

  /** Takes a value got elsewhere, such as a write's own reply; an older request in flight no longer counts. */
  set(value: T): void {
    this.#turn++;
    this.value = value;
    this.problem = null;
    this.loading = false;
  }

  /** Empties it, for another subject. */
  clear(): void {
    this.#turn++;
    this.value = undefined;
    this.problem = null;
    this.loading = false;
  }
}

/**
 * A query for a component: `key` says what it is about, and a new key starts over from empty; `null` means not now.
 * Must be called while the component is set up, as it uses an effect.
 */
export function query<K, T>(key: () => K | null, load: (key: K) => Promise<T>, about: (key: K) => About[] = () => []): Query<T> {
  let current: K | null = null;
  let seen: string | null = null;
  const it = new Query<T>(() => load(current as K));

  $effect(() => {
    current = key();
    const now = current === null ? null : JSON.stringify(current);
    if (now === seen) return;
    seen = now;
    it.clear();
    if (current !== null) void it.refresh();
  });
  $effect(() =>
    onEvent('changed', (event) => {
      if (current !== null && about(current).some((one) => concerns(event, one))) void it.refresh();
    }),
  );
  return it;
}
