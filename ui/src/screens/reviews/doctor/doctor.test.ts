import { cleanup, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { announcer } from '../../../lib/announce.svelte';
import type { CredentialsView, OktaError, SetupView } from '../../../lib/ipc/generated';
import { takeSignInWish } from '../../../lib/orgpages';
import { router } from '../../../lib/route.svelte';
import { session } from '../../../lib/session.svelte';
import { faults } from '../../../testing/axe';
import { org as anOrg } from '../../../testing/data';
import { ENDPOINTS, REVIEW_SCOPE } from '../../../testing/endpoints';
import { fakeHost, problem, type FakeHost } from '../../../testing/fakehost';
import { showIn } from '../../../testing/onshow';
import { credentials, held } from '../../../testing/signin';
import { doctors } from './doctor.svelte';
import Doctor from './Doctor.svelte';
import { aNewApp, aPlan, allFound, FOUND, proven } from './fixtures';

const user = userEvent.setup();
const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name });
const found = (name: string | RegExp) => screen.findByRole<HTMLButtonElement>('button', { name });
const OKTA: OktaError = { status: 403, errorCode: 'E0000006', summary: 'No.', causes: [], errorId: null, requestId: null, call: null };

let host: FakeHost;
let view: CredentialsView;
let plan: SetupView;
let count = 0;
/** The set-up is kept as long as the run, so that each test has an org of its own. */
let org: string;
let answer: (begun: SetupView) => void;

beforeEach(() => {
  org = `org${count++}`;
  router.current = { name: 'doctor' };
  view = credentials(org, { active: 'serviceApp', items: [held('serviceApp'), held('signIn')], admin: 'signIn' });
  plan = aPlan(org);
  host = fakeHost({
    credentials_get: () => view,
    reference_list: () => ENDPOINTS,
    doctor_plan: () => plan,
    doctor_run: () => new Promise((done) => (answer = done)),
    doctor_stop: () => aPlan(org, {}, { running: true }),
    people_search: ({ text }) => ({
      text, more: false, note: null,
      rows: [{ id: '00uBen', name: 'Ben Abara', login: 'ben@example.com', email: null, status: 'ACTIVE', canBeSubject: true, canReview: true, note: null }],
    }),
    credential_use: () => view,
    copy: () => ({}),
  });
  session.orgs = [anOrg(org)];
  session.current = org;
});

const last = (name: string) => host.asked.findLast((one) => one.name === name)?.args;
const send = (now: SetupView) => host.send({ kind: 'doctor', view: now });
const item = (title: RegExp) =>
  within(screen.getByRole('list', { name: 'Lines of the set-up' })).getAllByRole('listitem').find((one) => title.test(one.textContent.trim()));
const needs = () => within(screen.getByRole('list', { name: 'What it takes' })).getAllByRole('listitem').map((one) => one.textContent);

async function show() {
  showIn(Doctor, { org });
  await screen.findByRole('group', { name: 'Who is to manage reviews' });
}
async function preview() {
  await show();
  await user.click(button('Preview'));
  await screen.findByRole('heading', { name: 'What will be done' });
}
const run = async () => {
  await preview();
  await user.click(button('Set it up'));
};

describe('the preview', () => {
  it('says of each line how it stands, and what exactly would be sent; nothing is changed', async () => {
    await preview();
    expect(last('doctor_plan')).toEqual({ org, target: 'serviceApp', person: null, roleLabel: '', setLabel: '', appLabel: '' });
    expect(item(/^Custom admin role/)?.textContent).toContain('will do');
    expect(item(/^Who manages reviews/)?.textContent).toContain('there already');
    await waitFor(() => expect(item(/^Okta API scopes/)?.textContent).toContain('What is sent: 2 requests'));
    expect(item(/^Okta API scopes/)?.textContent).toContain(`"scopeId": "${REVIEW_SCOPE}.manage"`);
    // What sends nothing, or is not known by the engine, shows no request.
    expect(item(/^Who manages reviews/)?.textContent).not.toContain('What is sent');
    expect(announcer.slots.join('')).toBe('The preview is here. 4 lines to do.');
    expect(host.count('doctor_run')).toBe(0);
    expect(await faults()).toEqual([]);
  });

  it('is about the names and the person that were chosen; another choice asks for another one', async () => {
    await preview();
    await user.click(screen.getByText('Names of the role and the resource set'));
    await user.type(screen.getByLabelText('Custom admin role'), 'Reviewers ');
    expect(screen.queryByRole('button', { name: 'Set it up' })).toBeNull();
    await user.click(screen.getByRole('radio', { name: /^Another person/ }));
    expect(button('Preview').disabled).toBe(true);
    expect(screen.getByText('Choose a person first.')).toBeTruthy();
    await user.type(screen.getByRole('combobox', { name: 'Person' }), 'ben{Enter}');
    await user.click(await screen.findByRole('option', { name: /Ben Abara/ }));
    await user.click(button('Preview'));
    expect(last('doctor_plan')).toEqual({ org, target: 'person', person: '00uBen', roleLabel: 'Reviewers', setLabel: '', appLabel: '' });
  });

  it('a name that does not do is told beside its field, and stays', async () => {
    host.answers.doctor_plan = () => {
      throw problem({ code: 'badInput', title: 'That is no label.', why: 'Use up to 100 characters.', field: 'setLabel' });
    };
    await show();
    await user.click(screen.getByText('Names of the role and the resource set'));
    await user.type(screen.getByLabelText('Resource set'), 'x');
    await user.click(button('Preview'));
    const field = await screen.findByRole('textbox', { name: 'Resource set', description: /That is no label. Use up to 100/ });
    expect((field as HTMLInputElement).value).toBe('x');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('a blocked line can’t be run past, and leads to a sign-in that asks for what is missing', async () => {
    const lacks = problem({ code: 'notPermitted', title: 'No scope okta.apps.manage.', next: [{ kind: 'signIn' }] });
    plan = aNewApp(org, { app: { state: 'blocked', problem: lacks } });
    view = { ...view, items: [held('signIn')], active: 'signIn' };
    await preview();
    expect(screen.queryByRole('button', { name: 'Set it up' })).toBeNull();
    expect(screen.getByRole('heading', { name: 'A scope is missing.' })).toBeTruthy();
    await user.click(within(item(/^API service app/) as HTMLElement).getByRole('button', { name: 'Sign in' }));
    await waitFor(() => expect(router.current).toEqual({ name: 'signin', org, way: 'signIn' }));
    expect(takeSignInWish(org)).toEqual({ reviews: true });
  });

  it('without a service app one is made, under a name that can be chosen; one that is taken is told beside it', async () => {
    view = { ...view, items: [held('signIn')], active: 'signIn' };
    plan = aNewApp(org, { app: { state: 'blocked', problem: problem({ code: 'badInput', title: 'There is an app called X already.', why: 'Choose another label.', field: 'label' }) } });
    await show();
    expect(screen.getByRole('radio', { name: /^A new service app/, checked: true })).toBeTruthy();
    await user.click(button('Preview'));
    const field = await screen.findByRole('textbox', { name: 'Service app', description: /There is an app called X already. Choose another label/ });
    await user.type(field, ' Team B ');
    expect(screen.queryByRole('heading', { name: 'What will be done' })).toBeNull();
    plan = aNewApp(org);
    await user.click(button('Preview'));
    expect(last('doctor_plan')).toEqual({ org, target: 'serviceApp', person: null, roleLabel: '', setLabel: '', appLabel: 'Team B' });
    expect(await found('Set it up')).toBeTruthy();
    expect(needs()).toEqual(['Licence not known yet', 'Scopes to be set up', 'Admin role to be set up']);
    expect(await faults()).toEqual([]);
  });

  it('what was found goes with the practice org that was put back', async () => {
    await preview();
    host.send({ kind: 'changed', topic: 'practice', org, app: null });
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'What will be done' })).toBeNull());
    expect(await found('Preview')).toBeTruthy();
  });

  it('does not look again because Gatehouse was locked', async () => {
    await show();
    await user.click(await found(/^Preview/));
    await waitFor(() => expect(host.count('doctor_plan')).toBe(1));
    host.send({ kind: 'changed', topic: 'credentials', org: null, app: null });
    await new Promise((done) => setTimeout(done, 20));
    expect(host.count('doctor_plan')).toBe(1);
  });

  it('looks again when credentials change, also while it looks, and drops what can no longer be true', async () => {
    await preview();
    let first: (plan: SetupView) => void = () => undefined;
    host.answers.doctor_plan = () => new Promise((done) => (first = done));
    host.send({ kind: 'changed', topic: 'credentials', org, app: null });
    host.send({ kind: 'changed', topic: 'credentials', org, app: null });
    host.answers.doctor_plan = () => allFound(org);
    first(aPlan(org));
    expect(await found('Prove it')).toBeTruthy();
    host.answers.doctor_plan = () => {
      throw problem({ title: 'Nobody is signed in.' });
    };
    host.send({ kind: 'changed', topic: 'credentials', org, app: null });
    expect(await screen.findByText('Nobody is signed in.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Prove it' })).toBeNull();
    host.answers.doctor_plan = () => plan;
    host.send({ kind: 'changed', topic: 'credentials', org, app: null });
    expect(await found('Set it up')).toBeTruthy();
  });
});

describe('the run', () => {
  it('moves by events, once, and ends with the proof and what to do with it', async () => {
    await run();
    await user.keyboard('{Enter}');
    expect(host.count('doctor_run')).toBe(1);
    send(aPlan(org, { role: { state: 'done', detail: 'cr01p0' }, resourceSet: { state: 'doing' } }, { running: true }));
    // The answer is older than the event.
    answer(aPlan(org, {}, { running: true }));
    await new Promise((done) => setTimeout(done));
    await waitFor(() => expect(item(/^Resource set/)?.getAttribute('aria-current')).toBe('step'));
    expect(announcer.slots.join('')).toBe('Resource set “Security access reviews: all users”…');
    expect(screen.getByRole('heading', { name: 'Setting up…' })).toBeTruthy();
    expect(await faults()).toEqual([]);
    send({ ...proven('elsewhere'), label: 'Other' });
    send(proven(org));
    expect(await screen.findByRole('heading', { name: 'Gatehouse can manage security access reviews' })).toBeTruthy();
    expect(needs()).toEqual(['Licence there', 'Scopes there', 'Admin role there']);
    expect(await faults()).toEqual([]);
    await user.click(button('Launch a review'));
    expect(router.current).toEqual({ name: 'launch' });
    router.current = { name: 'doctor' };
    await user.click(button('Open access reviews'));
    expect(router.current).toEqual({ name: 'reviews', side: 'admin' });
  });

  it('is asked for once, however often it is wanted', async () => {
    await preview();
    const doctor = doctors.of(org);
    void doctor.run();
    void doctor.run();
    void doctor.preview();
    expect([host.count('doctor_run'), host.count('doctor_plan')]).toEqual([1, 1]);
  });

  it('stops after the line that is under way, asked once, and goes on from there', async () => {
    await run();
    answer(aPlan(org, { role: { state: 'doing' } }, { running: true }));
    await waitFor(() => expect(button('Stop').getAttribute('aria-busy')).toBeNull());
    await user.click(button('Stop'));
    await user.click(button('Stop'));
    expect(host.count('doctor_stop')).toBe(1);
    expect(screen.getByText('Stops after the line that is under way.')).toBeTruthy();
    send(aPlan(org, { role: { state: 'done', detail: 'cr01p0' } }));
    expect(await screen.findByText(/What is done stays; running it again makes nothing twice/)).toBeTruthy();
    await user.click(button('Run again'));
    expect(host.count('doctor_run')).toBe(2);
  });

  it('a stop that comes too late ends the wait', async () => {
    host.answers.doctor_stop = () => {
      throw problem({ code: 'notFound', title: 'No set-up is under way.' });
    };
    await run();
    answer(aPlan(org, {}, { running: true }));
    await user.click(await found('Stop'));
    expect(await found('Run again')).toBeTruthy();
  });

  it('everything there: nothing is made, and it is proven', async () => {
    plan = allFound(org);
    await preview();
    for (const title of [/^Custom admin role/, /^Resource set/, /^Okta API scopes/, /^Role and resource set/]) expect(item(title)?.textContent).toContain('there already');
    await user.click(button('Prove it'));
    answer(proven(org));
    expect(await screen.findByText('The service app may see reviews.')).toBeTruthy();
  });

  it('refused before it began: the preview is there again, with the reason', async () => {
    host.answers.doctor_run = () => {
      throw problem({ code: 'readOnly', title: 'Acme is locked.', next: [{ kind: 'unlock' }] });
    };
    await run();
    expect(await screen.findByText('Acme is locked.')).toBeTruthy();
    expect(button('Set it up')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull();
  });

  it('goes on while another page is shown, and is found again', async () => {
    await run();
    answer(aPlan(org, {}, { running: true }));
    await found('Stop');
    cleanup();
    send(aPlan(org, { role: { state: 'done', detail: 'cr01p0' } }));
    await show();
    expect(screen.getByRole('heading', { name: 'How far it got' })).toBeTruthy();
    await user.click(button('Preview'));
    expect(await found('Set it up')).toBeTruthy();
  });

  it('what was proven and is not in use can be taken into use', async () => {
    view = { ...view, active: 'apiToken', items: [held('serviceApp'), held('apiToken')], admin: 'apiToken' };
    plan = allFound(org);
    await preview();
    await user.click(button('Prove it'));
    answer(proven(org));
    await user.click(await found('Use the service app'));
    expect(last('credential_use')).toEqual({ org, kind: 'serviceApp' });
  });
});

describe('licence, scope and role are told apart', () => {
  const notEnabled = problem({ code: 'notEnabledInOrg', title: 'No reviews in this org.', okta: { ...OKTA, status: 401, errorCode: 'E0000015' } });
  const scope = problem({ code: 'notPermitted', title: 'The sign-in lacks a scope.', next: [{ kind: 'signIn' }] });
  const refused = problem({ code: 'notPermitted', title: 'Only a super admin may do this.', okta: OKTA });
  const CASES: [string, SetupView, string, string, string][] = [
    ['no licence', allFound('x', { proof: { state: 'blocked', problem: notEnabled } }), 'The licence is missing.', 'Licence missing, Scopes there, Admin role there', 'Check again'],
    ['no licence, and much else to do', aPlan('x', { role: { state: 'blocked', problem: scope }, proof: { state: 'blocked', problem: notEnabled } }), 'The licence is missing.', 'Licence missing, Scopes to be set up, Admin role to be set up', 'Check again'],
    ['the sign-in lacks a scope', allFound('x', { scopes: { state: 'blocked', detail: null, problem: scope } }), 'A scope is missing.', 'Licence not known yet, Scopes missing, Admin role there', 'Sign in with the review scopes'],
    ['the admin may not make roles', aPlan('x', { role: { state: 'blocked', detail: null, problem: refused } }), 'An admin role is missing.', 'Licence not known yet, Scopes to be set up, Admin role missing', 'Sign in with the review scopes'],
    ['a super admin has to be asked', aPlan('x', { scopes: { state: 'blocked', detail: null, problem: { ...scope, next: [{ kind: 'copy', label: 'Copy a request', text: 'Please' }, { kind: 'signIn' }] } } }), 'An admin role is missing.', 'Licence not known yet, Scopes to be set up, Admin role missing', 'Sign in with the review scopes'],
    ['the licence was seen already', allFound('x', { licence: FOUND, scopes: { state: 'blocked', detail: null, problem: scope } }), 'A scope is missing.', 'Licence there, Scopes missing, Admin role there', 'Sign in with the review scopes'],
    ['the role does not count yet', allFound('x', { proof: { state: 'blocked', problem: refused } }), 'The admin role is not in force.', 'Licence not known yet, Scopes there, Admin role missing', 'Check again'],
  ];

  it.each(CASES)('%s', async (_, shown, title, takes, next) => {
    plan = { ...shown, org };
    await preview();
    expect(screen.getByRole('heading', { name: title })).toBeTruthy();
    expect(needs().join(', ')).toBe(takes);
    const box = screen.getByRole('heading', { name: title }).parentElement as HTMLElement;
    const before = host.count('doctor_plan');
    await user.click(within(box).getByRole('button', { name: next }));
    if (next === 'Check again') expect(host.count('doctor_plan')).toBe(before + 1);
    else {
      await waitFor(() => expect(router.current).toEqual({ name: 'signin', org, way: 'signIn' }));
      expect(takeSignInWish(org)).toEqual({ reviews: true });
    }
  });

  it('a network that is down is none of the three', async () => {
    plan = allFound(org, { proof: { state: 'blocked', problem: problem({ title: 'Can’t connect.' }) } });
    await preview();
    expect(screen.getByText('Can’t connect.')).toBeTruthy();
    expect(screen.queryByRole('heading', { name: /missing|in force/ })).toBeNull();
  });
});

describe('what the credentials at hand can do', () => {
  it('an API token alone: what it can and what it can’t, and the way on', async () => {
    view = credentials(org, { active: 'apiToken', items: [held('apiToken')], admin: 'apiToken' });
    await show();
    expect(screen.getByRole('radio', { name: /^The owner of the API token/ })).toBeTruthy();
    const note = screen.getByRole('heading', { name: 'With an API token alone' }).parentElement as HTMLElement;
    expect(note.textContent).toMatch(/It can make the role.*launch a review.*It can’t list reviews/);
    await user.click(within(note).getByRole('button', { name: 'Sign in' }));
    await waitFor(() => expect(router.current).toEqual({ name: 'signin', org, way: 'signIn' }));
    expect(await faults()).toEqual([]);
  });

  it('no admin at all: nothing is looked at before one signs in', async () => {
    view = credentials(org, { active: 'serviceApp', items: [held('serviceApp')], admin: null });
    await show();
    expect(button('Preview').disabled).toBe(true);
    expect(button('Sign in as an admin')).toBeTruthy();
  });

  it('that can’t be read is told and tried again', async () => {
    host.answers.credentials_get = () => {
      throw problem({ code: 'storage', title: 'The file is broken.', next: [{ kind: 'retry' }] });
    };
    showIn(Doctor, { org });
    expect((await screen.findByRole('alert')).textContent).toContain('The file is broken.');
    host.answers.credentials_get = () => view;
    await user.click(button('Try again'));
    expect(await found('Preview')).toBeTruthy();
  });
});
