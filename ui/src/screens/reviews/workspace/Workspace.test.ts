import { cleanup, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AccessRow, DecisionView, Event, ReviewDetail } from '../../../lib/ipc/generated';
import { announcer } from '../../../lib/announce.svelte';
import { faults } from '../../../testing/axe';
import { fakeHost, problem, type FakeHost } from '../../../testing/fakehost';
import { showIn } from '../../../testing/onshow';
import { access, decision, detail, facts, FLAG, NEW, RESTORE, REVOKE, reviewRow, sub } from './fixtures';
import Workspace from './Workspace.svelte';

let host: FakeHost;
let number = 0;
let review: string;
let made: number;
let rows: AccessRow[];
let head: ReviewDetail;
let earlier: DecisionView[];

/** happy-dom has no layout: lists 400 px high, or TanStack Virtual would show nothing. */
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(400);
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(900);
  // What was marked is kept by review, so each test has its own.
  review = `sar${++number}`;
  made = 0;
  rows = [access('1'), access('2'), access('3')];
  head = detail({ review: reviewRow({ id: review }) });
  earlier = [];
});

const mine = (id: number, target: string, more: Partial<DecisionView> = {}) => decision(id, target, { review, ...more });
const move = (view: DecisionView) => host.send({ kind: 'decision', view });

async function shown(more: FakeHost['answers'] = {}) {
  host = fakeHost({
    review_open: () => head,
    accesses_load: () => ({ generation: 1, rows, done: true, problem: null }),
    access_anomalies: () => [],
    decisions_list: () => earlier,
    decision_facts: ({ access: target, action }) => facts(target, { action }),
    decision_make: ({ access: target, sub: below, action }) => mine(++made, target, { sub: below ?? null, action, label: action === 'REVOKE_ACCESS' ? 'Revoke access' : action }),
    decision_undo: ({ id }) => mine(id, '1', { state: 'undone', sendAt: null }),
    ...more,
  });
  showIn(Workspace, { org: 'acme', side: 'admin', review });
  await vi.waitFor(() => expect(host.count('accesses_load')).toBeGreaterThan(0));
  await settled();
}
const settled = async () => {
  await new Promise((done) => setTimeout(done, 80));
  await tick();
};
const press = async (keys: string) => {
  await userEvent.keyboard(keys);
  await settled();
};
const grid = () => screen.getByRole('grid', { name: 'Access items' });
const markedName = () => document.getElementById(grid().getAttribute('aria-activedescendant') ?? '')?.querySelector('.name')?.textContent;
const rowText = (name: string) => within(grid()).getByText(name).closest('[role="row"]')?.textContent?.replace(/\s+/g, ' ');
const asked = (name: string) => host.asked.filter((one) => one.name === name).map((one) => one.args);
const said = () => announcer.slots.join('');

describe('working through a review', () => {
  it('another order is asked for also after coming back', async () => {
    await shown();
    cleanup();
    await shown();
    await userEvent.click(screen.getByRole('button', { name: 'Highest first' }));
    await vi.waitFor(() => expect(asked('accesses_load').at(-1)).toMatchObject({ descending: false }));
  });

  it('shows who, how far and what there is, without a fault', async () => {
    rows = [access('1', { remediation: 'REMEDIATED', remediationWords: 'Access was taken away', actions: [RESTORE] }), access('2', { labels: [{ name: 'Sensitivity', values: ['Crown Jewel'] }] })];
    await shown();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Lost laptop: Ada Example');
    expect(document.body.textContent).toContain('1 of 2 decided');
    expect(rowText('App 2')).toContain('Crown Jewel');
    await press('j');
    expect(await faults()).toEqual([]);
  });

  it('r shows what it means, and only then r again or Enter decides; the mark goes on', async () => {
    await shown();
    await press('j');
    expect(markedName()).toBe('App 1');
    await press('r');
    expect(screen.getByText('Okta takes the access away.')).toBeTruthy();
    expect(screen.getByText('3 groups and entitlements')).toBeTruthy();
    expect(host.count('decision_make')).toBe(0);
    await press('r');
    expect(asked('decision_make')).toEqual([{ org: 'acme', side: 'admin', review, access: '1', sub: null, action: 'REVOKE_ACCESS' }]);
    expect(rowText('App 1')).toMatch(/Revoke in [78] s/);
    expect([markedName(), said()]).toEqual(['App 2', 'Revoke access for App 1: sent in 8 seconds. Press U to undo.']);
    await press('r');
    await press('{Enter}');
    expect(host.count('decision_make')).toBe(2);
    expect([markedName(), document.activeElement]).toEqual(['App 3', grid()]);
  });

  it('what was not seen can’t be confirmed', async () => {
    let answer: (value: ReturnType<typeof facts>) => void = () => undefined;
    await shown({ decision_facts: () => new Promise((done) => (answer = done)) });
    await press('jrrr{Enter}');
    expect([host.count('decision_make'), host.count('decision_facts')]).toEqual([0, 1]);
    answer(facts('1'));
    await settled();
    await press('{Enter}');
    expect(host.count('decision_make')).toBe(1);
  });

  it('facts that come late are not shown for another item', async () => {
    let answer: (value: ReturnType<typeof facts>) => void = () => undefined;
    await shown({ decision_facts: ({ access: target }) => (target === '1' ? new Promise((done) => (answer = done)) : facts(target, { outcome: `About ${target}.` })) });
    await press('jr');
    await press('jr');
    answer(facts('1', { outcome: 'About 1.' }));
    await settled();
    expect(screen.getByText('About 2.')).toBeTruthy();
    expect(screen.queryByText('About 1.')).toBeNull();
  });

  it('Escape or moving on leaves it', async () => {
    await shown();
    await press('jr');
    await press('{Escape}');
    expect(screen.queryByText('Okta takes the access away.')).toBeNull();
    await press('r');
    await press('j{Enter}');
    expect(host.count('decision_make')).toBe(0);
  });

  it('only what Okta offers can be done; what is new is named and greyed', async () => {
    rows = [access('1', { actions: [FLAG, NEW] }), access('2', { actions: [] }), access('3', { actions: [RESTORE] })];
    await shown();
    await press('jrx');
    expect(host.count('decision_make') + host.count('decision_facts')).toBe(0);
    expect(said()).toContain('Okta does not offer Restore access for App 1');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Limit access' }).disabled).toBe(true);
    await press('f');
    expect(asked('decision_make')).toMatchObject([{ access: '1', action: 'FLAG_FOR_MANUAL_REMEDIATION' }]);
    expect(markedName()).toBe('App 2');
    expect(screen.getByText('Okta offers nothing to decide here.')).toBeTruthy();
    await press('j{Shift>}R{/Shift}');
    expect(asked('decision_make')).toMatchObject([{}, { access: '3', action: 'RESTORE_ACCESS' }]);
  });

  it('words nobody knows are shown, and no row is lost', async () => {
    rows = [access('1', { severity: 'CRITICAL', rank: 0, remediation: 'PENDING_REVIEW_BOARD', remediationWords: 'Pending review board', kind: 'SERVICE_ACCOUNT' }), access('2', { severity: '', rank: 0 })];
    await shown();
    expect(rowText('App 1')).toMatch(/CRITICAL.*SERVICE_ACCOUNT.*Pending review board/);
    expect(rowText('App 2')).toContain('Not rated');
    expect(screen.getByRole('button', { name: 'CRITICAL 1' })).toBeTruthy();
  });

  it('u takes back what waits, and goes there', async () => {
    await shown();
    await press('jrr');
    await press('{Enter}');
    expect(markedName()).toBe('App 2');
    await press('u');
    expect(asked('decision_undo')).toEqual([{ id: 1 }]);
    expect([markedName(), said()]).toEqual(['App 1', 'Undone: Revoke access for App 1. Nothing was sent.']);
    expect(rowText('App 1')).not.toContain('Revoke in');
  });

  it('u that comes too late says so and changes nothing', async () => {
    earlier = [mine(1, '1')];
    await shown({ decision_undo: () => { throw problem({ title: 'It was sent already.', why: 'Restore it instead.' }); } });
    await press('u');
    expect(said()).toBe('It was sent already. Restore it instead.');
  });

  it('after it was sent, u offers what takes it back once Okta does', async () => {
    earlier = [mine(1, '1', { state: 'following', sendAt: null })];
    await shown();
    await press('u');
    expect(said()).toContain('Okta does not offer to take it back yet');
    host.send({ kind: 'items', org: 'acme', side: 'admin', review, accesses: [access('1', { remediation: 'REMEDIATED', actions: [RESTORE] })], parent: null, subs: [] });
    move(mine(1, '1', { state: 'settled', sendAt: null, inverse: 'RESTORE_ACCESS' }));
    await settled();
    await press('u');
    await press('{Enter}');
    expect(asked('decision_make')).toMatchObject([{ access: '1', action: 'RESTORE_ACCESS' }]);
  });

  it('a decision that failed is undecided again, with why and a way to go on', async () => {
    await shown();
    await press('jr');
    await press('{Enter}k');
    move(mine(1, '1', { state: 'failed', problem: problem({ title: 'Okta refused it.', next: [{ kind: 'retry' }] }) }));
    await settled();
    expect(rowText('App 1')).toContain('Failed');
    expect(document.body.textContent).toContain('0 of 3 decided');
    expect(screen.getByText('Okta refused it.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await settled();
    await press('{Enter}');
    expect(host.count('decision_make')).toBe(2);
  });

  it('a decision that could not be made stays asked, with the reason', async () => {
    let works = false;
    await shown({ decision_make: ({ access: target }) => { if (!works) throw problem({ title: 'This org is read-only.', next: [{ kind: 'retry' }] }); return mine(1, target); } });
    await press('jr');
    await press('{Enter}');
    expect([markedName(), screen.getByText('This org is read-only.').textContent]).toEqual(['App 1', 'This org is read-only.']);
    works = true;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await settled();
    expect(markedName()).toBe('App 2');
  });

  it('a double click sends nothing twice', async () => {
    let answer: (value: DecisionView) => void = () => undefined;
    rows = [access('1', { actions: [FLAG] }), access('2')];
    await shown({ decision_make: () => new Promise((done) => (answer = done)) });
    await press('j');
    const button = screen.getByRole('button', { name: 'Flag for manual remediation' });
    await userEvent.dblClick(button);
    answer(mine(1, '1', { action: FLAG.action }));
    await settled();
    expect(host.count('decision_make')).toBe(1);
  });

  it('decisions of before are there again; those of another review are not mixed in', async () => {
    earlier = [decision(9, '2', { review: 'another' }), mine(3, '1')];
    await shown();
    move(decision(10, '3', { review: 'another' }));
    await settled();
    expect(rowText('App 1')).toContain('Revoke in');
    expect([rowText('App 2'), rowText('App 3')].join()).not.toContain('Revoke in');
    expect(document.body.textContent).toContain('1 of 3 decided');
  });

  it('what was decided on the other side of the review stands here too, can be undone, and is not decided twice', async () => {
    earlier = [mine(3, '1', { side: 'my' })];
    await shown();
    // What this side was read as may be older than that.
    expect(asked('accesses_load')).toMatchObject([{ refresh: true }]);
    expect(rowText('App 1')).toContain('Revoke in');
    await press('jr');
    expect([host.count('decision_facts'), said()]).toEqual([0, 'Revoke access was decided for App 1 already. Press U to undo.']);
    await press('u');
    expect(asked('decision_undo')).toEqual([{ id: 3 }]);
  });

  it('] and [ skip what is decided; the list of undecided ones keeps its place', async () => {
    rows = [access('1'), access('2', { remediation: 'REMEDIATED', remediationWords: 'Access was taken away' }), access('3'), access('4')];
    await shown();
    await press('j]');
    expect(markedName()).toBe('App 3');
    await press('[[[[');
    expect([markedName(), said()]).toEqual(['App 1', 'Nothing undecided comes before this one in the list.']);
    await userEvent.click(screen.getByRole('button', { name: /^Only undecided/ }));
    await press(']r');
    await press('{Enter}');
    expect(markedName()).toBe('App 4');
    expect(within(grid()).queryByText('App 3')).toBeNull();
  });

  it('o goes to what lies below, where keys mean the same, and Escape comes back', async () => {
    rows = [access('1', { below: ['GROUP'] }), access('2')];
    await shown({ accesses_below: () => ({ rows: [sub('s1', { actions: [FLAG] }), sub('s2', { name: 'Admins' })], problem: null }) });
    await press('jo');
    const list = screen.getByRole('listbox', { name: 'Below App 1' });
    expect(document.activeElement).toBe(list);
    await press('f');
    expect(asked('decision_make')).toMatchObject([{ access: '1', sub: 's1', action: 'FLAG_FOR_MANUAL_REMEDIATION' }]);
    expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('Admins');
    await press('r');
    await press('{Enter}');
    expect(asked('decision_make')).toMatchObject([{}, { access: '1', sub: 's2', action: 'REVOKE_ACCESS' }]);
    await press('{Escape}');
    expect([markedName(), document.activeElement]).toEqual(['App 1', grid()]);
    expect(rowText('App 1')).toContain('2 below decided');
  });

  it('c goes to the comment and typing there decides nothing', async () => {
    await shown();
    await press('jc');
    const box = document.activeElement as HTMLTextAreaElement;
    expect(box.matches('textarea[data-comment]')).toBe(true);
    await press('rrfu');
    expect(host.count('decision_make') + host.count('decision_facts')).toBe(0);
    await userEvent.click(screen.getByRole('tab', { name: 'Item' }));
    expect(box.value).toBe('rrfu');
    await press('c');
    await press('{Escape}');
    expect([document.activeElement, box.value]).toEqual([grid(), 'rrfu']);
    const shownTab = () => screen.getByRole('tab', { selected: true }).textContent?.trim();
    expect(shownTab()).toBe('Item');
    await userEvent.click(screen.getByRole('tab', { name: 'History' }));
    await press('c{Escape}');
    expect(shownTab()).toBe('History');
  });

  it('a review that was closed early does not say that its end is still to come', async () => {
    const ends = (days: number) => detail({ review: reviewRow({ id: review, status: 'CLOSED', endTime: new Date(Date.now() + days * 86_400_000).toISOString() }) });
    head = ends(4);
    await shown();
    expect(document.body.textContent).not.toContain('in 4 days');
    head = ends(-4);
    await userEvent.click(screen.getByRole('button', { name: 'Read again' }));
    await settled();
    expect(document.body.textContent).toContain('4 days ago');
  });

  it('? shows the keys, and behind them nothing happens', async () => {
    await shown();
    await press('j?');
    expect(screen.getByRole('dialog', { name: 'Keys of a review' })).toBeTruthy();
    await press('r');
    expect(host.count('decision_facts')).toBe(0);
  });

  it('holding j asks nothing of Okta until it rests', async () => {
    rows = Array.from({ length: 30 }, (_, at) => access(String(at)));
    await shown();
    await userEvent.keyboard('jjjjjjjjjj');
    expect(host.count('access_anomalies')).toBe(0);
    await new Promise((done) => setTimeout(done, 350));
    expect(asked('access_anomalies')).toEqual([{ org: 'acme', side: 'admin', review, access: '9', sub: null }]);
  });

  it('5,000 items: only what is in view exists, and the keyboard reaches the last', async () => {
    rows = Array.from({ length: 5000 }, (_, at) => access(String(at), { name: `App ${at}` }));
    await shown();
    expect(grid().getAttribute('aria-rowcount')).toBe('5001');
    expect(within(grid()).getAllByRole('row').length).toBeLessThan(60);
    await press('{End}');
    expect(grid().getAttribute('aria-activedescendant')).toMatch(/-4999$/);
    await userEvent.type(screen.getByRole('searchbox', { name: 'Search access items' }), 'app 123');
    await vi.waitFor(() => expect(grid().getAttribute('aria-rowcount')).toBe('16'));
    expect(host.count('accesses_load')).toBe(1);
  });
});

describe('a review that rests', () => {
  it('pending: says so, asks for nothing, and goes on by itself', async () => {
    head = detail({ review: reviewRow({ id: review, status: 'PENDING' }), resting: 'Okta is still gathering.', actions: [] });
    host = fakeHost({
      review_open: () => head, accesses_load: () => ({ generation: 1, rows, done: true, problem: null }), decisions_list: () => [], access_anomalies: () => [],
    });
    showIn(Workspace, { org: 'acme', side: 'admin', review });
    expect(await screen.findByText('Not ready yet')).toBeTruthy();
    expect(screen.getAllByText('Okta is still gathering.').length).toBeGreaterThan(0);
    expect(host.count('accesses_load')).toBe(0);
    head = detail({ review: reviewRow({ id: review }) });
    host.send({ kind: 'review', org: 'acme', side: 'admin', review: head.review } as Event);
    await vi.waitFor(() => expect(within(grid()).getByText('App 1')).toBeTruthy());
    expect(said()).toMatch(/active now|3 access items read/);
  });

  it('closed: the items can be read, and no key decides', async () => {
    head = detail({ review: reviewRow({ id: review, status: 'CLOSED' }), resting: 'This review is closed.', actions: [], editable: false });
    await shown();
    expect(screen.getByText('This review is closed.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Close review' })).toBeNull();
    await press('jrfx');
    expect([host.count('decision_facts') + host.count('decision_make'), said()]).toEqual([0, 'This review is closed.']);
    expect(screen.queryByRole('button', { name: 'Revoke access' })).toBeNull();
  });

  it('not found: why, with a way back', async () => {
    host = fakeHost({ decisions_list: () => [], review_open: () => { throw problem({ title: 'Okta does not show this review.', next: [{ kind: 'checkAgain' }] }); } });
    showIn(Workspace, { org: 'acme', side: 'admin', review });
    expect((await screen.findByRole('alert')).textContent).toContain('Okta does not show this review.');
    await userEvent.click(screen.getByRole('button', { name: 'Check again' }));
    expect(host.count('review_open')).toBe(2);
    expect(screen.getByRole('button', { name: 'Back to the reviews' })).toBeTruthy();
  });

  it('an empty review, and a search that finds nothing, say what to do', async () => {
    rows = [];
    await shown();
    expect(screen.getByText('There is nothing to review')).toBeTruthy();
    expect(await faults()).toEqual([]);
  });

  it('a list that stops early keeps its rows and can be read again', async () => {
    await shown({ accesses_load: () => ({ generation: 1, rows: [access('1', { actions: [REVOKE] })], done: true, problem: problem({ title: 'Okta did not answer.', next: [{ kind: 'retry' }] }) }) });
    expect(screen.getByRole('alert').textContent).toContain('Okta did not answer.');
    expect(within(grid()).getByText('App 1')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(asked('accesses_load').at(-1)).toMatchObject({ refresh: true });
  });
});
