import { screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CredentialKind, CredentialsView, ScopeView } from '../../../lib/ipc/generated';
import { toSignIn } from '../../../lib/orgpages';
import { router } from '../../../lib/route.svelte';
import { session } from '../../../lib/session.svelte';
import { faults } from '../../../testing/axe';
import { AT, org as anOrg } from '../../../testing/data';
import { fakeHost, problem, type FakeHost } from '../../../testing/fakehost';
import { showIn } from '../../../testing/onshow';
import { credentials, held, setup, signIn } from '../../../testing/signin';
import { firstChoice, reviewsChosen, withReviews } from './reviewscopes';
import SignIn from './SignIn.svelte';

const REVIEWS = 'okta.governance.securityAccessReviews';
const scope = (name: string, service: boolean, person: boolean): ScopeView => ({ scope: name, what: `what ${name} is for`, service, signIn: person });
const ALL: ScopeView[] = [
  scope('okta.apps.manage', true, true), scope('okta.users.read', true, true), scope('okta.groups.read', false, false),
  scope(`${REVIEWS}.admin.read`, false, false), scope(`${REVIEWS}.admin.manage`, false, false),
  scope(`${REVIEWS}.endUser.read`, false, false), scope(`${REVIEWS}.endUser.manage`, false, false), scope('okta.governance.settings.read', false, false),
];
const USUAL = ['okta.apps.manage', 'okta.users.read'];
const EVERY = ALL.map((one) => one.scope);
const ADMIN = EVERY.filter((name) => !name.includes('.endUser.'));

const user = userEvent.setup();
const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name });
const all = () => screen.getByRole<HTMLInputElement>('checkbox', { name: 'Also for security access reviews' });
const ticked = () => screen.getAllByRole<HTMLInputElement>('checkbox').filter((one) => one.checked && one.value.startsWith('okta.')).map((one) => one.value);

let host: FakeHost;
let view: CredentialsView;

beforeEach(() => {
  router.current = { name: 'home' };
  view = credentials('acme', { scopes: ALL, signInClient: '0oaNative', active: 'signIn', items: [held('signIn')], admin: 'signIn' });
  host = fakeHost({
    credentials_get: () => view,
    keychain_test: () => ({ store: 'Secret Service', ok: true, problem: null, testedAt: null }),
    signin_start: (args) => signIn(args),
    service_plan: () => setup(),
    service_use: () => view,
  });
  session.orgs = [anOrg('acme', { credential: view.active })];
  session.current = 'acme';
});
const last = (name: string) => host.asked.findLast((one) => one.name === name)?.args as { scopes: string[] };

async function show(way: CredentialKind, reviews = false) {
  if (reviews) await toSignIn('acme', way, { reviews });
  showIn(SignIn, { org: session.orgs[0] ?? anOrg(), way });
  await screen.findByRole('tablist', { name: 'Ways to sign in' });
}

describe('the set', () => {
  it('a person gets both sides, a service app the admin’s alone', () => {
    expect(firstChoice(ALL, 'person', false)).toEqual(USUAL);
    expect(firstChoice(ALL, 'person', true)).toEqual(EVERY);
    expect(firstChoice(ALL, 'app', true)).toEqual(ADMIN);
  });

  it('is taken off without what is asked for anyway', () => {
    expect(withReviews(EVERY, ALL, 'person', false)).toEqual(USUAL);
    expect(withReviews(['okta.groups.read'], ALL, 'person', false)).toEqual([]);
  });

  it('is all, some or none of it; people by name alone are not some', () => {
    expect(reviewsChosen(USUAL, ALL, 'person')).toBe('none');
    expect(reviewsChosen([...USUAL, 'okta.groups.read'], ALL, 'person')).toBe('some');
    expect(reviewsChosen(ADMIN, ALL, 'person')).toBe('some');
    expect(reviewsChosen(ADMIN, ALL, 'app')).toBe('all');
  });
});

describe('signing in', () => {
  it('asks for them only where that is ticked, all at once', async () => {
    await show('signIn');
    expect(ticked()).toEqual(USUAL);
    expect(all().checked).toBe(false);
    await user.click(all());
    expect(ticked()).toEqual(EVERY);
    await user.click(screen.getByRole('checkbox', { name: `${REVIEWS}.endUser.manage` }));
    expect([all().checked, all().indeterminate]).toEqual([false, true]);
    await user.click(all());
    expect([all().checked, all().indeterminate]).toEqual([true, false]);
    expect(await faults()).toEqual([]);
    await user.click(all());
    await user.click(button('Sign in with the browser'));
    expect(last('signin_start').scopes).toEqual(USUAL);
  });

  it('arriving from a page about reviews they are ticked, even where somebody is signed in', async () => {
    view = { ...view, signIn: signIn({ phase: 'done', who: 'ada@example.com' }) };
    await show('signIn', true);
    expect(ticked()).toEqual(EVERY);
    await user.click(button('Sign in with the browser'));
    expect(last('signin_start').scopes).toEqual(EVERY);
  });

  it('takes none away that the sign-in has', async () => {
    view = { ...view, items: [held('signIn', { scopes: ['okta.apps.manage', `${REVIEWS}.endUser.read`] })] };
    await show('signIn');
    expect(ticked()).toEqual([...USUAL, `${REVIEWS}.endUser.read`]);
    expect(all().indeterminate).toBe(true);
  });

  it('what was chosen is there again after a refusal', async () => {
    await show('signIn', true);
    await user.click(screen.getByRole('checkbox', { name: 'okta.governance.settings.read' }));
    await user.click(button('Sign in with the browser'));
    await screen.findByRole('heading', { name: /^Waiting for you/ });
    host.send({ kind: 'signIn', view: signIn({ phase: 'failed', problem: problem({ title: 'The app lacks a scope that was asked for.' }) }) });
    await screen.findByText('The app lacks a scope that was asked for.');
    expect(ticked()).toEqual(EVERY.filter((name) => name !== 'okta.governance.settings.read'));
  });
});

describe('a service app', () => {
  it('gets the admin’s; reviews of one’s own need a person', async () => {
    await show('serviceApp', true);
    expect(screen.queryByRole('checkbox', { name: new RegExp('endUser') })).toBeNull();
    expect(screen.getByText(/your own reviews need you to sign in/)).toBeTruthy();
    expect(all().checked).toBe(true);
    await user.click(button('Preview'));
    expect(last('service_plan').scopes).toEqual(ADMIN);
    expect(await faults()).toEqual([]);
  });

  it('has none of them unless they are ticked', async () => {
    await show('serviceApp');
    await user.click(button('Preview'));
    expect(last('service_plan').scopes).toEqual(USUAL);
    await user.click(all());
    // What is changed after the preview asks for another one.
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Create' })).toBeNull());
    await user.click(button('Preview'));
    expect(last('service_plan').scopes).toEqual(ADMIN);
  });

  it('made by hand, likewise', async () => {
    view = { ...view, key: { kid: 'k', alg: 'ES256', jwk: '{}', imported: false, at: AT } };
    await show('serviceApp', true);
    await user.type(screen.getByRole('textbox', { name: /^Client id/ }), '0oaService');
    const form = screen.getByRole('textbox', { name: /^Client id/ }).closest('form') as HTMLElement;
    await user.click(within(form).getByText('Scopes it was granted'));
    expect(within(form).getByRole<HTMLInputElement>('checkbox', { name: 'Also for security access reviews' }).checked).toBe(true);
    await user.click(within(form).getByRole('button', { name: /^Use/ }));
    expect(last('service_use').scopes).toEqual(ADMIN);
  });
});
