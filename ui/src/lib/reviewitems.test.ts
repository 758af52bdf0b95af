import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { access, decision, SCOPE, sub } from '../screens/reviews/workspace/fixtures';
import { fakeHost, problem, type FakeHost } from '../testing/fakehost';
import type { AccessesSnapshot, AccessRow, DecisionView, Event } from './ipc/generated';
import { ReviewItems, type Wanted } from './reviewitems.svelte';

const WANTED: Wanted = { order: 'priority', descending: true, filter: null };
let host: FakeHost;
let items: ReviewItems;
let off: () => void;

const snapshot = (rows: AccessRow[], more: Partial<AccessesSnapshot> = {}): AccessesSnapshot => ({ generation: 1, rows, done: true, problem: null, ...more });
const page = (rows: AccessRow[], more: object = {}) => host.send({ kind: 'accesses', ...SCOPE, generation: 1, rows, done: false, problem: null, ...more } as Event);
const again = (rows: AccessRow[], more: object = {}) => host.send({ kind: 'items', ...SCOPE, accesses: rows, parent: null, subs: [], ...more } as Event);
const ids = () => items.rows.map((row) => row.id);
const calm = () => new Promise((done) => setTimeout(done, 70));

beforeEach(() => {
  host = fakeHost();
  items = new ReviewItems(SCOPE);
  off = items.follow();
});
afterEach(() => off());

describe('items of a review', () => {
  it('pages before and after the reply make one list, each row once', async () => {
    host.answers.accesses_load = () => {
      page([access('1')]);
      page([access('2')]);
      return snapshot([access('1')], { done: false });
    };
    await items.load(WANTED);
    page([access('3')], { done: true });
    await calm();
    expect([ids(), items.done, items.whole]).toEqual([['1', '2', '3'], true, true]);
  });

  it('pages of another listing, another review or another side are not mixed in', async () => {
    host.answers.accesses_load = () => snapshot([access('1')], { generation: 4, done: false });
    await items.load(WANTED);
    page([access('2')], { generation: 3 });
    page([access('3')], { generation: 4, review: 'sar2' });
    page([access('4')], { generation: 4, side: 'my' });
    await calm();
    expect(ids()).toEqual(['1']);
  });

  it('an item read again is newer than the page and the reply it overtook', async () => {
    host.answers.accesses_load = () => {
      again([access('1', { remediation: 'REMEDIATED' }), access('2', { remediation: 'IN_PROGRESS' })]);
      return snapshot([access('1')], { done: false });
    };
    await items.load(WANTED);
    page([access('2')], { done: true });
    await calm();
    expect(items.rows.map((row) => row.remediation)).toEqual(['REMEDIATED', 'IN_PROGRESS']);
    expect(items.find('1')?.remediation).toBe('REMEDIATED');
  });

  describe('is read again, once for many', () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());
    const tell = (more: Partial<DecisionView>) => host.send({ kind: 'decision', view: decision(1, '1', { sendAt: null, ...more }) });
    const refreshed = async () => {
      await vi.advanceTimersByTimeAsync(2000);
      return host.asked.filter((one) => one.name === 'accesses_load' && (one.args as { refresh: boolean }).refresh).length;
    };
    beforeEach(async () => {
      host.answers.accesses_load = () => snapshot([access('1')]);
      await items.load(WANTED);
    });

    it('when Okta refuses, as somebody else may have decided', async () => {
      tell({ state: 'failed', problem: problem({ code: 'refused' }) });
      tell({ id: 2, state: 'failed', problem: problem({ code: 'refused' }) });
      expect(await refreshed()).toBe(1);
    });

    it('when it was decided on the other side', async () => {
      tell({ side: 'my', state: 'settled' });
      expect(await refreshed()).toBe(1);
    });

    it('and not for what its own events tell, what Okta did not judge, or another review', async () => {
      tell({ state: 'settled' });
      tell({ side: 'my', state: 'waiting' });
      tell({ state: 'failed', problem: problem({ code: 'rateLimited' }) });
      tell({ side: 'my', state: 'settled', review: 'sar2' });
      expect(await refreshed()).toBe(0);
    });

    it('with what lies below, if that is what was refused and was read', async () => {
      host.answers.accesses_below = () => ({ rows: [sub('s')], problem: null });
      tell({ sub: 's', state: 'failed', problem: problem({ code: 'refused' }) });
      await refreshed();
      expect(host.count('accesses_below')).toBe(0);
      await items.belowOf('1').refresh();
      tell({ sub: 's', state: 'failed', problem: problem({ code: 'refused' }) });
      await refreshed();
      expect(host.count('accesses_below')).toBe(2);
    });
  });

  it('a failed refresh keeps the rows; another filter starts over', async () => {
    host.answers.accesses_load = () => snapshot([access('1')]);
    await items.load(WANTED);
    host.answers.accesses_load = () => {
      throw problem();
    };
    await items.load(WANTED, true);
    await calm();
    expect([ids(), items.problem?.code]).toEqual([['1'], 'network']);
    await items.load({ ...WANTED, filter: { by: 'label', value: 'x' } });
    await calm();
    expect(ids()).toEqual([]);
    // What was read is still known, for counts and the detail.
    expect([...items.all.keys()]).toEqual(['1']);
  });

  it('only the latest answer counts', async () => {
    let answer: (value: AccessesSnapshot) => void = () => undefined;
    host.answers.accesses_load = ({ descending }) => (descending ? new Promise((done) => (answer = done)) : snapshot([access('2')], { generation: 2 }));
    const slow = items.load(WANTED);
    await items.load({ ...WANTED, descending: false });
    answer(snapshot([access('1')]));
    await slow;
    await calm();
    expect(ids()).toEqual(['2']);
  });

  it('what lies below takes what was read again', async () => {
    host.answers.accesses_below = () => ({ rows: [sub('s')], problem: null });
    await items.belowOf('1').refresh();
    again([], { parent: '1', subs: [sub('s', { remediation: 'REMEDIATED' })] });
    expect(items.belowOf('1').value?.rows[0]?.remediation).toBe('REMEDIATED');
  });
});
