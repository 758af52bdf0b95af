import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { fakeHost, problem } from '../testing/fakehost';
import { ProblemError } from './ipc/call';
import { Query, query } from './query.svelte';

/** Answers that are given by hand, in any order. */
function byHand<T>() {
  const waiting: { give: (value: T) => void; fail: (error: unknown) => void }[] = [];
  const load = () => new Promise<T>((give, fail) => waiting.push({ give, fail }));
  return { load, waiting };
}
const settled = () => new Promise((done) => setTimeout(done));

describe('a query', () => {
  it('loads, and says so meanwhile', async () => {
    const { load, waiting } = byHand<number>();
    const it = new Query(load);
    const done = it.refresh();
    expect(it.loading).toBe(true);
    waiting[0]?.give(1);
    await done;
    expect([it.value, it.loading, it.problem, it.stale]).toEqual([1, false, null, false]);
  });

  it('keeps the last good value when a refresh fails, and calls it stale', async () => {
    const { load, waiting } = byHand<number>();
    const it = new Query(load);
    const first = it.refresh();
    waiting[0]?.give(1);
    await first;
    const second = it.refresh();
    waiting[1]?.fail(new ProblemError(problem({ title: 'No.' })));
    await second;
    expect([it.value, it.problem?.title, it.stale, it.loading]).toEqual([1, 'No.', true, false]);
  });

  it('drops an answer that was overtaken', async () => {
    const { load, waiting } = byHand<string>();
    const it = new Query(load);
    const old = it.refresh();
    const young = it.refresh();
    waiting[1]?.give('young');
    await young;
    waiting[0]?.give('old');
    await old;
    expect([it.value, it.loading]).toEqual(['young', false]);
  });

  it('a value set by hand wins over a request in flight', async () => {
    const { load, waiting } = byHand<string>();
    const it = new Query(load);
    const going = it.refresh();
    it.set('reply of a write');
    waiting[0]?.give('read before the write');
    await going;
    expect([it.value, it.loading]).toEqual(['reply of a write', false]);
  });

  it('shows no words of an unknown error', async () => {
    const it = new Query(() => Promise.reject(new Error('token 00abc was refused')));
    await it.refresh();
    expect(JSON.stringify(it.problem)).not.toContain('00abc');
    expect(it.problem?.code).toBe('internal');
  });
});

describe('a component’s query', () => {
  function mounted(key: () => string | null) {
    const asked: string[] = [];
    let it!: Query<string>;
    const off = $effect.root(() => {
      it = query(
        key,
        async (org) => {
          asked.push(org);
          return `of ${org}`;
        },
        (org) => [{ topic: 'apps', org }],
      );
    });
    flushSync();
    return { it, asked, off };
  }

  it('starts over for another key, and not for the same', async () => {
    fakeHost();
    let org = $state<string | null>('a');
    const { it, asked, off } = mounted(() => org);
    await settled();
    expect(it.value).toBe('of a');
    org = 'b';
    flushSync();
    expect(it.value).toBeUndefined();
    await settled();
    expect([it.value, asked]).toEqual(['of b', ['a', 'b']]);
    org = null;
    flushSync();
    expect(it.value).toBeUndefined();
    off();
  });

  it('reads again when its topic changes, and only then', async () => {
    const host = fakeHost();
    const { asked, off } = mounted(() => 'a');
    await settled();
    host.send({ kind: 'changed', topic: 'history', org: 'a', app: null });
    host.send({ kind: 'changed', topic: 'apps', org: 'b', app: null });
    expect(asked).toEqual(['a']);
    host.send({ kind: 'changed', topic: 'apps', org: 'a', app: '0oa1' });
    host.send({ kind: 'changed', topic: 'apps', org: null, app: null });
    expect(asked).toEqual(['a', 'a', 'a']);
    off();
    host.send({ kind: 'changed', topic: 'apps', org: 'a', app: null });
    expect(asked).toHaveLength(3);
  });
});
