import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { review, reviewsSnapshot as snapshot, STATS } from '../testing/reviews';
import { fakeHost, problem, type FakeHost } from '../testing/fakehost';
import type { Event, ReviewRow, ReviewsSnapshot } from './ipc/generated';
import { AGAIN_MS } from './reviewlist.svelte';
import { endingSoon, reviews } from './reviews.svelte';

const page = (rows: ReviewRow[], more: Partial<Extract<Event, { kind: 'reviews' }>> = {}): Event => ({
  kind: 'reviews', org: 'acme', side: 'admin', tab: 'active', generation: 1, rows, done: false, problem: null, ...more,
});
const changed = (topic: 'reviews' | 'credentials' | 'practice', org: string | null = 'acme'): Event => ({ kind: 'changed', topic, org, app: null });
const settled = () => vi.advanceTimersByTimeAsync(60);
const list = () => reviews.known('acme', 'admin', 'active');
const ids = () => list()?.rows.map((row) => row.id);
const asked = () => host.asked.filter((one) => one.name === 'reviews_load').map((one) => one.args);
let host: FakeHost;
let answer: ReviewsSnapshot | Error;

beforeEach(() => {
  vi.useFakeTimers();
  answer = snapshot();
  host = fakeHost({
    reviews_load: () => {
      if (answer instanceof Error) throw problem();
      return answer;
    },
    reviews_stats: () => STATS,
  });
  reviews.start();
});
afterEach(() => {
  reviews.stop();
  vi.useRealTimers();
});

describe('a list of reviews', () => {
  it('streams in over several pages, each review once', async () => {
    answer = snapshot({ rows: [review('1')] });
    reviews.show('acme', 'admin', 'active');
    host.send(page([review('1'), review('2')]));
    await settled();
    expect([ids(), list()?.loading, list()?.done]).toEqual([['1', '2'], true, false]);
    host.send(page([review('2'), review('3')], { done: true }));
    await settled();
    expect([ids(), list()?.loading, list()?.done]).toEqual([['1', '2', '3'], false, true]);
    expect(asked()).toEqual([{ org: 'acme', side: 'admin', tab: 'active', order: 'endTime', descending: false, refresh: false }]);
  });

  it('a review that was read by itself before the reply came is kept', async () => {
    let come: (it: ReviewsSnapshot) => void = () => undefined;
    host.answers.reviews_load = () => new Promise<ReviewsSnapshot>((done) => (come = done));
    reviews.show('acme', 'admin', 'active');
    host.send(page([review('1', { createdBy: '00u1example0person00' })], { done: true }));
    host.send({ kind: 'review', org: 'acme', side: 'admin', review: review('1', { createdBy: 'Robin Keller' }) });
    come(snapshot());
    await settled();
    expect(list()?.rows.map((row) => row.createdBy)).toEqual(['Robin Keller']);
  });

  it('passes over pages of an older listing, another tab, another side, another org', async () => {
    answer = snapshot({ generation: 2, rows: [review('1')] });
    reviews.show('acme', 'admin', 'active');
    await settled();
    host.send(page([review('old')]));
    host.send(page([review('tab')], { generation: 2, tab: 'closed' }));
    host.send(page([review('side')], { generation: 2, side: 'my' }));
    host.send(page([review('org')], { generation: 2, org: 'other' }));
    await settled();
    expect(ids()).toEqual(['1']);
  });

  it('asks for a listing that was begun elsewhere', async () => {
    answer = snapshot({ rows: [review('1')], done: true });
    reviews.show('acme', 'admin', 'active');
    await settled();
    answer = snapshot({ generation: 2, rows: [review('new')], done: true });
    host.send(page([review('new')], { generation: 2 }));
    await settled();
    expect([ids(), asked().length]).toEqual([['new'], 2]);
  });

  it('keeps its rows while they are read again, and when that fails', async () => {
    answer = snapshot({ rows: [review('1')], done: true });
    reviews.show('acme', 'admin', 'active');
    await settled();
    answer = snapshot({ generation: 2 });
    await list()?.load(true);
    expect([ids(), list()?.loading]).toEqual([['1'], true]);
    host.send(page([], { generation: 2, done: true, problem: problem() }));
    await settled();
    expect([ids(), list()?.problem?.code]).toEqual([['1'], 'network']);
    answer = new Error('no');
    await list()?.load(true);
    await settled();
    expect([ids(), list()?.problem?.code]).toEqual([['1'], 'network']);
  });

  it('whole, it takes another order without a request; in part, it asks', async () => {
    answer = snapshot({ rows: [review('1')], done: true });
    const leave = reviews.show('acme', 'admin', 'active');
    await settled();
    leave();
    reviews.show('acme', 'admin', 'active', { order: { by: 'name', descending: true } });
    await settled();
    expect(asked()).toHaveLength(1);
    answer = snapshot({ generation: 2, rows: [review('1')] });
    await list()?.load(true);
    reviews.show('acme', 'admin', 'active', { order: { by: 'created', descending: true } });
    await settled();
    expect(asked().at(-1)).toMatchObject({ order: 'created', descending: true, refresh: false });
  });

  it('a review that was read by itself takes its place, joins, or leaves the tab', async () => {
    answer = snapshot({ rows: [review('1'), review('2')], done: true });
    reviews.show('acme', 'admin', 'active');
    await settled();
    const send = (row: ReviewRow) => host.send({ kind: 'review', org: 'acme', side: 'admin', review: row });
    send(review('1', { name: 'New name' }));
    send(review('2', { status: 'CLOSED' }));
    send(review('3'));
    send(review('4', { status: 'PENDING' }));
    host.send({ kind: 'review', org: 'acme', side: 'my', review: review('5') });
    await settled();
    expect(list()?.rows.map((row) => [row.id, row.name])).toEqual([['1', 'New name'], ['3', 'Lost laptop: Hugo Abara']]);
    expect(asked()).toHaveLength(1);
  });

  it('many changes are one request, and never more than one in fifteen seconds', async () => {
    answer = snapshot({ rows: [review('1')], done: true });
    reviews.show('acme', 'admin', 'active');
    reviews.count('acme', 'admin');
    await settled();
    for (let at = 0; at < 200; at++) {
      host.send(changed('reviews'));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect([asked().length, host.count('reviews_stats')]).toEqual([2, 2]);
    await vi.advanceTimersByTimeAsync(AGAIN_MS);
    expect([asked().length, host.count('reviews_stats')]).toEqual([3, 3]);
    await vi.advanceTimersByTimeAsync(10 * AGAIN_MS);
    expect(asked()).toHaveLength(3);
  });

  it('a change while pages come in lets them come in first', async () => {
    answer = snapshot({ rows: [review('1')] });
    reviews.show('acme', 'admin', 'active');
    await settled();
    host.send(changed('reviews'));
    await vi.advanceTimersByTimeAsync(4 * AGAIN_MS);
    expect(asked()).toHaveLength(1);
    host.send(page([review('2')], { done: true }));
    await vi.advanceTimersByTimeAsync(AGAIN_MS);
    expect(asked().at(-1)).toMatchObject({ refresh: true });
  });

  it('what nobody looks at is read again when somebody does', async () => {
    answer = snapshot({ rows: [review('1')], done: true });
    const leave = reviews.show('acme', 'admin', 'active');
    await settled();
    leave();
    leave();
    host.send(changed('reviews'));
    await vi.advanceTimersByTimeAsync(10 * AGAIN_MS);
    expect(asked()).toHaveLength(1);
    reviews.show('acme', 'admin', 'active');
    await settled();
    expect(asked()[1]).toMatchObject({ refresh: true });
  });

  it('pending reviews are looked at again, more and more rarely, until nobody looks', async () => {
    answer = snapshot({ rows: [review('1', { status: 'PENDING' })], done: true });
    const leave = reviews.show('acme', 'admin', 'all');
    await vi.advanceTimersByTimeAsync(300_000);
    const looks = asked().length;
    expect(looks).toBeGreaterThan(3);
    expect(looks).toBeLessThan(7);
    leave();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(asked()).toHaveLength(looks);
  });

  it('after a lock nothing is asked until somebody looks', async () => {
    answer = snapshot({ rows: [review('1', { status: 'PENDING' })], done: true });
    reviews.show('acme', 'admin', 'all');
    await settled();
    host.send({ kind: 'locked', idleMinutes: null, lost: [] });
    await vi.advanceTimersByTimeAsync(600_000);
    expect(asked()).toHaveLength(1);
    await reviews.again('acme', 'admin', 'all');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked().length).toBeGreaterThan(2);
  });

  it('a failure is tried again by a visit, not by a glance', async () => {
    answer = new Error('no');
    reviews.show('acme', 'admin', 'active', { glance: true })();
    await settled();
    expect(list()?.problem?.code).toBe('network');
    reviews.show('acme', 'admin', 'active', { glance: true })();
    await settled();
    expect(asked()).toHaveLength(1);
    reviews.show('acme', 'admin', 'active');
    await settled();
    expect(asked()).toHaveLength(2);
  });

  it('what is not looked at is freed, the latest few last', async () => {
    for (let at = 0; at < 8; at++) reviews.show(`org${at}`, 'admin', 'active')();
    await settled();
    const held = Array.from({ length: 8 }, (_, at) => at).filter((at) => reviews.known(`org${at}`, 'admin', 'active') !== undefined);
    expect(held).toEqual([4, 5, 6, 7]);
  });

  it('the practice org put back starts from nothing, and what is looked at is read', async () => {
    answer = snapshot({ rows: [review('1')], done: true });
    reviews.show('acme', 'admin', 'active');
    reviews.show('acme', 'admin', 'closed')();
    await settled();
    answer = snapshot();
    host.send(changed('practice'));
    await settled();
    expect([ids(), list()?.loading, reviews.known('acme', 'admin', 'closed')]).toEqual([[], true, undefined]);
    expect(asked()).toHaveLength(3);
  });

  it('an org that was forgotten is forgotten', async () => {
    reviews.show('acme', 'admin', 'active');
    reviews.count('acme', 'admin');
    await settled();
    host.send({ kind: 'orgs', orgs: [], current: null });
    await settled();
    expect([list(), reviews.stats('acme', 'admin'), asked().length]).toEqual([undefined, undefined, 1]);
  });

  it('so are its numbers where no list was looked at', async () => {
    reviews.count('acme', 'admin');
    await settled();
    expect(reviews.stats('acme', 'admin')).toEqual(STATS);
    host.send({ kind: 'orgs', orgs: [], current: null });
    expect(reviews.stats('acme', 'admin')).toBeUndefined();
  });

  it('another sign-in sees nothing of the one before', async () => {
    answer = snapshot({ rows: [review('1')], done: true });
    reviews.show('acme', 'my', 'active')();
    await settled();
    host.send(changed('credentials'));
    expect(reviews.known('acme', 'my', 'active')).toBeUndefined();
    reviews.show('acme', 'my', 'active');
    await settled();
    expect(asked()[1]).toMatchObject({ side: 'my', refresh: true });
  });
});

it('what ends soon is active, not over, and the first to end comes first', () => {
  const now = Date.parse('2026-11-24T09:00:00Z');
  const at = (id: string, hours: number, status = 'ACTIVE') => review(id, { status, endTime: new Date(now + hours * 3_600_000).toISOString() });
  const rows = [at('later', 25), at('second', 20), at('first', 1), at('over', -1), at('closed', 2, 'CLOSED'), review('never', { endTime: null }), review('odd', { endTime: 'soon' })];
  expect(endingSoon(rows, now).map((row) => row.id)).toEqual(['first', 'second']);
});
