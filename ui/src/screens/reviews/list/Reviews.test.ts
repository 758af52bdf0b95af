import { screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { IncidentHead, LaunchView, Problem, ReviewRow, ReviewStats, ReviewsSnapshot, ReviewTab, Side } from '../../../lib/ipc/generated';
import { reviews } from '../../../lib/reviews.svelte';
import { router } from '../../../lib/route.svelte';
import { faults } from '../../../testing/axe';
import { fakeHost, problem, type FakeHost } from '../../../testing/fakehost';
import { showIn } from '../../../testing/onshow';
import { incidentHead, launch, launchForm, profile, review, reviewsSnapshot, STATS } from '../../../testing/reviews';
import Reviews from './Reviews.svelte';

let host: FakeHost;
let number = 0;
let org: string;

/** happy-dom has no layout: a list 400 px high, or TanStack Virtual would show nothing. */
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(400);
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(900);
  // What was searched is kept by org, so each test has its own.
  org = `org${++number}`;
  router.current = { name: 'reviews', side: 'admin' };
});
afterEach(() => reviews.stop());

interface World {
  rows?: ReviewRow[];
  snapshot?: Partial<ReviewsSnapshot>;
  stats?: ReviewStats | Problem;
  side?: Side;
  launches?: LaunchView[];
  incident?: IncidentHead;
}

const FITS: Record<ReviewTab, (row: ReviewRow) => boolean> = {
  active: (row) => row.status === 'ACTIVE',
  pending: (row) => row.status === 'PENDING',
  closed: (row) => row.status === 'CLOSED',
  error: (row) => row.status === 'ERROR',
  all: () => true,
};

async function settle() {
  await new Promise((done) => setTimeout(done, 80));
  await tick();
}

async function shown({ rows = [], snapshot = {}, stats = STATS, side = 'admin', launches = [], incident }: World = {}) {
  host = fakeHost({
    reviews_load: ({ tab }) => reviewsSnapshot({ rows: rows.filter(FITS[tab]), done: true, ...snapshot }),
    reviews_stats: () => {
      if ('code' in stats) throw stats;
      return stats;
    },
    launch_form: () => launchForm(launches),
    launch_check: ({ id }) => launch(id, { org, state: 'pending', found: true, words: 'It was launched once.' }),
    launch_dismiss: () => ({}),
    incident_get: () => (incident === undefined ? null : { head: incident, rows: [] }),
  });
  reviews.start();
  showIn(Reviews, { org, side });
  await settle();
}
const grid = () => screen.getByRole('grid', { name: 'Access reviews' });
const names = () => within(grid()).getAllByRole('row').slice(1).map((row) => within(row).getAllByRole('gridcell')[0]?.textContent);
const search = () => screen.getByRole('searchbox', { name: 'Search reviews' });
const button = (name: string) => screen.getByRole('button', { name });
const words = () => document.querySelector('main')?.textContent?.replace(/\s+/g, ' ') ?? '';
const loads = () => host.asked.filter((one) => one.name === 'reviews_load');

describe('the list', () => {
  it('shows a review: status, who is reviewed, who reviews, the end, the launch', async () => {
    const reviewers = ['Robin Keller', 'Ben Abara', 'Dev Abara', 'Gita Abara'].map((name) => profile(name));
    await shown({ rows: [review('1', { subject: profile('Hugo Abara'), reviewers, endTime: new Date(Date.now() + 5 * 3_600_000 + 1000).toISOString(), created: new Date(Date.now() - 3_700_000).toISOString() })] });
    const cells = screen.getAllByRole('gridcell').map((one) => one.textContent?.replace(/\s+/g, ' ').trim());
    expect(cells).toEqual(['Lost laptop: Hugo Abara', 'Active', 'Hugo Abara', 'Robin Keller +3 more', '5 hours left', '1 hour ago by Robin Keller']);
    expect(screen.getByTitle(/Robin Keller\s+Ben Abara\s+Dev Abara\s+Gita Abara/)).toBeTruthy();
    expect(await faults()).toEqual([]);
  });

  it('whose access it is has a column only where somebody is known: Okta’s list does not say', async () => {
    const heads = () => within(grid()).getAllByRole('columnheader').map((one) => one.textContent?.trim());
    await shown({ rows: [review('1', { subject: null }), review('2', { subject: null })] });
    expect(heads()).toEqual(['Review', 'Status', 'Reviewers', 'Ends', 'Launched']);
    expect(grid().getAttribute('aria-colcount')).toBe('5');
    expect(within(grid()).getAllByRole('gridcell').map((one) => one.getAttribute('aria-colindex'))).toEqual(['1', '2', '3', '4', '5', '1', '2', '3', '4', '5']);
    host.send({ kind: 'review', org, side: 'admin', review: review('2', { subject: profile('Hugo Abara') }) });
    await settle();
    expect(heads()).toEqual(['Review', 'Status', 'User', 'Reviewers', 'Ends', 'Launched']);
    expect(words()).toContain('not known yet');
    expect(await faults()).toEqual([]);
  });

  it('a status nobody knows and names full of markup are text', async () => {
    await shown({ rows: [review('1', { name: '<img src=x onerror=alert(1)>', status: 'PAUSED' })] });
    await userEvent.click(screen.getByRole('tab', { name: /All/ }));
    await settle();
    expect(names()).toEqual(['<img src=x onerror=alert(1)>']);
    expect(words()).toContain('PAUSED');
    expect(document.querySelector('main img')).toBeNull();
  });

  it('counts stand on the tabs, and what was counted here stands above them', async () => {
    await shown({ rows: [review('1'), review('2'), review('3')] });
    expect(screen.getAllByRole('tab').map((one) => one.textContent?.trim())).toEqual(['Active3', 'Pending1', 'Closed3', 'Error0', 'All6']);
  });

  it('without numbers the tabs have none, and nothing is said of it', async () => {
    await shown({ rows: [review('1')], stats: problem() });
    expect(screen.getAllByRole('tab').map((one) => one.textContent?.trim())).toEqual(['Active1', 'Pending', 'Closed', 'Error', 'All']);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('another tab asks for its own reviews, and coming back asks for nothing', async () => {
    await shown({ rows: [review('1'), review('2', { name: 'Old', status: 'CLOSED' })] });
    await userEvent.click(screen.getByRole('tab', { name: /Closed/ }));
    await settle();
    expect(names()).toEqual(['Old']);
    expect(loads().map((one) => one.args)).toMatchObject([{ tab: 'active', order: 'endTime', descending: false }, { tab: 'closed', order: 'created', descending: true }]);
    await userEvent.click(screen.getByRole('tab', { name: /Active/ }));
    await settle();
    expect(loads()).toHaveLength(2);
  });

  it('marks with j, k and the arrows, and opens with Enter', async () => {
    const at = (day: number) => `2027-01-0${day}T00:00:00Z`;
    await shown({ rows: [review('3', { endTime: at(3) }), review('1', { endTime: at(1) }), review('2', { endTime: at(2) })] });
    grid().focus();
    const marked = () => document.getElementById(grid().getAttribute('aria-activedescendant') ?? '')?.getAttribute('aria-rowindex');
    await userEvent.keyboard('{Home}');
    expect(marked()).toBe('2');
    await userEvent.keyboard('j{ArrowDown}k');
    expect(marked()).toBe('3');
    await userEvent.keyboard('jjjj');
    expect(marked()).toBe('4');
    await userEvent.keyboard('{Enter}');
    expect(router.current).toEqual({ name: 'review', side: 'admin', review: '3' });
  });

  it('j and the arrows lead into the rows from anywhere but a control or a dialog', async () => {
    await shown({ rows: [review('1', { name: 'June' }), review('2', { name: 'July' })] });
    const at = () => document.getElementById(grid().getAttribute('aria-activedescendant') ?? '')?.getAttribute('aria-rowindex');
    search().focus();
    await userEvent.keyboard('j');
    expect([at(), (search() as HTMLInputElement).value]).toEqual([undefined, 'j']);
    await userEvent.clear(search());
    await settle();
    search().blur();
    const dialog = document.body.appendChild(document.createElement('dialog'));
    dialog.setAttribute('open', '');
    await userEvent.keyboard('j');
    expect(at()).toBeUndefined();
    dialog.remove();
    await userEvent.keyboard('j');
    expect([at(), document.activeElement]).toEqual(['2', grid()]);
    await userEvent.keyboard('j');
    expect(at()).toBe('3');
    grid().blur();
    await userEvent.keyboard('k');
    expect(at()).toBe('2');
  });

  it('is in another order by its header and by the field, without asking again', async () => {
    await shown({ rows: [review('1', { name: 'B' }), review('2', { name: 'A' })] });
    await userEvent.click(button('Review'));
    await settle();
    expect(names()).toEqual(['A', 'B']);
    expect(screen.getByRole('columnheader', { name: 'Review' }).getAttribute('aria-sort')).toBe('ascending');
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Order' }), 'Name, Z to A');
    await settle();
    expect(names()).toEqual(['B', 'A']);
    expect(loads()).toHaveLength(1);
  });

  it('five thousand reviews: few elements, the true number told, search without a request', async () => {
    await shown({ rows: Array.from({ length: 5000 }, (_, at) => review(`sar${at}`, { name: `Leaver ${at}` })) });
    expect(grid().getAttribute('aria-rowcount')).toBe('5001');
    expect(screen.getAllByRole('row').length).toBeLessThan(80);
    const asked = host.asked.length;
    await userEvent.type(search(), 'leaver 499');
    await vi.waitFor(() => expect(grid().getAttribute('aria-rowcount')).toBe('16'));
    expect(host.asked).toHaveLength(asked);
  });

  it('what was searched, chosen and marked is there when one comes back', async () => {
    await shown({ rows: [review('1', { name: 'One' }), review('2', { name: 'Two', status: 'CLOSED' }), review('3', { name: 'Tower', status: 'CLOSED' })] });
    await userEvent.click(screen.getByRole('tab', { name: /Closed/ }));
    await userEvent.type(search(), 't');
    await settle();
    await userEvent.click(screen.getByText('Two'));
    expect(router.current).toEqual({ name: 'review', side: 'admin', review: '2' });
    showIn(Reviews, { org, side: 'admin' });
    await settle();
    expect((search() as HTMLInputElement).value).toBe('t');
    expect(screen.getByRole('tab', { selected: true }).textContent).toContain('Closed');
    expect(screen.getByRole('row', { selected: true }).textContent).toContain('Two');
  });

  it('rows stay while pages come in and when reading again fails', async () => {
    await shown({ rows: [review('1')], snapshot: { done: false } });
    expect(words()).toContain('1 review so far…');
    host.send({ kind: 'reviews', org, side: 'admin', tab: 'active', generation: 1, rows: [review('2')], done: true, problem: problem({ title: 'Okta did not answer.', next: [{ kind: 'retry' }] }) });
    await settle();
    expect(names()).toHaveLength(2);
    expect(screen.getByRole('alert').textContent).toContain('Okta did not answer.');
    await userEvent.click(button('Try again'));
    expect(loads().at(-1)?.args).toMatchObject({ refresh: true });
  });

  it('goes from one side to the other', async () => {
    await shown({});
    const side = within(screen.getByRole('navigation', { name: 'Whose reviews' }));
    expect(side.getByRole('link', { current: 'page' }).textContent).toBe('All reviews of the org');
    await userEvent.click(side.getByRole('link', { name: 'My reviews' }));
    expect(router.current).toEqual({ name: 'reviews', side: 'my' });
  });
});

describe('nothing to show', () => {
  const NONE: ReviewStats = { active: 0, pending: 0, closed: 0, error: 0 };

  it('an org without reviews: launch the first one, or set up access', async () => {
    await shown({ stats: NONE });
    expect(words()).toContain('This org has no access reviews yet');
    expect(await faults()).toEqual([]);
    await userEvent.click(button('Launch the first one'));
    expect(router.current).toEqual({ name: 'launch' });
  });

  it('a person who reviews nothing is told so, and is offered no launch', async () => {
    await shown({ stats: NONE, side: 'my' });
    expect(words()).toContain('You are not a reviewer of any review');
    expect(screen.queryByRole('button', { name: /Launch/ })).toBeNull();
    expect(host.count('launch_form')).toBe(0);
  });

  it('an empty tab leads to all reviews', async () => {
    await shown({ rows: [review('1', { status: 'CLOSED' })] });
    expect(words()).toContain('No active reviews');
    await userEvent.click(button('Show all reviews'));
    await settle();
    expect(names()).toHaveLength(1);
  });

  it('a search that finds nothing can be emptied', async () => {
    await shown({ rows: [review('1')] });
    await userEvent.type(search(), 'zzz');
    await settle();
    await userEvent.click(screen.getAllByRole('button', { name: 'Empty the search' }).at(-1) as HTMLElement);
    await settle();
    expect(names()).toHaveLength(1);
  });

  it('a missing right is told with its steps, and with the way to set access up', async () => {
    await shown({ snapshot: { done: true, problem: problem({ code: 'notPermitted', title: 'Not allowed.', next: [{ kind: 'checkPermissions' }] }) } });
    const alert = screen.getByRole('alert');
    expect(within(alert).getByRole('button', { name: 'Check permissions' })).toBeTruthy();
    await userEvent.click(screen.getAllByRole('button', { name: 'Set up access' }).at(-1) as HTMLElement);
    expect(router.current).toEqual({ name: 'doctor' });
  });

  it('one’s own reviews need a sign-in of one’s own, and the way there shows it', async () => {
    const asks = problem({ code: 'notSignedIn', title: 'Your own reviews need you to sign in.', next: [{ kind: 'signIn' }] });
    await shown({ side: 'my', snapshot: { done: true, problem: asks } });
    expect(screen.queryByRole('button', { name: 'Set up access' })).toBeNull();
    host.answers.org_select = () => ({}) as never;
    await userEvent.click(button('Sign in'));
    await vi.waitFor(() => expect(router.current).toEqual({ name: 'signin', org, way: 'signIn' }));
  });
});

describe('launches', () => {
  it('one that is pending says what is going on; active it can be opened, which puts it away', async () => {
    await shown({ launches: [launch(1, { org })] });
    const list = within(screen.getByRole('region', { name: 'Launches' }));
    expect(list.getByText(/Okta gathers what there is to review/)).toBeTruthy();
    host.send({ kind: 'launch', view: launch(1, { org, state: 'active', words: 'It can be worked through.' }) });
    await settle();
    expect(await faults()).toEqual([]);
    await userEvent.click(list.getByRole('button', { name: 'Open Lost phone 1' }));
    expect(router.current).toEqual({ name: 'review', side: 'admin', review: 'sar1' });
    expect(host.asked.at(-1)).toEqual({ name: 'launch_dismiss', args: { id: 1 } });
  });

  it('a lost answer is looked for once a click, and what was found is said', async () => {
    await shown({ launches: [launch(1, { org, state: 'unknown', review: null, words: 'The answer was lost.', problem: problem({ code: 'outcomeUnknown', title: 'It is not known.' }) })] });
    expect(words()).toContain('It is not known.');
    expect(screen.queryByRole('button', { name: /Launch anew/ })).toBeNull();
    await userEvent.dblClick(button('Look again for Lost phone 1'));
    await settle();
    expect(host.count('launch_check')).toBe(1);
    expect(words()).toContain('It was launched once.');
  });

  it('what was refused says why, and leads to the form, not to Okta', async () => {
    const refused = problem({ code: 'notPermitted', title: 'Okta says no.', why: 'A role is missing.', next: [{ kind: 'retry' }] });
    await shown({ launches: [launch(1, { org, state: 'refused', review: null, words: 'Okta refused it.', problem: refused })] });
    await userEvent.click(button('Why: Lost phone 1'));
    expect(screen.getByRole('alert').textContent).toContain('A role is missing.');
    await userEvent.click(button('Try again'));
    expect(router.current).toEqual({ name: 'launch', subject: '00uElif' });
    expect(host.count('launch_check')).toBe(0);
  });

  it('one that Gatehouse is still at work on can’t be put away; the others can', async () => {
    await shown({ launches: [launch(1, { org, state: 'looking', review: null }), launch(2, { org })] });
    expect(screen.queryByRole('button', { name: 'Dismiss Lost phone 1' })).toBeNull();
    await userEvent.click(button('Dismiss Lost phone 2'));
    await settle();
    expect(words()).not.toContain('Lost phone 2');
    expect(words()).toContain('Lost phone 1');
  });

  it('those of another org stay away, and many are folded', async () => {
    await shown({ launches: [1, 2, 3, 4, 5].map((id) => launch(id, { org })) });
    host.send({ kind: 'launch', view: launch(9, { org: 'other' }) });
    await settle();
    expect(screen.getAllByRole('button', { name: /^Dismiss/ })).toHaveLength(3);
    await userEvent.click(button('Show 2 more'));
    expect(screen.getAllByRole('button', { name: /^Dismiss/ })).toHaveLength(5);
    expect(words()).not.toContain('Lost phone 9');
  });

  it('launches for many people are one line, which goes when they are cleared away', async () => {
    await shown({ incident: incidentHead({ org }) });
    expect(words()).toContain('12 of 40 launched');
    host.send({ kind: 'incident', org, head: incidentHead({ org, launched: 13, failed: 1 }), rows: [] });
    await settle();
    expect(words()).toContain('13 of 40 launched, 1 failed');
    await userEvent.click(button('Open the launch for many people'));
    expect(router.current).toEqual({ name: 'incident' });
    host.send({ kind: 'incident', org, head: null, rows: [] });
    await settle();
    expect(screen.queryByRole('region', { name: 'Launches' })).toBeNull();
  });

  it('stand above a list that can’t be read', async () => {
    await shown({ launches: [launch(1, { org })], snapshot: { done: true, problem: problem({ code: 'notPermitted' }) } });
    expect(words()).toContain('Lost phone 1');
  });
});
