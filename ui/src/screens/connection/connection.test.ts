import { screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AppDetail, ConnectStartArgs, ConnectView } from '../../lib/ipc/generated';
import { faults } from '../../testing/axe';
import { fakeHost, problem, type FakeHost } from '../../testing/fakehost';
import { router } from '../../lib/route.svelte';
import { everything, showIn } from '../../testing/onshow';
import Connection from './Connection.svelte';
import { APP, checklist, connection, detail, google, office365, ORG, org, org2org, startSession, view, zscaler } from './fixtures';

beforeEach(startSession);

async function show(it: AppDetail, answers: ConstructorParameters<typeof FakeHost>[0] = {}) {
  const host = fakeHost({ app_open: () => it, ...answers });
  showIn(Connection, { org: ORG, app: APP });
  await screen.findByRole('heading', { level: 1, name: it.row.label });
  return { host, user: userEvent.setup() };
}

/** The one primary button of the page. */
const primaries = () => [...document.querySelectorAll('button.primary')].map((it) => it.textContent?.trim());
const started = (host: FakeHost) => host.asked.filter((it) => it.name === 'connect_start').map((it) => it.args as ConnectStartArgs);

describe('the spine', () => {
  it('has three steps in words and one primary button', async () => {
    await show(detail(google));
    expect(screen.getAllByRole('heading', { level: 2 }).map((it) => it.textContent)).toEqual(
      expect.arrayContaining(['Step 1, to do: Authenticate', 'Step 2, not yet: Activate', 'Step 3, not yet: Features']),
    );
    expect(primaries()).toEqual(['Save and go on to consent']);
    expect(await faults()).toEqual([]);
  });

  it.each([
    ['saved', detail(zscaler, { connection: connection({ scheme: 'token' }) }), ['Activate']],
    ['enabled', detail(zscaler, { connection: connection({ scheme: 'token', status: 'enabled' }) }), ['Set features']],
    ['consent left open', detail(google, { connection: connection({ scheme: 'oauth2', consentOffered: true }) }), ['Give consent']],
  ])('%s', async (_, it, wanted) => {
    await show(it);
    expect(primaries()).toEqual(wanted);
    expect(await faults()).toEqual([]);
  });

  it('folds a finished step out again, with the warning that nothing can be put back', async () => {
    const { user } = await show(detail(zscaler, { connection: connection({ scheme: 'token', status: 'enabled', baseUrl: 'https://scim.example.com' }) }));
    await user.click(screen.getByRole('button', { name: 'Authenticate again' }));
    expect(screen.getByLabelText(/Base URL/)).toHaveProperty('value', 'https://scim.example.com');
    expect(screen.getByText(/can’t be put back/)).toBeTruthy();
    expect(primaries()).toEqual(['Authenticate again']);
    await user.click(screen.getByRole('button', { name: 'Keep it as it is' }));
    expect(screen.queryByLabelText(/Base URL/)).toBeNull();
  });

  it('shows the live checklist with Cancel while something runs', async () => {
    const { host, user } = await show(detail(zscaler), { connect_cancel: () => view({ stage: 'cancelled' }) });
    host.send({ kind: 'connect', view: view({ stage: 'saving', steps: checklist('save') }) });
    const list = await screen.findByRole('list', { name: 'Progress of the connection' });
    expect(within(list).getAllByRole('listitem')[0]?.getAttribute('aria-current')).toBe('step');
    expect(primaries()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(host.count('connect_cancel')).toBe(1);
    expect(await screen.findByText(/stays in Okta, and nothing more is sent/)).toBeTruthy();
  });

  it('believes an event over the reply that it overtook', async () => {
    let settle: (it: ConnectView) => void = () => undefined;
    const { host, user } = await show(detail(zscaler, { connection: connection({ scheme: 'token' }) }), {
      connect_activate: () => new Promise<ConnectView>((done) => (settle = done)),
    });
    await user.click(screen.getByRole('button', { name: 'Activate' }));
    host.send({ kind: 'connect', view: view({ stage: 'done' }) });
    settle(view({ stage: 'activating' }));
    await waitFor(() => expect(screen.getByText('Enabled in Okta')).toBeTruthy());
    expect(screen.queryByText('Activating')).toBeNull();
  });
});

describe('the form', () => {
  it('sends a secret once; then it is nowhere in the page', async () => {
    const { host, user } = await show(detail(zscaler), { connect_start: () => view({ stage: 'saving' }) });
    await user.type(screen.getByLabelText(/Base URL/), 'https://scim.example.com');
    await user.type(screen.getByLabelText(/API token/), 's3cret-token');
    expect(screen.getByLabelText(/API token/)).toHaveProperty('type', 'password');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(started(host)).toEqual([
      { org: ORG, app: APP, scheme: 'token', fields: { baseUrl: 'https://scim.example.com', token: 's3cret-token' }, autoActivate: true },
    ]);
    expect(everything()).not.toContain('s3cret');
  });

  it('shows a refusal at its field and loses nothing but the secret', async () => {
    const { user } = await show(detail(office365), {
      connect_start: () => Promise.reject(problem({ code: 'badInput', field: 'adminUsername', title: 'That is no user name.', why: 'Use the whole address.' })),
    });
    await user.type(screen.getByLabelText(/user name/), 'ada');
    await user.type(screen.getByLabelText(/password/), 'pa55');
    await user.click(screen.getByRole('button', { name: 'Save and go on to consent' }));
    const field = await screen.findByLabelText(/user name/);
    await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'));
    const described = (field.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent);
    expect(described.join()).toContain('That is no user name. Use the whole address.');
    expect(field).toHaveProperty('value', 'ada');
    expect(screen.getByLabelText(/password/)).toHaveProperty('value', '');
    expect(document.activeElement).toBe(field);
    expect(await faults()).toEqual([]);
  });

  it('keeps what was filled in while Okta refuses the save', async () => {
    const { host, user } = await show(detail(zscaler), { connect_start: () => view({ stage: 'saving', steps: checklist('save') }) });
    await user.type(screen.getByLabelText(/Base URL/), 'https://scim.example.com');
    await user.type(screen.getByLabelText(/API token/), 's3cret');
    await user.click(screen.getByRole('switch', { name: /Activate by itself/ }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByLabelText(/Base URL/)).toBeNull());
    host.send({ kind: 'connect', view: view({ stage: 'failed', steps: checklist('save', 'failed'), problem: problem({ code: 'refused' }) }) });
    expect(await screen.findByLabelText(/Base URL/)).toHaveProperty('value', 'https://scim.example.com');
    expect(screen.getByRole('switch', { name: /Activate by itself/ }).getAttribute('aria-checked')).toBe('false');
    expect(screen.getByLabelText(/API token/)).toHaveProperty('value', '');
  });

  it('keeps the secret where a slip can be seen before anything is sent', async () => {
    const { host, user } = await show(detail(zscaler));
    await user.type(screen.getByLabelText(/API token/), 's3cret');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Base URL is missing.')).toBeTruthy();
    expect(host.count('connect_start')).toBe(0);
    expect(screen.getByLabelText(/API token/)).toHaveProperty('value', 's3cret');
  });

  it('never writes a secret into the request it shows', async () => {
    const { user } = await show(detail(zscaler));
    await user.type(screen.getByLabelText(/API token/), 's3cret');
    expect(everything().match(/s3cret/g)).toHaveLength(1);
    expect(screen.getByText(/POST \/api\/v1\/apps/).textContent).toContain('?activate=true');
    expect(document.body.textContent).toContain('"token": "{token}"');
    await user.click(screen.getByRole('switch', { name: /Activate by itself/ }));
    expect(screen.getByText(/POST \/api\/v1\/apps/).textContent).not.toContain('activate');
  });

  it('Org2Org: two ways, automatic rotation said so, and what the hub needs', async () => {
    const { host, user } = await show(detail(org2org), { connect_start: () => view({ stage: 'saving' }) });
    expect(screen.getByRole('radio', { name: /OAuth 2.0/ })).toHaveProperty('checked', true);
    expect(screen.getByRole('radio', { name: /Automatic/ })).toHaveProperty('checked', true);
    expect(screen.getByText(/connections\/default\/jwks/).textContent).toBe(`https://acme.okta.com/api/v1/apps/${APP}/connections/default/jwks`);
    expect(await faults()).toEqual([]);
    await user.click(screen.getByRole('radio', { name: /API token/ }));
    expect(screen.queryByText(/connections\/default\/jwks/)).toBeNull();
    await user.type(screen.getByLabelText(/API token of the hub org/), 'tok');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(started(host)[0]).toMatchObject({ scheme: 'token', fields: { token: 'tok' } });
  });

  it('Org2Org: shows the keys Okta made', async () => {
    const keys = { url: 'https://acme.okta.com/jwks', count: 2, json: '{"keys":[]}' };
    await show(detail(org2org, { connection: connection({ scheme: 'oauth2', clientId: '0oa2hub', rotationMode: 'AUTO', status: 'enabled' }) }), {
      connect_jwks: () => keys,
    });
    expect(await screen.findByText('https://acme.okta.com/jwks')).toBeTruthy();
    expect(screen.getByText(/2 public keys/)).toBeTruthy();
  });
});

describe('what can be in the way', () => {
  it('an app Okta’s API does not support: why, and where to go', async () => {
    await show(detail(null));
    expect(screen.getByText(/Use the Admin Console/)).toBeTruthy();
    expect(screen.queryByRole('list', { name: 'Steps' })).toBeNull();
    expect(await faults()).toEqual([]);
  });

  it('a connection that could not be read: the problem, its retry, and no made-up steps', async () => {
    let fails = true;
    const { user } = await show(detail(google), {
      app_open: () => (fails ? detail(google, { connection: null, problem: problem({ next: [{ kind: 'retry' }] }) }) : detail(google)),
    });
    expect(screen.queryByRole('list', { name: 'Steps' })).toBeNull();
    fails = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('list', { name: 'Steps' })).toBeTruthy();
  });

  it('a keychain without the token: retried, then read again', async () => {
    let locked = true;
    const host = fakeHost({
      app_open: () => {
        if (locked) throw problem({ code: 'keychainLocked', title: 'The keychain is locked.', next: [{ kind: 'retryKeychain' }, { kind: 'sessionOnly' }] });
        return detail(google);
      },
      org_retry: () => {
        locked = false;
        return org;
      },
    });
    showIn(Connection, { org: ORG, app: APP });
    expect(await screen.findByText('The keychain is locked.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Keep it for this session only' })).toBeTruthy();
    await userEvent.setup().click(screen.getByRole('button', { name: 'Try the keychain again' }));
    expect(host.count('org_retry')).toBe(1);
    expect(await screen.findByRole('list', { name: 'Steps' })).toBeTruthy();
  });

  it('work that failed: Okta’s words, and the step says so', async () => {
    const { host } = await show(detail(zscaler));
    host.send({
      kind: 'connect',
      view: view({ stage: 'failed', steps: checklist('save', 'failed'), problem: problem({ code: 'refused', title: 'Okta refused to save.', why: 'Okta says: Invalid credentials.' }) }),
    });
    expect(await screen.findByRole('heading', { name: /did not work: Authenticate/ })).toBeTruthy();
    expect(screen.getByText('Okta says: Invalid credentials.')).toBeTruthy();
    expect(primaries()).toEqual(['Try again']);
  });
});

it('keeps a failure on show while the page is read again, until it is asked what is so now', async () => {
  const saved = detail(google, { connection: connection({ scheme: 'oauth2' }), connect: view({ stage: 'authorized' }) });
  const { host, user } = await show(saved);
  const failed = problem({ code: 'notApplied', title: 'Google Workspace is still not active.', next: [{ kind: 'checkAgain' }] });
  host.send({ kind: 'connect', view: view({ stage: 'failed', steps: checklist('readBack', 'failed'), problem: failed }) });
  host.send({ kind: 'changed', topic: 'connection', org: ORG, app: APP });
  await waitFor(() => expect(host.count('app_open')).toBe(2));
  await tick();
  expect(screen.getAllByText('Google Workspace is still not active.').length).toBeGreaterThan(0);
  await user.click(screen.getByRole('button', { name: 'Check again' }));
  await waitFor(() => expect(screen.queryByText('Google Workspace is still not active.')).toBeNull());
  expect(primaries()).toEqual(['Activate']);
});

describe('deactivating', () => {
  it('asks, and on a production org for its name', async () => {
    const { host, user } = await show(detail(zscaler, { connection: connection({ scheme: 'token', status: 'enabled' }) }), {
      connect_deactivate: () => view({ stage: 'activating' }),
    });
    await user.click(screen.getByRole('button', { name: 'Deactivate' }));
    const dialog = await screen.findByRole('dialog');
    const sure = within(dialog).getByRole('button', { name: 'Deactivate' });
    expect(sure).toHaveProperty('disabled', true);
    expect(await faults()).toEqual([]);
    await user.type(within(dialog).getByLabelText(/Type the org’s name/), 'acme');
    await user.click(sure);
    expect(host.count('connect_deactivate')).toBe(1);
    expect(await screen.findByText('Deactivating')).toBeTruthy();
    // The work has read it back; the page's own read may still wait for the rate limit.
    host.send({ kind: 'connect', view: view({ stage: 'readingBack' }) });
    host.send({ kind: 'connect', view: view({ stage: 'idle' }) });
    expect(await screen.findByText('Saved, not active')).toBeTruthy();
  });
});

it('leads on to the features', async () => {
  const { user } = await show(detail(google, { connection: connection({ scheme: 'oauth2', status: 'enabled' }) }));
  await user.click(screen.getByRole('button', { name: 'Set features' }));
  expect(router.current).toEqual({ name: 'features', app: APP });
});
