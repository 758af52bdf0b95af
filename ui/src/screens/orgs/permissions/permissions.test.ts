import { screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import type { PermissionsView } from '../../../lib/ipc/generated';
import { router } from '../../../lib/route.svelte';
import { session } from '../../../lib/session.svelte';
import { faults } from '../../../testing/axe';
import { org as anOrg } from '../../../testing/data';
import { fakeHost, problem, type FakeHost } from '../../../testing/fakehost';
import { showIn } from '../../../testing/onshow';
import { job, permissions } from '../../../testing/signin';
import Permissions from './Permissions.svelte';

const FIX = { id: 'grant:okta.apps.manage', label: 'Grant okta.apps.manage', about: 'Grants the scope okta.apps.manage to Gatehouse in acme.okta.com.' };
const user = userEvent.setup();
let host: FakeHost;
let view: PermissionsView;

beforeEach(() => {
  view = permissions('acme', {
    jobs: [
      job('look', { title: 'See apps' }),
      job('connect', {
        title: 'Set up connections', state: 'missing', scope: { what: 'okta.apps.manage', have: 'no' }, fix: FIX,
        next: [{ kind: 'copy', label: 'Copy the text for your super admin', text: 'Please grant it.' }], proof: 'Okta answered 403 and named the scope.',
      }),
      job('reviews', { title: 'Count reviews', state: 'notLicensed', licence: { what: 'Okta Identity Governance', have: 'no' } }),
    ],
  });
  host = fakeHost({ permissions_check: () => view, permissions_fix: () => permissions(), copy: () => ({}) });
});

function show(more = {}) {
  const org = anOrg('acme', { credential: 'serviceApp', ...more });
  session.orgs = [org];
  session.current = 'acme';
  showIn(Permissions, { org });
}
const row = (name: RegExp) => screen.findByRole('rowheader', { name });

it('tells of each job what it needs, whether it is there, and how that is known', async () => {
  show();
  expect((await row(/^See apps/)).textContent).toContain('Proven');
  const missing = (await row(/^Set up connections/)).closest('tr');
  expect(missing?.textContent).toContain('Missing');
  expect(missing?.textContent).toContain('Okta answered 403 and named the scope.');
  expect((await row(/^Count reviews/)).textContent).toContain('Not licensed');
  expect(document.body.textContent).toContain('Service app: Gatehouse');
  expect(document.body.textContent).toContain('Application Administrator');
  expect(await faults()).toEqual([]);
});

it('a fix says what it changes and where before it is done', async () => {
  show();
  await user.click(await screen.findByRole('button', { name: 'Grant okta.apps.manage, for: Set up connections' }));
  const dialog = screen.getByRole('dialog', { name: 'Grant okta.apps.manage?' });
  expect(dialog.textContent).toContain(FIX.about);
  expect(dialog.textContent).toContain('acme.okta.com');
  expect(host.count('permissions_fix')).toBe(0);
  await user.click(within(dialog).getByRole('button', { name: 'Grant okta.apps.manage' }));
  expect(host.asked.at(-1)).toEqual({ name: 'permissions_fix', args: { org: 'acme', fix: FIX.id } });
  await waitFor(() => expect(screen.queryByText('Set up connections')).toBeNull());
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('a fix that fails stays open and says why', async () => {
  host.answers.permissions_fix = () => {
    throw problem({ title: 'Only a super admin can.' });
  };
  show();
  await user.click(await screen.findByRole('button', { name: /^Grant okta.apps.manage, for/ }));
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Grant okta.apps.manage' }));
  expect(await within(screen.getByRole('dialog')).findByText('Only a super admin can.')).toBeTruthy();
});

it('text for the super admin is copied', async () => {
  show();
  await user.click(await screen.findByRole('button', { name: /^Copy the text for your super admin, for/ }));
  expect(host.asked.at(-1)).toEqual({ name: 'copy', args: { text: 'Please grant it.' } });
});

it('is checked again on demand; the last answer stays when that fails', async () => {
  show();
  await row(/^See apps/);
  host.answers.permissions_check = () => {
    throw problem({ title: 'Okta does not answer.' });
  };
  await user.click(screen.getByRole('button', { name: 'Check again' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Okta does not answer.');
  expect(await row(/^See apps/)).toBeTruthy();
  expect(host.count('permissions_check')).toBe(2);
});

it('an API token has no scopes, and roles may not be readable', async () => {
  view = permissions('acme', { credential: 'apiToken', scopes: null, roles: null });
  show({ credential: 'apiToken' });
  expect(await screen.findByText(/An API token has none/)).toBeTruthy();
  expect(screen.getByText('May not be read')).toBeTruthy();
});

it('without a credential nothing is asked, and the way in is offered', async () => {
  show({ credential: null });
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  await waitFor(() => expect(router.current).toEqual({ name: 'signin', org: 'acme' }));
  expect(host.asked).toEqual([]);
});
