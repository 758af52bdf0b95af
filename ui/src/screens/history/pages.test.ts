import { afterEach, describe, expect, it, vi } from 'vitest';
import type { HistoryArgs } from '../../lib/ipc/generated';
import { write } from '../../testing/data';
import { fakeHost } from '../../testing/fakehost';
import { PAGE, Pages } from './pages.svelte';

let newest = 250;
const answer = ({ before }: HistoryArgs) => {
  const from = before === undefined ? newest : before - 1;
  return Array.from({ length: Math.max(0, Math.min(PAGE, from)) }, (_, at) => write(from - at));
};
const settled = () => new Promise((done) => setTimeout(done));
let off: (() => void) | undefined;

afterEach(() => {
  off?.();
  newest = 250;
});

describe('history', () => {
  it('comes in pages, newest first, to the end', async () => {
    fakeHost({ history_list: answer });
    const pages = new Pages();
    off = pages.follow('acme');
    await settled();
    expect([pages.rows[0]?.id, pages.rows.length, pages.more]).toEqual([250, 100, true]);
    await pages.readOlder();
    await pages.readOlder();
    expect([pages.rows.at(-1)?.id, pages.rows.length, pages.more]).toEqual([1, 250, false]);
  });

  it('a new change goes on top, and older pages stay', async () => {
    const host = fakeHost({ history_list: answer });
    const pages = new Pages();
    off = pages.follow('acme');
    await settled();
    await pages.readOlder();
    newest = 252;
    host.send({ kind: 'changed', topic: 'history', org: 'acme', app: '0oa1' });
    await settled();
    expect([pages.rows[0]?.id, pages.rows.length]).toEqual([252, 202]);
    expect(new Set(pages.rows.map((row) => row.id)).size).toBe(202);
  });

  it('changes of another org are not asked for', async () => {
    const host = fakeHost({ history_list: answer });
    off = new Pages().follow('acme');
    await settled();
    host.send({ kind: 'changed', topic: 'history', org: 'other', app: null });
    expect(host.count('history_list')).toBe(1);
  });

  it('everything is read for copying, page by page', async () => {
    const host = fakeHost({ history_list: answer });
    const pages = new Pages();
    off = pages.follow(null);
    await vi.waitFor(() => expect(pages.rows.length).toBe(100));
    expect((await pages.everything()).length).toBe(250);
    expect(host.asked.map((one) => (one.args as HistoryArgs).before)).toEqual([undefined, undefined, 151, 51]);
  });
});
