import { screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { announcer } from '../../../lib/announce.svelte';
import type { CredentialKind, CredentialsView, Event } from '../../../lib/ipc/generated';
import { router } from '../../../lib/route.svelte';
import { session } from '../../../lib/session.svelte';
import { toasts } from '../../../lib/toasts.svelte';
import { faults } from '../../../testing/axe';
import { org as anOrg } from '../../../testing/data';
import { fakeHost, problem, type FakeHost } from '../../../testing/fakehost';
import { showIn } from '../../../testing/onshow';
import { credentials, device, held, signIn, URIS } from '../../../testing/signin';
import SignIn from './SignIn.svelte';
import { saysSignIn } from './words';

let host: FakeHost;
let view: CredentialsView;
const user = userEvent.setup();
const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name });
const found = (name: string | RegExp) => screen.findByRole('button', { name });
const last = (name: string) => host.asked.findLast((one) => one.name === name)?.args;
const said = () => announcer.slots.join('');
const send = (event: Event) => host.send(event);

beforeEach(() => {
  for (const toast of toasts.all) toasts.dismiss(toast.id);
  router.current = { name: 'signin', org: 'acme' };
  view = credentials();
  host = fakeHost({
    credentials_get: () => view,
    credentials_look: () => view,
    credential_use: ({ kind }) => ({ ...view, active: kind }),
    credential_remove: ({ revoke }) => ({ removed: true, revoked: revoke ? true : null, problems: [], credentials: credentials('acme', { active: null, items: [], admin: null }) }),
    keychain_test: () => ({ store: 'Secret Service', ok: true, problem: null, testedAt: null }),
    signin_start: (args) => (args.method === 'device' ? device({ clientId: args.clientId }) : signIn({ clientId: args.clientId })),
    signin_cancel: () => signIn({ phase: 'cancelled' }),
    signin_browser: () => signIn(),
    signin_link: () => ({ url: '', host: 'acme.okta.com', copied: true }),
    copy: () => ({}),
    page_open: () => ({}),
    org_token: () => anOrg(),
  });
});

async function show(way?: CredentialKind) {
  const org = anOrg('acme', { credential: view.active });
  session.orgs = [org];
  session.current = 'acme';
  showIn(SignIn, { org, way });
  await screen.findByRole('tablist', { name: 'Ways to sign in' });
}

describe('what is held', () => {
  beforeEach(() => {
    view = credentials('acme', { active: 'serviceApp', items: [held('serviceApp'), held('signIn'), held('apiToken', { expires: new Date(Date.now() + 2.5 * 86_400_000).toISOString() })] });
  });

  it('says of each what it is, which is in use, and until when', async () => {
    await show();
    const service = screen.getByRole('region', { name: 'Service app' });
    expect(service.textContent).toContain('In use');
    for (const words of ['0oaService', 'thumbprint-1', 'ES256', 'bound to a key', 'okta.apps.manage', 'In the keychain']) expect(service.textContent).toContain(words);
    expect(within(service).queryByRole('button', { name: /^Use this/ })).toBeNull();
    expect(screen.getByRole('region', { name: 'API token' }).querySelector('.soon')?.textContent).toContain('in 2 days');
    expect(await faults()).toEqual([]);
  });

  it('uses another one', async () => {
    await show();
    await user.click(button('Use this: API token'));
    expect(last('credential_use')).toEqual({ org: 'acme', kind: 'apiToken' });
    await waitFor(() => expect(screen.getByRole('region', { name: 'API token' }).textContent).toContain('In use'));
    expect(button('Use this: service app')).toBeTruthy();
  });

  it('a refusal is told beside them and can be tried again', async () => {
    host.answers.credential_use = () => {
      throw problem({ title: 'Okta refused it.', next: [{ kind: 'retry' }] });
    };
    await show();
    await user.click(button('Use this: admin sign-in'));
    expect((await screen.findByRole('alert')).textContent).toContain('Okta refused it.');
    await user.click(button('Try again'));
    expect(host.count('credential_use')).toBe(2);
  });

  it.each([
    ['Sign out…: admin sign-in', 'Sign out?', 'Sign out', { kind: 'signIn', revoke: true }, 'Okta is asked to revoke'],
    ['Remove…: service app', 'Remove the service app’s key?', 'Remove', { kind: 'serviceApp', revoke: false }, 'Only Gatehouse’s key is deleted; the app stays in acme.okta.com'],
    ['Remove…: API token', 'Remove the API token?', 'Remove', { kind: 'apiToken', revoke: false }, 'acme.okta.com'],
  ])('%s', async (open, title, act, args, words) => {
    await show();
    await user.click(button(open));
    const dialog = screen.getByRole('dialog', { name: title });
    expect(dialog.textContent).toContain(words);
    expect(await faults(dialog)).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: act }));
    expect(last('credential_remove')).toEqual({ org: 'acme', ...args });
    await screen.findByText(/Not signed in yet/);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('a token is revoked in Okta only where that is ticked; what failed stays on show', async () => {
    host.answers.credential_remove = () => ({
      removed: true, revoked: false, problems: [problem({ title: 'Okta did not revoke it.' })], credentials: credentials('acme', { items: [], active: null }),
    });
    await show();
    await user.click(button('Remove…: API token'));
    await user.click(screen.getByRole('checkbox', { name: /^Revoke the token in Okta too/ }));
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove' }));
    expect(last('credential_remove')).toMatchObject({ kind: 'apiToken', revoke: true });
    expect(await screen.findByText('Okta did not revoke it.')).toBeTruthy();
    expect(screen.getByText('It is gone from Gatehouse.')).toBeTruthy();
    expect(toasts.all).toEqual([]);
  });

  it('a token without a known last day is looked up once; others are not', async () => {
    await show();
    expect(host.count('credentials_look')).toBe(0);
    await user.click(button('Read from Okta'));
    expect(host.count('credentials_look')).toBe(1);
  });

  it('a change elsewhere is read again', async () => {
    await show();
    view = credentials('acme', { active: null, items: [] });
    send({ kind: 'changed', topic: 'credentials', org: 'other', app: null });
    expect(host.count('credentials_get')).toBe(1);
    send({ kind: 'changed', topic: 'credentials', org: 'acme', app: null });
    expect(await screen.findByText(/Not signed in yet/)).toBeTruthy();
  });
});

it('the last day of an API token in use is asked for when it is not known', async () => {
  view = credentials('acme', { items: [held('apiToken', { expires: null })] });
  host.answers.credentials_look = () => credentials('acme', { items: [held('apiToken', { network: 'Only from “Office”' })] });
  await show();
  expect(await screen.findByText('Only from “Office”')).toBeTruthy();
});

describe('signing in as an admin', () => {
  const client = () => screen.getByRole<HTMLInputElement>('textbox', { name: /^Client id/ });

  it('starts with the scopes a sign-in asks for, and shows what the app needs', async () => {
    view = credentials('acme', { signInClient: '0oaLast' });
    await show('signIn');
    expect(client().value).toBe('0oaLast');
    const on = screen.getAllByRole<HTMLInputElement>('checkbox').filter((box) => box.checked);
    expect(on.map((box) => box.value)).toEqual(['okta.apps.manage', 'okta.orgs.read', 'okta.appGrants.manage']);
    await user.click(screen.getByText('How to set up the app in Okta'));
    await user.click(button(`Copy ${URIS[2]}`));
    expect(last('copy')).toEqual({ text: URIS[2] });
    expect(await faults()).toEqual([]);
    await user.click(screen.getByRole('checkbox', { name: 'okta.orgs.read' }));
    await user.click(screen.getByRole('radio', { name: /^For this session only/ }));
    await user.click(button('Sign in with the browser'));
    expect(last('signin_start')).toEqual({
      org: 'acme', method: 'browser', clientId: '0oaLast', scopes: ['okta.apps.manage', 'okta.appGrants.manage'], sessionOnly: true,
    });
  });

  it('nothing is sent without a client id or without a scope', async () => {
    await show('signIn');
    expect(button('Sign in with the browser').disabled).toBe(true);
    await user.type(client(), '  0oaNative ');
    expect(button('Sign in with the browser').disabled).toBe(false);
    for (const name of ['okta.apps.manage', 'okta.orgs.read', 'okta.appGrants.manage']) await user.click(screen.getByRole('checkbox', { name }));
    expect(button('Sign in with the browser').disabled).toBe(true);
    expect(screen.getByText('Choose at least one scope.')).toBeTruthy();
  });

  async function waiting() {
    await show('signIn');
    await user.type(client(), '0oaNative');
    await user.click(button('Sign in with the browser'));
    return screen.findByRole('heading', { name: 'Waiting for you at acme.okta.com' });
  }

  it('waits where the person can open it again, copy the link, and read why nothing comes back', async () => {
    const heading = await waiting();
    expect(document.activeElement).toBe(heading);
    expect(said()).toBe('Waiting for you at acme.okta.com.');
    expect(screen.getByText(/Gatehouse stops waiting in 4 minutes|in 5 minutes/)).toBeTruthy();
    await user.click(screen.getByText('Nothing comes back?'));
    const hint = screen.getByText(/the client id or the redirect URI does not match/).closest('details');
    expect(hint?.textContent).toContain(URIS[1]);
    expect(hint?.textContent).toContain('0oaNative');
    await user.click(button('Copy link'));
    expect(toasts.all.at(-1)?.tone).toBe('ok');
    await user.click(button('Open again'));
    expect(host.count('signin_browser')).toBe(1);
    expect(await faults()).toEqual([]);
  });

  it('done: who it is, and what to do next', async () => {
    await waiting();
    view = credentials('acme', { active: 'signIn', items: [held('signIn')], admin: 'signIn', signIn: signIn({ phase: 'done', who: 'ada@example.com' }) });
    send({ kind: 'signIn', view: signIn({ phase: 'finishing' }) });
    expect(await screen.findByRole('heading', { name: 'Finishing the sign-in…' })).toBeTruthy();
    send({ kind: 'signIn', view: signIn({ phase: 'done', who: 'ada@example.com' }) });
    send({ kind: 'changed', topic: 'credentials', org: 'acme', app: null });
    expect(await screen.findByRole('heading', { name: 'Signed in as ada@example.com' })).toBeTruthy();
    expect(said()).toBe('Signed in as ada@example.com.');
    await user.click(button('Create a service app'));
    const tab = screen.getByRole('tab', { name: /^Service app/, selected: true });
    await waitFor(() => expect(document.activeElement).toBe(tab));
    expect(button('Preview')).toBeTruthy();
  });

  it('failed: why, and the form again with what was typed', async () => {
    await waiting();
    send({ kind: 'signIn', view: signIn({ phase: 'failed', problem: problem({ title: 'You are not assigned to the sign-in app.', next: [{ kind: 'retry' }] }) }) });
    expect((await screen.findByRole('alert')).textContent).toContain('not assigned');
    await user.click(button('Try again'));
    expect(host.count('signin_start')).toBe(2);
  });

  it('cancelled: nothing was kept', async () => {
    await waiting();
    await user.click(button('Cancel the sign-in'));
    expect(await screen.findByText('The sign-in was stopped. Nothing was kept.')).toBeTruthy();
    expect(client()).toBeTruthy();
  });

  it('no browser opened: the link is the way, shown where it can’t be copied', async () => {
    host.answers.signin_start = () => signIn({ opened: false });
    host.answers.signin_link = () => ({ url: 'https://acme.okta.com/oauth2/v1/authorize?x', host: 'acme.okta.com', copied: false });
    await waiting();
    expect(screen.getByRole('alert').textContent).toContain('Your browser was not opened.');
    await user.click(button('Copy link'));
    expect((await screen.findByRole('region', { name: 'sign-in link' })).textContent).toContain('https://acme.okta.com/oauth2/v1/authorize?x');
  });

  it('a device code: large, spelled for the ear, as a picture too', async () => {
    await show('signIn');
    await user.type(client(), '0oaNative');
    await user.click(screen.getByRole('radio', { name: /^With a device code/ }));
    await user.click(button('Get a code'));
    expect(await screen.findByText('FBGX-QRST')).toBeTruthy();
    expect(said()).toContain('F B G X - Q R S T');
    expect(screen.getByText('https://acme.okta.com/activate')).toBeTruthy();
    const qr = screen.getByRole('img', { name: /^QR code of the sign-in page of acme.okta.com/ });
    expect(qr.getAttribute('viewBox')).toBe('0 0 11 11');
    expect(qr.querySelector('path')?.getAttribute('d')).toBe('M4 4h1v1h-1zM6 4h1v1h-1zM5 5h1v1h-1zM4 6h3v1h-3z');
    await user.click(button('Copy the code'));
    expect(last('copy')).toEqual({ text: 'FBGX-QRST' });
    expect(await faults()).toEqual([]);
  });

  it('an answer that is older than an event does not put it back', async () => {
    let answer: (view: CredentialsView) => void = () => undefined;
    await show('signIn');
    host.answers.credentials_get = () => new Promise((done) => (answer = done));
    send({ kind: 'changed', topic: 'credentials', org: 'acme', app: null });
    send({ kind: 'signIn', view: signIn() });
    answer(credentials());
    expect(await screen.findByRole('heading', { name: 'Waiting for you at acme.okta.com' })).toBeTruthy();
    await new Promise((done) => setTimeout(done));
    expect(screen.getByRole('heading', { name: 'Waiting for you at acme.okta.com' })).toBeTruthy();
  });

  it('a sign-in of another org is not shown here', async () => {
    await show('signIn');
    send({ kind: 'signIn', view: signIn({ org: 'other' }) });
    await new Promise((done) => setTimeout(done));
    expect(client()).toBeTruthy();
  });

  it('every phase has words', () => {
    for (const phase of ['waiting', 'finishing', 'done', 'failed', 'cancelled'] as const) expect(saysSignIn(signIn({ phase }))).toMatch(/^[A-Z].*\.$/);
  });
});

describe('an API token', () => {
  it('comes with what Okta says of it, and is handed over in a dialog', async () => {
    view = credentials('acme', { active: null, items: [], admin: null });
    await show('apiToken');
    expect(screen.getByText(/ends 30 days after its last use/)).toBeTruthy();
    await user.click(button('Enter a token'));
    const dialog = screen.getByRole('dialog', { name: 'Enter a token' });
    await user.type(within(dialog).getByLabelText(/^Token/), '00canary');
    view = credentials();
    await user.click(within(dialog).getByRole('button', { name: 'Use it' }));
    expect(last('org_token')).toEqual({ org: 'acme', token: '00canary', sessionOnly: false });
    expect(await found('Replace the token')).toBeTruthy();
    expect(document.documentElement.outerHTML).not.toContain('00canary');
  });
});

it('what can’t be read is told and tried again', async () => {
  host.answers.credentials_get = () => {
    throw problem({ code: 'storage', title: 'The file is broken.', next: [{ kind: 'retry' }] });
  };
  showIn(SignIn, { org: anOrg() });
  expect((await screen.findByRole('alert')).textContent).toContain('The file is broken.');
  host.answers.credentials_get = () => view;
  await user.click(button('Try again'));
  expect(await screen.findByRole('tablist')).toBeTruthy();
});
