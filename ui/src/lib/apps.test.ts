import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checked, manyRows, pending, row } from '../testing/data';
import { fakeHost, problem, type FakeHost } from '../testing/fakehost';
import { apps } from './apps.svelte';
import type { AppRow, AppsSnapshot, Event } from './ipc/generated';

const settled = () => new Promise((done) => setTimeout(done, 60));
const snapshot = (more: Partial<AppsSnapshot> = {}): AppsSnapshot => ({ generation: 1, rows: [], done: false, problem: null, ...more });
const page = (rows: AppRow[], more: Partial<Extract<Event, { kind: 'apps' }>> = {}): Event => ({
  kind: 'apps', org: 'acme', generation: 1, rows, done: false, problem: null, ...more,
});
let host: FakeHost;
let answer: AppsSnapshot;

beforeEach(() => {
  answer = snapshot();
  host = fakeHost({ apps_load: () => answer, apps_stop: () => ({}) });
  apps.start();
});
afterEach(() => apps.stop());

describe('an org’s apps', () => {
  it('stream in, page by page', async () => {
    const list = apps.open('acme');
    await settled();
    expect([list.count, list.loading, list.done]).toEqual([0, true, false]);
    host.send(page([row('1'), row('2')]));
    host.send(page([row('3')], { done: true }));
    await settled();
    expect([list.rows.map((one) => one.id), list.loading, list.done]).toEqual([['1', '2', '3'], false, true]);
    expect(host.count('apps_load')).toBe(1);
  });

  it('a page that came before the reply is counted once', async () => {
    answer = snapshot({ rows: [row('1'), row('2')] });
    const list = apps.open('acme');
    host.send(page([row('2')]));
    host.send(page([row('3')], { done: true }));
    await settled();
    expect(list.rows.map((one) => one.id)).toEqual(['1', '2', '3']);
    expect(list.done).toBe(true);
  });

  it('pages of an older listing are passed over', async () => {
    answer = snapshot({ generation: 2, rows: [row('1')] });
    const list = apps.open('acme');
    await settled();
    host.send(page([row('old')], { generation: 1 }));
    expect(list.rows.map((one) => one.id)).toEqual(['1']);
  });

  it('a listing somebody else began is asked for', async () => {
    answer = snapshot({ rows: [row('1')], done: true });
    const list = apps.open('acme');
    await settled();
    answer = snapshot({ generation: 2, rows: [row('new')], done: true });
    host.send(page([row('new')], { generation: 2 }));
    await settled();
    expect([list.rows.map((one) => one.id), host.count('apps_load')]).toEqual([['new'], 2]);
  });

  it('a refresh keeps the rows until the first new one, and what was seen of them', async () => {
    answer = snapshot({ rows: [row('1', { checked: checked() }), row('gone')], done: true });
    const list = apps.open('acme');
    await settled();
    answer = snapshot({ generation: 2 });
    await list.load(true);
    expect([list.count, list.loading]).toEqual([2, true]);
    host.send(page([row('1')], { generation: 2, done: true }));
    await settled();
    expect(list.rows.map((one) => one.id)).toEqual(['1']);
    expect(list.find('1')?.checked?.status).toBe('enabled');
  });

  it('an org without apps ends up empty after a refresh', async () => {
    answer = snapshot({ rows: [row('1')], done: true });
    const list = apps.open('acme');
    await settled();
    answer = snapshot({ generation: 2 });
    await list.load(true);
    host.send(page([], { generation: 2, done: true }));
    await settled();
    expect([list.count, list.done]).toEqual([0, true]);
  });

  it('a look at an app that overtakes the reply is kept', async () => {
    answer = snapshot({ rows: [row('1')], done: true });
    const list = apps.open('acme');
    await settled();
    const going = list.load();
    host.send({ kind: 'checked', org: 'acme', app: '1', checked: checked({ at: '2026-11-24T10:00:00Z' }) });
    await going;
    expect(list.find('1')?.checked?.at).toBe('2026-11-24T10:00:00Z');
  });

  it('a look at an app whose row has not come yet is kept for it', async () => {
    const list = apps.open('acme');
    host.send(page([row('1')], { done: true }));
    host.send({ kind: 'checked', org: 'acme', app: '1', checked: checked() });
    await settled();
    expect(list.find('1')?.checked?.status).toBe('enabled');
  });

  it('consents that wait are marked and unmarked', async () => {
    answer = snapshot({ rows: [row('1'), row('2', { waiting: true })], done: true });
    const list = apps.open('acme');
    await settled();
    host.send({ kind: 'pending', pending: [pending('1'), pending('2', { org: 'other' })] });
    await settled();
    expect(list.rows.map((one) => one.waiting)).toEqual([true, false]);
  });

  it('a failure is told, keeps what was read and is tried again on the next visit only when nothing was', async () => {
    const list = apps.open('acme');
    await settled();
    host.send(page([], { done: true, problem: problem() }));
    expect([list.problem?.code, list.loading]).toEqual(['network', false]);
    apps.open('acme');
    await settled();
    expect(host.count('apps_load')).toBe(2);
    host.send(page([row('1')]));
    host.send(page([], { done: true, problem: problem() }));
    apps.open('acme');
    await settled();
    expect(host.count('apps_load')).toBe(2);
    expect(list.count).toBe(1);
  });

  it('the practice org put back starts from nothing', async () => {
    answer = snapshot({ rows: [row('1', { checked: checked() })], done: true });
    apps.open('practice');
    await settled();
    answer = snapshot();
    host.send({ kind: 'changed', topic: 'practice', org: 'practice', app: null });
    await settled();
    expect(apps.known('practice')?.count).toBe(0);
  });

  it('ten thousand rows in fifty pages are announced a few times, not fifty', async () => {
    vi.useFakeTimers();
    const list = apps.open('acme');
    await vi.advanceTimersByTimeAsync(100);
    const rows = manyRows(10_000);
    let changes = 0;
    let before = list.rows;
    for (let at = 0; at < rows.length; at += 200) {
      host.send(page(rows.slice(at, at + 200), { done: at + 200 >= rows.length }));
      if (list.rows !== before) changes++;
      before = list.rows;
    }
    await vi.advanceTimersByTimeAsync(100);
    vi.useRealTimers();
    expect(list.count).toBe(10_000);
    expect(changes).toBeLessThan(5);
  });
});
