import { beforeEach, afterEach, describe, expect, it, vi } from 'vitest';
import { problem } from '../testing/fakehost';
import type { Problem } from './ipc/generated';
import { Streamed } from './streamed.svelte';

interface Page {
  generation: number;
  rows: string[];
  done: boolean;
  problem: Problem | null;
}
const page = (rows: string[], more: Partial<Page> = {}): Page => ({ generation: 1, rows, done: false, problem: null, ...more });

class Names extends Streamed<string> {
  /** What whoever looks was shown last. */
  shown: readonly string[] = [];
  told = 0;
  asks = 0;
  #all: string[] = [];
  protected replace(rows: readonly string[]): void {
    this.#all = [...rows];
  }
  protected add(rows: readonly string[]): void {
    this.#all.push(...rows.filter((row) => !this.#all.includes(row)));
  }
  protected renew(): void {
    this.told++;
    this.shown = [...this.#all];
  }
  protected again(): void {
    this.asks++;
  }
  load = (reply: Promise<Page>) => this.ask(() => reply);
  stop = () => this.drop();
}

let names: Names;
const settled = () => vi.advanceTimersByTimeAsync(60);
const load = async (reply: Page) => {
  await names.load(Promise.resolve(reply));
  await settled();
};
beforeEach(() => {
  vi.useFakeTimers();
  names = new Names();
});
afterEach(() => vi.useRealTimers());

describe('a list that streams in', () => {
  it('has the reply, then the pages of its own listing, each row once', async () => {
    await load(page(['a']));
    names.hear(page(['a', 'b']));
    names.hear(page(['old'], { generation: 0 }));
    expect(names.loading).toBe(true);
    names.hear(page(['c'], { done: true }));
    await settled();
    expect([names.shown, names.done, names.loading, names.asks]).toEqual([['a', 'b', 'c'], true, false, 0]);
  });

  it('a page of a later listing is asked for', async () => {
    await load(page(['a']));
    names.hear(page(['b'], { generation: 2 }));
    expect(names.asks).toBe(1);
  });

  it('pages that overtake the reply come after it, those of another listing never', async () => {
    const asked = names.load(new Promise((done) => setTimeout(() => done(page(['a'], { generation: 2 })), 10)));
    names.hear(page(['b'], { generation: 2, done: true }));
    names.hear(page(['x'], { generation: 1 }));
    await settled();
    await asked;
    await settled();
    expect([names.shown, names.done]).toEqual([['a', 'b'], true]);
  });

  it('of two requests the later one counts, whichever is answered last', async () => {
    const slow = names.load(new Promise((done) => setTimeout(() => done(page(['slow'])), 30)));
    await load(page(['late'], { generation: 2, done: true }));
    await slow;
    await settled();
    expect([names.shown, names.done]).toEqual([['late'], true]);
  });

  it('the rows of the listing before stay until the new one has its first, or is empty', async () => {
    await load(page(['a'], { done: true }));
    await load(page([], { generation: 2 }));
    expect(names.shown).toEqual(['a']);
    names.hear(page(['b'], { generation: 2 }));
    await settled();
    expect(names.shown).toEqual(['b']);
    await load(page([], { generation: 3, done: true }));
    expect(names.shown).toEqual([]);
  });

  it.each([
    ['in the reply', () => load(page([], { generation: 2, done: true, problem: problem() }))],
    ['in an event', async () => {
      await load(page([], { generation: 2 }));
      names.hear(page([], { generation: 2, done: true, problem: problem() }));
    }],
    ['as a refusal', () => names.load(Promise.reject(problem()))],
  ])('what failed %s takes nothing away', async (_, fail) => {
    await load(page(['a'], { done: true }));
    await fail();
    await settled();
    expect([names.shown, names.problem?.title, names.loading]).toEqual([['a'], 'Can’t connect.', false]);
  });

  it('many pages at once are told of once', async () => {
    await load(page([]));
    const before = names.told;
    for (let at = 0; at < 50; at++) names.hear(page([String(at)]));
    await settled();
    expect([names.told - before, names.shown.length]).toEqual([expect.any(Number), 50]);
    expect(names.told - before).toBeLessThanOrEqual(2);
  });

  it('what was stopped takes no answer any more', async () => {
    const asked = names.load(Promise.resolve(page(['a'])));
    names.stop();
    await asked;
    await settled();
    expect(names.shown).toEqual([]);
  });
});
