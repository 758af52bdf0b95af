import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReviewDetail, ReviewUpdateArgs, UpdatePlan } from '../../../../lib/ipc/generated';
import { faults } from '../../../../testing/axe';
import { fakeHost, problem, type FakeHost } from '../../../../testing/fakehost';
import { Edit, latestEnd } from './edit.svelte';
import EditReview from './EditReview.svelte';
import { detail, ORG, person, plan, REVIEW, row, startSession } from './fixtures';

beforeEach(() => startSession());

const plans = (host: FakeHost) => host.asked.filter(({ name }) => name === 'review_update_plan').map(({ args }) => args as ReviewUpdateArgs);
const save = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Save' });

function show(answers: FakeHost['answers'], it: ReviewDetail = detail()) {
  const onsaved = vi.fn();
  const host = fakeHost(answers);
  render(EditReview, { detail: it, onclose: () => undefined, onsaved });
  return { host, onsaved };
}
const pick = (name: string) => userEvent.click(screen.getByRole('radio', { name }));
async function add(name: string) {
  await userEvent.type(screen.getByRole('combobox', { name: /Reviewers/ }), name);
  await userEvent.click(await screen.findByRole('option', { name: new RegExp(name) }));
}

describe('the sheet', () => {
  it('sends only what changes, after it showed what that is', async () => {
    const { host, onsaved } = show({ review_update_plan: () => plan(), review_update: () => detail({ ai: 'off' }) });
    expect(save().disabled).toBe(true);
    expect(await faults()).toEqual([]);
    await pick('7 days');
    await screen.findByText('It ends later.');
    expect(plans(host)).toEqual([{ org: ORG, review: REVIEW, endTime: expect.stringMatching(/Z$/), reviewers: null }]);
    await userEvent.dblClick(save());
    await waitFor(() => expect(onsaved).toHaveBeenCalledWith(expect.objectContaining({ ai: 'off' })));
    expect(host.count('review_update')).toBe(1);
    expect(host.asked.at(-1)?.args).toEqual(plans(host)[0]);
  });

  it('asks for one plan after several changes in a row, and holds Save back until it is there', async () => {
    const answers: ((it: UpdatePlan) => void)[] = [];
    const { host } = show({ review_update_plan: () => new Promise<UpdatePlan>((done) => answers.push(done)) });
    await pick('7 days');
    await pick('30 days');
    await waitFor(() => expect(answers).toHaveLength(1));
    expect(save().disabled).toBe(true);
    await pick('3 days');
    await waitFor(() => expect(answers).toHaveLength(2));
    answers[1]?.(plan({ changes: ['In three days.'] }));
    await screen.findByText('In three days.');
    answers[0]?.(plan({ changes: ['In thirty days.'] }));
    await waitFor(() => expect(save().disabled).toBe(false));
    expect(screen.queryByText('In thirty days.')).toBeNull();
    expect(plans(host)).toHaveLength(2);
  });

  it('puts each problem beside its field', async () => {
    const wrong = [
      problem({ code: 'badInput', field: 'endTime', title: 'The end is too late.', why: 'Six months at most.' }),
      problem({ code: 'badInput', field: 'reviewers', title: 'Eve can’t be a reviewer.', why: 'She was deactivated.' }),
    ];
    show({
      people_search: ({ text }) => ({ text, rows: [person('eve', 'Eve Abara')], more: false, note: null }),
      review_update_plan: () => plan({ problems: wrong, request: null, changes: [] }),
    });
    await pick('30 days');
    await add('Eve');
    await screen.findByText('Eve can’t be a reviewer. She was deactivated.');
    const end = screen.getByRole('group', { name: 'Ends' }).parentElement as HTMLElement;
    expect(within(end).getByText('The end is too late. Six months at most.')).toBeTruthy();
    expect(save().disabled).toBe(true);
  });

  it('bars the person reviewed', async () => {
    show({ people_search: ({ text }) => ({ text, rows: [person('hugo', 'Hugo Abara')], more: false, note: null }) });
    await userEvent.type(screen.getByRole('combobox', { name: /Reviewers/ }), 'Hugo');
    const option = await screen.findByRole('option', { name: /Hugo Abara/ });
    expect(option.textContent).toContain('Okta refuses them');
    await userEvent.click(option);
    expect(screen.getByText('1 of 10')).toBeTruthy();
  });

  it('keeps what was typed when Okta refuses, and tries again on demand only', async () => {
    const { host, onsaved } = show({
      review_update_plan: () => plan(),
      review_update: () => Promise.reject(problem({ title: 'Okta refused it.', next: [{ kind: 'retry' }] })),
    });
    await pick('7 days');
    await waitFor(() => expect(save().disabled).toBe(false));
    await userEvent.click(save());
    await screen.findByText('Okta refused it.');
    expect(screen.getByRole<HTMLInputElement>('radio', { name: '7 days' }).checked).toBe(true);
    expect(host.count('review_update')).toBe(1);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(host.count('review_update')).toBe(2));
    expect(onsaved).not.toHaveBeenCalled();
  });

  it('does not lose what was typed when the review is read again meanwhile', async () => {
    fakeHost({ review_update_plan: () => plan() });
    const props = { onclose: () => undefined, onsaved: () => undefined };
    const { rerender } = render(EditReview, { detail: detail(), ...props });
    await pick('7 days');
    await rerender({ detail: detail({ review: row({ lastUpdated: '2099-11-25T09:00:00Z' }) }), ...props });
    expect(screen.getByRole<HTMLInputElement>('radio', { name: '7 days' }).checked).toBe(true);
  });
});

describe('what changes', () => {
  it('is nothing while the same people and the same moment stand there', () => {
    fakeHost();
    const edit = new Edit(detail());
    edit.end = '2099-12-01T10:00:00+01:00';
    expect(edit.changed).toBe(false);
    edit.reviewers = [...edit.reviewers, person('eve', 'Eve')];
    expect(edit.args.reviewers).toEqual(['ben', 'eve']);
    expect(edit.args.endTime).toBeNull();
  });

  it('ends an hour from now at the earliest, unless it does already', () => {
    const now = Date.parse('2099-12-01T08:30:00Z');
    const edit = new Edit(detail());
    expect(edit.least(now).toISOString()).toBe('2099-12-01T09:00:00.000Z');
    edit.end = '2099-12-03T09:00:00Z';
    expect(edit.least(now).toISOString()).toBe('2099-12-01T09:30:00.000Z');
  });

  it.each([
    ['2026-05-25T12:00:00Z', '2026-11-25T12:00:00.000Z'],
    ['2026-08-31T12:00:00Z', '2027-02-28T12:00:00.000Z'],
    ['2027-08-29T12:00:00Z', '2028-02-29T12:00:00.000Z'],
  ])('six months after %s is %s', (created, latest) => {
    expect(latestEnd(created, 0).toISOString()).toBe(latest);
  });
});
