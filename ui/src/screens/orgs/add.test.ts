import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeychainView, OrgAddArgs, OrgCheck, OrgView } from '../../lib/ipc/generated';
import { router } from '../../lib/route.svelte';
import { session } from '../../lib/session.svelte';
import { faults } from '../../testing/axe';
import { org } from '../../testing/data';
import { fakeHost, problem, type FakeHost } from '../../testing/fakehost';
import { freeColour, nameOf } from './add.svelte';
import AddOrg from './AddOrg.svelte';

const TOKEN = '00canaryTokenOfTheNewOrg';
const LOCKED = problem({ code: 'keychainLocked', title: 'The keychain is locked.', next: [{ kind: 'retryKeychain' }, { kind: 'sessionOnly' }] });

let host: FakeHost;
let check: Partial<OrgCheck>;
let keychain: Partial<KeychainView>;
let add: (args: OrgAddArgs) => OrgView;

beforeEach(() => {
  check = {};
  keychain = {};
  add = () => org('new', { name: 'Acme' });
  session.orgs = [org('acme')];
  session.current = 'acme';
  router.current = { name: 'addOrg' };
  host = fakeHost({
    org_check: ({ address }) => {
      if (address === 'nonsense') throw problem({ code: 'badOrgAddress', title: 'That is not an address.', field: 'address' });
      return {
        origin: 'https://new.okta.com', host: 'new.okta.com', cleaned: ['took off /admin/dashboard'], orgId: '00o1', identityEngine: true,
        oktaHost: null, customDomain: false, tag: 'production', already: null, ...check,
      };
    },
    keychain_test: () => ({ store: 'Secret Service', ok: true, problem: null, testedAt: null, ...keychain }),
    org_add: (args) => add(args),
  });
});

async function checkAddress(address = 'https://new-admin.okta.com/admin/dashboard') {
  render(AddOrg);
  await userEvent.type(screen.getByLabelText(/Address of the org/), address);
  await userEvent.click(screen.getByRole('button', { name: 'Check' }));
}
/** As far as the token's form. */
async function withToken() {
  await checkAddress();
  await choose(/^API token/);
}
const choose = async (way: RegExp) => userEvent.click(await screen.findByRole('radio', { name: way }));
const token = () => screen.findByLabelText<HTMLInputElement>(/^Token/);
const button = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Add the org' });
const sent = () => host.asked.filter((one) => one.name === 'org_add').map((one) => one.args as OrgAddArgs);

describe('adding an org', () => {
  it('checks the address, then sends the token once and forgets it', async () => {
    await withToken();
    expect(screen.getByRole('heading', { name: 'API token' })).toBeTruthy();
    expect(await screen.findByText(/took off \/admin\/dashboard/)).toBeTruthy();
    const field = await token();
    await userEvent.type(field, TOKEN);
    expect(await faults()).toEqual([]);
    await userEvent.click(button());
    expect(sent()).toEqual([
      { origin: 'https://new.okta.com', token: TOKEN, name: 'New', colour: 'teal', sessionOnly: false, customDomainConfirmed: false },
    ]);
    expect(field.value).toBe('');
    expect(document.documentElement.outerHTML).not.toContain(TOKEN);
    await vi.waitFor(() => expect(router.current.name).toBe('connections'));
    expect(session.current).toBe('new');
  });

  it('a wrong address is told at the field', async () => {
    await checkAddress('nonsense');
    const field = screen.getByLabelText(/Address of the org/);
    await vi.waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'));
    expect(screen.queryByLabelText(/^Token/)).toBeNull();
    await userEvent.type(field, 'x');
    expect(field.getAttribute('aria-invalid')).toBeNull();
  });

  it('typing another address takes back what was said of the last', async () => {
    await withToken();
    await token();
    await userEvent.type(screen.getByLabelText(/Address of the org/), 'x');
    expect(screen.queryByLabelText(/^Token/)).toBeNull();
  });

  it('a custom domain must be confirmed before a token can be sent', async () => {
    check = { customDomain: true, host: 'login.example.com', oktaHost: 'acme.okta.com' };
    await withToken();
    await userEvent.type(await token(), `${TOKEN}{Enter}`);
    expect([button().disabled, sent()]).toEqual([true, []]);
    await userEvent.click(screen.getByRole('checkbox'));
    await userEvent.click(button());
    expect(sent()[0]?.customDomainConfirmed).toBe(true);
  });

  it('an org that is here already gets no second token', async () => {
    check = { already: 'acme' };
    await checkAddress();
    expect(await screen.findByRole('button', { name: 'Go to it' })).toBeTruthy();
    expect(screen.queryByLabelText(/^Token/)).toBeNull();
  });

  it('a locked keychain is told before the token is typed; trying again works', async () => {
    keychain = { ok: false, problem: LOCKED };
    await withToken();
    expect(await screen.findByText('The keychain is locked.')).toBeTruthy();
    await userEvent.type(await token(), TOKEN);
    expect(button().disabled).toBe(true);
    keychain = {};
    await userEvent.click(screen.getByRole('button', { name: 'Try the keychain again' }));
    await vi.waitFor(() => expect(button().disabled).toBe(false));
    expect(screen.queryByText('The keychain is locked.')).toBeNull();
  });

  it('this session only needs no keychain', async () => {
    keychain = { ok: false, problem: LOCKED };
    await withToken();
    await userEvent.click(await screen.findByRole('button', { name: 'Keep it for this session only' }));
    await userEvent.type(await token(), TOKEN);
    await userEvent.click(button());
    expect(sent()[0]?.sessionOnly).toBe(true);
  });

  it('a refused token is told at the field, which is empty again', async () => {
    add = () => {
      throw problem({ code: 'signInRefused', title: 'Okta refused the token.', field: 'token' });
    };
    await withToken();
    const field = await token();
    await userEvent.type(field, TOKEN);
    await userEvent.click(button());
    await vi.waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'));
    expect([field.value, document.activeElement === field]).toEqual(['', true]);
  });

  it.each([
    [/^Service app \(recommended\)/, 'serviceApp', 'Service app'],
    [/^Sign in as an admin/, 'signIn', 'Admin sign-in'],
  ] as const)('%s: the org is added without a token, then its sign-in page opens there', async (radio, way, title) => {
    add = () => org('new', { name: 'Acme', credential: null, secret: 'missing' });
    await checkAddress();
    await choose(radio);
    expect(screen.getByRole('heading', { name: title })).toBeTruthy();
    expect(screen.queryByLabelText(/^Token/)).toBeNull();
    expect(await faults()).toEqual([]);
    await userEvent.click(button());
    expect(sent()).toEqual([{ origin: 'https://new.okta.com', name: 'New', colour: 'teal', sessionOnly: false, customDomainConfirmed: false }]);
    await vi.waitFor(() => expect(router.current).toEqual({ name: 'signin', org: 'new', way }));
    expect([session.current, session.orgs.map((one) => one.key)]).toEqual(['new', ['acme', 'new']]);
  });

  it('a custom domain must be confirmed for every way', async () => {
    check = { customDomain: true, host: 'login.example.com', oktaHost: 'acme.okta.com' };
    await checkAddress();
    await choose(/^Sign in as an admin/);
    expect(button().disabled).toBe(true);
    await userEvent.click(screen.getByRole('checkbox'));
    await userEvent.click(button());
    expect(sent()[0]?.customDomainConfirmed).toBe(true);
  });

  it('guesses a name and a free colour', () => {
    expect(nameOf('acme-dev.okta.com')).toBe('Acme dev');
    expect(freeColour([{ colour: 'indigo' }, { colour: 'teal' }])).toBe('amber');
  });
});
