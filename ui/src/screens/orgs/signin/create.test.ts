import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CredentialsView, ServiceCreateArgs, SetupView } from '../../../lib/ipc/generated';
import { session } from '../../../lib/session.svelte';
import { org as anOrg } from '../../../testing/data';
import { fakeHost, problem, type FakeHost } from '../../../testing/fakehost';
import SignIn from './SignIn.svelte';

const user = userEvent.setup();
let host: FakeHost;
let view: CredentialsView;
const plan: SetupView = {
  org: 'acme', label: 'Gatehouse', clientId: null, running: false, done: false, warnings: [],
  lines: [{ id: 'key', title: 'Make a key', state: 'todo', detail: null, problem: null, calls: [] }],
};

beforeEach(() => {
  view = {
    org: 'acme', active: 'signIn', key: null, admin: 'signIn', redirectUris: [], signInClient: null, signIn: null, setup: null,
    scopes: [{ scope: 'okta.apps.manage', what: 'Set up connections', service: true, signIn: true }],
    items: [{
      kind: 'signIn', place: 'keychain', clientId: '0oaNative', who: 'ada@example.com', alg: null, kid: null, dpop: false, scopes: [], created: null,
      lastUsed: null, expires: null, network: null,
    }],
  };
  host = fakeHost({ credentials_get: () => view, service_plan: () => plan });
  session.orgs = [anOrg('acme', { credential: 'signIn', readOnly: true })];
  session.current = 'acme';
});

describe('a creation that Gatehouse refuses before it begins', () => {
  it('leaves nothing running: the form and the preview are there again', async () => {
    host.answers.service_create = () => {
      throw problem({ code: 'readOnly', title: 'Acme is locked.', next: [{ kind: 'unlock' }] });
    };
    render(SignIn, { org: session.orgs[0] ?? anOrg(), way: 'serviceApp' });
    await user.click(await screen.findByRole('button', { name: 'Preview' }));
    await user.click(await screen.findByRole('button', { name: 'Create' }));
    expect(await screen.findByText('Acme is locked.')).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'Setting up…' })).toBeNull());
    expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Create' })).toBeTruthy();
  });
});

describe('a set-up that was blocked', () => {
  it('goes on with what it was begun with, also after the page was left', async () => {
    const sent: ServiceCreateArgs[] = [];
    const role = { id: 'role', title: 'Assign Application Administrator', state: 'blocked' as const, detail: null, problem: null, calls: [] };
    host.answers.service_create = (args) => {
      sent.push(args);
      view = { ...view, setup: { ...plan, lines: [role] } };
      return { ...plan, lines: [role] };
    };
    const first = render(SignIn, { org: session.orgs[0] ?? anOrg(), way: 'serviceApp' });
    await user.click(await screen.findByRole('switch', { name: 'DPoP' }));
    await user.click(screen.getByRole('radio', { name: /^RSA/ }));
    await user.click(screen.getByRole('button', { name: 'Preview' }));
    await user.click(await screen.findByRole('button', { name: 'Create' }));
    await screen.findByRole('button', { name: 'Run again' });
    first.unmount();

    render(SignIn, { org: session.orgs[0] ?? anOrg(), way: 'serviceApp' });
    await user.click(await screen.findByRole('button', { name: 'Run again' }));
    expect(sent.map((one) => [one.dpop, one.alg])).toEqual([[false, 'RS256'], [false, 'RS256']]);
  });
});
