import { screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LaunchArgs, LaunchForm, LaunchView } from '../../../lib/ipc/generated';
import { router } from '../../../lib/route.svelte';
import { faults } from '../../../testing/axe';
import { fakeHost, problem, type FakeHost } from '../../../testing/fakehost';
import { showIn } from '../../../testing/onshow';
import { forgetDrafts } from './draft.svelte';
import { ADA, among, BEN, form, launch, ORG, person, plan, startSession, SUE } from './fixtures';
import Launch from './Launch.svelte';

type Answers = ConstructorParameters<typeof FakeHost>[0];

beforeEach(() => {
  forgetDrafts();
  startSession();
  router.current = { name: 'launch' };
});

async function show(answers: Answers = {}, start: Partial<LaunchForm> = {}, subject?: string) {
  const host = fakeHost({ launch_form: () => form(start), people_search: among([ADA, BEN, SUE]), launch_plan: plan, ...answers });
  showIn(Launch, { org: ORG, subject });
  await screen.findByRole('combobox', { name: /Whose access/ });
  return { host, user: userEvent.setup() };
}
const subjectBox = () => screen.getByRole('combobox', { name: /Whose access/ });
const reviewerBox = () => screen.getByRole('combobox', { name: /Reviewers/ });

type User = ReturnType<typeof userEvent.setup>;
async function pick(user: User, box: HTMLElement, text: string, name: string) {
  await user.type(box, text);
  await user.click(await screen.findByRole('option', { name: new RegExp(name) }));
}
async function fill(user: User) {
  await pick(user, subjectBox(), 'ada', 'Ada Lovelace');
  await pick(user, reviewerBox(), 'ben', 'Ben Abara');
}
async function preview(user: User) {
  await user.click(screen.getByRole('button', { name: 'Review and launch' }));
  return screen.findByRole('dialog', { name: 'Launch this review?' });
}
const asked = (host: FakeHost, name: string) => host.asked.filter((one) => one.name === name).map((one) => one.args as LaunchArgs);

describe('the form', () => {
  it('starts from what the engine suggests, and has no fault', async () => {
    const { host } = await show();
    expect(screen.getByLabelText('Name')).toHaveProperty('value', 'Access review: {user}, {date}');
    expect(screen.getByRole('radio', { name: '7 days' })).toHaveProperty('checked', true);
    expect(screen.getByText('Okta mails the reviewers.')).toBeTruthy();
    expect(host.count('launch_plan')).toBe(0);
    expect(await faults()).toEqual([]);
  });

  it('begins with the person of the address', async () => {
    await show({ person_read: () => ADA }, {}, ADA.id);
    expect(await screen.findByRole('button', { name: 'Remove Ada Lovelace' })).toBeTruthy();
  });

  it('says beside the field that the person of the address is unknown', async () => {
    await show({ person_read: () => Promise.reject(problem({ code: 'notFound', title: 'Okta has nobody of this id.', why: 'They were deleted.' })) }, {}, '00uGone');
    await waitFor(() => expect(subjectBox().getAttribute('aria-invalid')).toBe('true'));
    expect(screen.getByText(/Okta has nobody of this id/)).toBeTruthy();
  });

  it('takes the subject out of the reviewers, and says so', async () => {
    const { host, user } = await show();
    await pick(user, reviewerBox(), 'ada', 'Ada Lovelace');
    await pick(user, reviewerBox(), 'ben', 'Ben Abara');
    await pick(user, subjectBox(), 'ada', 'Ada Lovelace');
    expect(screen.getByText(/Ada Lovelace is no longer among the reviewers/)).toBeTruthy();
    expect(screen.getByText('1 of 10')).toBeTruthy();
    await preview(user);
    expect(asked(host, 'launch_plan').at(-1)).toMatchObject({ subject: ADA.id, reviewers: [BEN.id] });
  });

  it('shows the subject among possible reviewers, but does not take them', async () => {
    const { user } = await show();
    await pick(user, subjectBox(), 'ada', 'Ada Lovelace');
    await pick(user, reviewerBox(), 'ada', 'Ada Lovelace');
    expect(screen.getByText('0 of 10')).toBeTruthy();
    expect(screen.getByText('It is their access that is reviewed.')).toBeTruthy();
  });

  it('offers the reviewers of the last launch, without the subject and who may not review', async () => {
    const { user } = await show({}, { lastReviewers: [ADA, BEN, SUE] });
    await pick(user, subjectBox(), 'ada', 'Ada Lovelace');
    await user.click(screen.getByRole('button', { name: 'The same as last time' }));
    expect(screen.getByText('1 of 10')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Remove Ben Abara' })).toBeTruthy();
  });

  it('says what is missing only once somebody tried', async () => {
    const missing = [
      problem({ code: 'badInput', title: 'Nobody is chosen.', why: '', field: 'subject' }),
      problem({ code: 'badInput', title: 'The review needs a reviewer.', why: '', field: 'reviewers' }),
    ];
    const { user } = await show({ launch_plan: (args) => plan(args, { request: null, problems: missing.filter((one) => args[one.field as 'subject'].length === 0) }) });
    await pick(user, subjectBox(), 'ada', 'Ada Lovelace');
    await new Promise((done) => setTimeout(done, 800));
    expect(screen.queryByText(/needs a reviewer/)).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Review and launch' }));
    expect(await screen.findByText(/needs a reviewer/)).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(reviewerBox()));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('ties what is wrong to name and end', async () => {
    const { user } = await show({
      launch_plan: (args) =>
        plan(args, {
          request: null,
          problems: [
            problem({ code: 'badInput', title: 'The name is too long.', why: 'It has 300 characters.', field: 'name' }),
            problem({ code: 'badInput', title: 'The end is too late.', why: 'Choose earlier.', field: 'endTime' }),
          ],
        }),
    });
    await fill(user);
    await waitFor(() => expect(screen.getByLabelText('Name').getAttribute('aria-invalid')).toBe('true'));
    expect(screen.getByText('The name is too long. It has 300 characters.')).toBeTruthy();
    expect(screen.getByText('The end is too late. Choose earlier.')).toBeTruthy();
  });

  it('a plan that was overtaken is dropped', async () => {
    const waiting: ((name: string) => void)[] = [];
    const { user } = await show({ launch_plan: (args) => new Promise((done) => waiting.push((name) => done(plan(args, { name })))) });
    await fill(user);
    await waitFor(() => expect(waiting.length).toBe(1));
    await user.type(screen.getByLabelText('Name'), '!');
    await waitFor(() => expect(waiting.length).toBe(2));
    waiting[1]?.('The new name');
    expect(await screen.findByText(/The new name/)).toBeTruthy();
    waiting[0]?.('The old name');
    await new Promise((done) => setTimeout(done));
    expect(screen.queryByText(/The old name/)).toBeNull();
  });

  it('keeps what is filled in while somebody is elsewhere', async () => {
    const first = await show();
    await fill(first.user);
    await first.user.type(screen.getByLabelText('Name'), ' x');
    await show();
    expect(screen.getAllByRole('button', { name: 'Remove Ben Abara' }).length).toBeGreaterThan(0);
    expect(screen.getAllByLabelText('Name').at(-1)).toHaveProperty('value', 'Access review: {user}, {date} x');
  });
});

describe('launching', () => {
  it('shows the exact request, and sends it once however often the button is pressed', async () => {
    let done: (view: LaunchView) => void = () => undefined;
    const { host, user } = await show({ launch: () => new Promise<LaunchView>((ok) => (done = ok)) });
    await fill(user);
    const sheet = await preview(user);
    expect(within(sheet).getByText('POST /governance/api/v2/security-access-reviews')).toBeTruthy();
    expect(within(sheet).getByRole('region', { name: 'curl command', hidden: true }).textContent).toContain('{accessToken}');
    expect(await faults()).toEqual([]);
    const button = within(sheet).getByRole('button', { name: 'Launch' });
    await user.dblClick(button);
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(host.count('launch')).toBe(1);
    expect(asked(host, 'launch')[0]).toEqual(asked(host, 'launch_plan').at(-1));
    done(launch());
    expect(await screen.findByText(/Okta is gathering/)).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.queryByRole('form')).toBeNull();
    host.send({ kind: 'launch', view: launch({ state: 'active' }) });
    expect(await screen.findByText('The review can be worked through.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Launch another' }));
    expect(screen.getByText('1 of 10')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Remove Ada Lovelace' })).toBeNull();
  });

  it('Ctrl+Enter opens the preview, a held key launches nothing, Ctrl+Enter launches; Enter alone does nothing', async () => {
    const { host, user } = await show({ launch: () => launch() });
    await fill(user);
    screen.getByLabelText('Name').focus();
    await user.keyboard('{Enter}');
    expect(screen.queryByRole('dialog')).toBeNull();
    await user.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByRole('dialog');
    const press = (repeat: boolean) => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, repeat }));
    press(true);
    expect(host.count('launch')).toBe(0);
    press(false);
    expect(await screen.findByText(/Okta is gathering/)).toBeTruthy();
    expect(host.count('launch')).toBe(1);
  });

  it('a refusal keeps the form as it was typed', async () => {
    const refused = problem({ code: 'refused', title: 'Okta refused this.', why: 'The reviewer is unknown.', next: [{ kind: 'checkPermissions' }] });
    const { user } = await show({ launch: () => launch({ state: 'refused', review: null, problem: refused }) });
    await fill(user);
    await user.click(within(await preview(user)).getByRole('button', { name: 'Launch' }));
    expect(await screen.findByText('Okta refused it')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Check permissions' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Remove Ada Lovelace' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Remove Ben Abara' })).toBeTruthy();
  });

  it('what stops a launch before it is sent stands at its field, or in the sheet', async () => {
    let say = problem({ code: 'badInput', title: 'The end is too early.', why: 'Choose later.', field: 'endTime' });
    const { host, user } = await show({ launch: () => Promise.reject(say) });
    await fill(user);
    await user.click(within(await preview(user)).getByRole('button', { name: 'Launch' }));
    expect(await screen.findByText('The end is too early. Choose later.')).toBeTruthy();
    say = problem({ code: 'readOnly', title: 'This org is locked.', why: 'Unlock it.', next: [{ kind: 'unlock' }] });
    await user.click(within(await preview(user)).getByRole('button', { name: 'Launch' }));
    const sheet = screen.getByRole('dialog');
    expect(await within(sheet).findByRole('button', { name: 'Unlock this org' })).toBeTruthy();
    expect(host.count('launch')).toBe(2);
  });
});

describe('a lost answer', () => {
  const lost = problem({ code: 'outcomeUnknown', title: 'Okta’s list does not show this launch.', why: 'Look again.', next: [{ kind: 'checkAgain' }] });

  async function lose(answers: Answers = {}) {
    const it = await show({ launch: () => launch({ state: 'looking', review: null }), ...answers });
    await fill(it.user);
    await it.user.click(within(await preview(it.user)).getByRole('button', { name: 'Launch' }));
    expect(await screen.findByText(/Gatehouse looks whether Okta has the review/)).toBeTruthy();
    return it;
  }

  it('is said as found when the review is there', async () => {
    const { host } = await lose();
    expect(screen.queryByRole('button', { name: /Clear away/ })).toBeNull();
    host.send({ kind: 'launch', view: launch({ found: true }) });
    expect(await screen.findByText(/The answer was lost\. The review was found; it exists once\./)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Open the review' })).toBeTruthy();
    expect(host.count('launch')).toBe(1);
  });

  it('can be looked for again, once at a time, and the form comes back as it was', async () => {
    let done: (view: LaunchView) => void = () => undefined;
    const { host, user } = await lose({ launch_check: () => new Promise<LaunchView>((ok) => (done = ok)) });
    host.send({ kind: 'launch', view: launch({ state: 'notFound', review: null, problem: lost }) });
    const again = await screen.findByRole('button', { name: 'Look again' });
    expect(screen.queryByRole('button', { name: 'Check again' })).toBeNull();
    await user.dblClick(again);
    expect(host.count('launch_check')).toBe(1);
    done(launch({ state: 'notFound', review: null, problem: lost }));
    await waitFor(() => expect(again.getAttribute('aria-busy')).toBeNull());
    await user.click(screen.getByRole('button', { name: 'Back to the form' }));
    expect(screen.getByRole('button', { name: 'Remove Ada Lovelace' })).toBeTruthy();
    expect(host.count('launch')).toBe(1);
  });

  it('a reply that is older than an event changes nothing', async () => {
    let done: (view: LaunchView) => void = () => undefined;
    const { host, user } = await lose({ launch_check: () => new Promise<LaunchView>((ok) => (done = ok)) });
    host.send({ kind: 'launch', view: launch({ state: 'unknown', review: null }) });
    await user.click(await screen.findByRole('button', { name: 'Look again' }));
    host.send({ kind: 'launch', view: launch({ state: 'active', found: true }) });
    done(launch({ state: 'looking', review: null }));
    expect(await screen.findByRole('button', { name: 'Open the review' })).toBeTruthy();
    await new Promise((ok) => setTimeout(ok));
    expect(screen.getByText('Active')).toBeTruthy();
  });
});

describe('coming back', () => {
  it('shows what is under way, follows it, and clears away what was seen', async () => {
    const { host, user } = await show({ launch_dismiss: () => ({}) }, { launches: [launch({ id: 4 }), launch({ id: 5, state: 'sending', review: null, name: 'Another' })] });
    expect(screen.getByRole('form', { name: 'Launch a review' })).toBeTruthy();
    expect(screen.getByText(/Okta is gathering/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Clear away Another' })).toBeNull();
    host.send({ kind: 'launch', view: launch({ id: 4, state: 'error' }) });
    expect(await screen.findByText(/could not gather/)).toBeTruthy();
    host.send({ kind: 'launch', view: launch({ id: 9, org: 'other', name: 'Of another org' }) });
    await user.click(screen.getByRole('button', { name: /Clear away Access review/ }));
    await waitFor(() => expect(screen.queryByText(/could not gather/)).toBeNull());
    expect(screen.queryByText('Of another org')).toBeNull();
  });

  it('opening the review counts as seen', async () => {
    const { host, user } = await show({ launch_dismiss: () => ({}) }, { launches: [launch({ id: 4, state: 'active', review: 'sar9' })] });
    await user.click(screen.getByRole('button', { name: 'Open the review' }));
    expect(router.current).toEqual({ name: 'review', side: 'admin', review: 'sar9' });
    expect(host.count('launch_dismiss')).toBe(1);
  });

  it('says why the form can’t be read, and tries again', async () => {
    let fails = true;
    fakeHost({
      launch_form: () => {
        if (fails) throw problem({ next: [{ kind: 'retry' }] });
        return form();
      },
    });
    showIn(Launch, { org: ORG, subject: undefined });
    fails = false;
    await userEvent.setup().click(await screen.findByRole('button', { name: /Try again/ }));
    expect(await screen.findByRole('form')).toBeTruthy();
  });
});

describe('eleven reviewers', () => {
  it('are refused with a sentence', async () => {
    const many = Array.from({ length: 11 }, (_, at) => person(`Rae ${String.fromCharCode(65 + at)}`));
    const { user } = await show({ people_search: ({ text }) => ({ text, rows: many, more: false, note: null }) });
    for (const one of many.slice(0, 10)) await pick(user, reviewerBox(), 'rae', one.name);
    expect(screen.getByText('10 of 10')).toBeTruthy();
    await pick(user, reviewerBox(), 'rae', 'Rae K');
    expect(screen.getByText('10 of 10')).toBeTruthy();
    expect(screen.getByText(/10 are chosen, and that is the most/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Remove Rae K' })).toBeNull();
  }, 20_000);
});
