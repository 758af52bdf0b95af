import { screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { announcer } from '../../../lib/announce.svelte';
import type { CredentialsView, SetupView } from '../../../lib/ipc/generated';
import { router } from '../../../lib/route.svelte';
import { session } from '../../../lib/session.svelte';
import { toasts } from '../../../lib/toasts.svelte';
import { faults } from '../../../testing/axe';
import { AT, org as anOrg } from '../../../testing/data';
import { fakeHost, problem, type FakeHost } from '../../../testing/fakehost';
import { showIn } from '../../../testing/onshow';
import { credentials, held, line, setup } from '../../../testing/signin';
import SignIn from './SignIn.svelte';

const PEM = '-----BEGIN PRIVATE KEY-----\nCANARYkey\n-----END PRIVATE KEY-----';
const KEY = { kid: 'thumbprint-9', alg: 'ES256', jwk: '{\n  "kty": "EC"\n}', imported: false, at: AT } as const;
const user = userEvent.setup();
const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name });

let host: FakeHost;
let view: CredentialsView;
let answer: (ended: SetupView) => void;

beforeEach(() => {
  for (const toast of toasts.all) toasts.dismiss(toast.id);
  router.current = { name: 'signin', org: 'acme' };
  view = credentials('acme', { active: 'signIn', items: [held('signIn')], admin: 'signIn' });
  host = fakeHost({
    credentials_get: () => view,
    credentials_look: () => view,
    keychain_test: () => ({ store: 'Secret Service', ok: true, problem: null, testedAt: null }),
    service_plan: () => setup({ warnings: ['acme.okta.com is a production org.'] }),
    service_create: () => new Promise((done) => (answer = done)),
    service_stop: () => setup({ running: true }),
    key_make: () => (view = { ...view, key: KEY }),
    key_import: () => (view = { ...view, key: { ...KEY, imported: true } }),
    key_drop: () => (view = { ...view, key: null }),
    service_use: () => (view = { ...view, key: null, active: 'serviceApp', items: [held('serviceApp')] }),
    copy: () => ({}),
  });
});
const last = (name: string) => host.asked.findLast((one) => one.name === name)?.args;

async function show() {
  const org = anOrg('acme', { credential: view.active });
  session.orgs = [org];
  session.current = 'acme';
  showIn(SignIn, { org, way: 'serviceApp' });
  await screen.findByRole('tablist', { name: 'Ways to sign in' });
}
const byHand = async () => user.click(screen.getByRole('radio', { name: /^By hand/ }));

describe('create it for me', () => {
  const ARGS = { org: 'acme', label: 'Gatehouse', alg: 'ES256', dpop: true, scopes: ['okta.apps.manage', 'okta.orgs.read'], role: 'APP_ADMIN', signOut: true };

  it('previews, then creates; the lines move by events', async () => {
    await show();
    expect(await faults()).toEqual([]);
    await user.click(button('Preview'));
    expect(last('service_plan')).toEqual(ARGS);
    expect(await screen.findByRole('heading', { name: 'What will be done' })).toBeTruthy();
    expect(screen.getByText('acme.okta.com is a production org.')).toBeTruthy();
    await user.click(button('Create'));
    expect(last('service_create')).toEqual(ARGS);
    expect(await screen.findByRole('heading', { name: 'Setting up…' })).toBeTruthy();
    host.send({ kind: 'setup', view: setup({ running: true, lines: [line('key', { title: 'Make a key', state: 'done' }), line('app', { title: 'Create the app', state: 'doing' })] }) });
    await waitFor(() => expect(screen.getByText('Create the app').closest('li')?.getAttribute('aria-current')).toBe('step'));
    expect(announcer.slots.join('')).toBe('Create the app…');
    expect(await faults()).toEqual([]);
    view = { ...view, active: 'serviceApp', items: [held('serviceApp')], admin: null };
    answer(setup({ done: true, clientId: '0oaService', lines: [line('app', { title: 'Create the app', state: 'found', detail: '0oaService' })] }));
    host.send({ kind: 'changed', topic: 'credentials', org: 'acme', app: null });
    view = { ...view, setup: setup({ done: true }) };
    expect(await screen.findByRole('heading', { name: 'Gatehouse is set up' })).toBeTruthy();
    await user.click(screen.getAllByRole('button', { name: 'Check permissions' }).at(-1) as HTMLElement);
    expect(router.current).toEqual({ name: 'permissions', org: 'acme' });
  });

  it('what is changed after the preview asks for another one', async () => {
    await show();
    await user.click(button('Preview'));
    await screen.findByRole('button', { name: 'Create' });
    await user.selectOptions(screen.getByRole('combobox', { name: 'Admin role' }), 'SUPER_ADMIN');
    expect(screen.getByText(/A super admin may do everything/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
    await user.click(screen.getByRole('switch', { name: 'DPoP' }));
    await user.click(screen.getByRole('radio', { name: /^RSA/ }));
    await user.click(screen.getByRole('checkbox', { name: 'okta.orgs.read' }));
    await user.click(screen.getByRole('switch', { name: 'Sign the admin out afterwards' }));
    await user.click(button('Preview'));
    expect(last('service_plan')).toEqual({ ...ARGS, role: 'SUPER_ADMIN', dpop: false, alg: 'RS256', scopes: ['okta.apps.manage'], signOut: false });
  });

  it('a blocked line says why and can be run again', async () => {
    view = {
      ...view,
      setup: setup({ lines: [line('key', { state: 'done' }), line('role', { title: 'Assign the role', state: 'blocked', problem: problem({ title: 'Only a super admin can.' }) })] }),
    };
    await show();
    expect(screen.getByText('Only a super admin can.')).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'How far it got' })).toBeTruthy();
    await user.click(button('Run again'));
    expect(host.count('service_create')).toBe(1);
    expect(await screen.findByRole('heading', { name: 'Setting up…' })).toBeTruthy();
  });

  it('stops after the line that is under way', async () => {
    await show();
    await user.click(button('Preview'));
    await user.click(await screen.findByRole('button', { name: 'Create' }));
    await user.click(await screen.findByRole('button', { name: 'Stop' }));
    expect(last('service_stop')).toEqual({ org: 'acme' });
    answer(setup({ lines: [line('key', { state: 'done' }), line('app')] }));
    expect(await screen.findByRole('button', { name: 'Run again' })).toBeTruthy();
  });

  it('a preview that fails is told', async () => {
    host.answers.service_plan = () => {
      throw problem({ title: 'Okta does not answer.', next: [{ kind: 'retry' }] });
    };
    await show();
    await user.click(button('Preview'));
    expect((await screen.findByRole('alert')).textContent).toContain('Okta does not answer.');
  });

  it('without an admin it leads to signing in as one', async () => {
    view = credentials('acme', { active: null, items: [], admin: null });
    await show();
    await user.click(button('Sign in as an admin'));
    expect(await screen.findByRole('button', { name: 'Sign in with the browser' })).toBeTruthy();
  });

  it('an API token is not signed out, so that is not offered', async () => {
    view = credentials();
    await show();
    expect(screen.queryByRole('switch', { name: 'Sign the admin out afterwards' })).toBeNull();
    await user.click(button('Preview'));
    expect(last('service_plan')).toEqual({ ...ARGS, signOut: false });
  });
});

describe('by hand', () => {
  it('makes a key, shows its public half and the steps, and uses it', async () => {
    await show();
    await byHand();
    await user.click(screen.getByRole('radio', { name: /^RSA/ }));
    await user.click(button('Make a key'));
    expect(last('key_make')).toEqual({ org: 'acme', alg: 'RS256' });
    expect(await screen.findByRole('heading', { name: 'Public key' })).toBeTruthy();
    await user.click(button('Copy the public key'));
    expect(last('copy')).toEqual({ text: KEY.jwk });
    expect(screen.getByText(/Create App Integration/)).toBeTruthy();
    expect(await faults()).toEqual([]);
    await user.type(screen.getByRole('textbox', { name: /^Client id/ }), ' 0oaMade ');
    await user.click(button('Use it'));
    expect(last('service_use')).toEqual({ org: 'acme', clientId: '0oaMade', scopes: ['okta.apps.manage', 'okta.orgs.read'] });
    await waitFor(() => expect(screen.getByRole('region', { name: 'Service app' }).textContent).toContain('In use'));
  });

  it('a client id that is refused is told at its field', async () => {
    view = { ...view, key: KEY };
    host.answers.service_use = () => {
      throw problem({ title: 'acme.okta.com does not know this key.', field: 'clientId' });
    };
    await show();
    const field = screen.getByRole('textbox', { name: /^Client id/ });
    await user.type(field, '0oaMade{Enter}');
    await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'));
  });

  it('an imported key leaves the window once and is nowhere in it afterwards', async () => {
    await show();
    await byHand();
    await user.click(screen.getByRole('radio', { name: 'Import a key I have' }));
    const field = screen.getByLabelText<HTMLTextAreaElement>(/^Private key/);
    await user.click(field);
    await user.paste(PEM);
    await user.type(screen.getByRole('textbox', { name: /^Key id/ }), 'kid-1');
    expect(await faults()).toEqual([]);
    await user.click(button('Import the key'));
    expect(last('key_import')).toEqual({ org: 'acme', text: PEM, kid: 'kid-1' });
    expect(await screen.findByRole('heading', { name: 'Public key' })).toBeTruthy();
    expect([field.value, document.documentElement.outerHTML.includes('CANARYkey')]).toEqual(['', false]);
  });

  it('a key that can’t be read: said at the field, which is empty and has the focus', async () => {
    host.answers.key_import = () => {
      throw problem({ code: 'badInput', title: 'This is no private key.', field: 'text' });
    };
    await show();
    await byHand();
    await user.click(screen.getByRole('radio', { name: 'Import a key I have' }));
    const field = screen.getByLabelText<HTMLTextAreaElement>(/^Private key/);
    await user.type(field, 'CANARY');
    await user.click(button('Import the key'));
    await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'));
    expect([field.value, document.activeElement === field]).toEqual(['', true]);
  });

  it('deletes a key after asking', async () => {
    view = { ...view, key: KEY };
    await show();
    await user.click(button('Delete this key…'));
    await user.click(within(screen.getByRole('dialog', { name: 'Delete this key?' })).getByRole('button', { name: 'Delete this key' }));
    expect(last('key_drop')).toEqual({ org: 'acme' });
    expect(await screen.findByRole('button', { name: 'Make a key' })).toBeTruthy();
  });
});
