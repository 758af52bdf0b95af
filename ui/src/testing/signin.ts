/** Made-up credentials, sign-ins, set-ups and checks for tests. */

import type {
  CredentialKind, CredentialsView, CredentialView, JobCheck, KeychainHealth, PermissionsView, ScopeView, SetupLine, SetupView, SignInView,
} from '../lib/ipc/generated';
import { AT } from './data';

export const SCOPES: ScopeView[] = [
  { scope: 'okta.apps.read', what: 'See apps and their connections', service: false, signIn: false },
  { scope: 'okta.apps.manage', what: 'Set up connections and features', service: true, signIn: true },
  { scope: 'okta.orgs.read', what: 'See the org’s name', service: true, signIn: true },
  { scope: 'okta.appGrants.manage', what: 'Grant scopes to the service app', service: false, signIn: true },
];
export const URIS = ['http://127.0.0.1:8765/callback', 'http://127.0.0.1:8766/callback', 'http://127.0.0.1:8767/callback'];

export function held(kind: CredentialKind, more: Partial<CredentialView> = {}): CredentialView {
  const base = { kind, place: 'keychain' as const, scopes: [], created: AT, lastUsed: AT, expires: null, network: null };
  switch (kind) {
    case 'serviceApp':
      return { ...base, clientId: '0oaService', who: 'Gatehouse', alg: 'ES256', kid: 'thumbprint-1', dpop: true, scopes: ['okta.apps.manage'], ...more };
    case 'signIn':
      return { ...base, clientId: '0oaNative', who: 'ada@example.com', alg: null, kid: null, dpop: false, scopes: ['okta.apps.manage'], ...more };
    case 'apiToken':
      return { ...base, clientId: null, who: 'ada@example.com', alg: null, kid: null, dpop: null, expires: '2027-02-01T00:00:00Z', network: 'Anywhere', ...more };
  }
}

export function credentials(org = 'acme', more: Partial<CredentialsView> = {}): CredentialsView {
  return {
    org, active: 'apiToken', items: [held('apiToken')], key: null, admin: 'apiToken', redirectUris: URIS, scopes: SCOPES, signInClient: null,
    signIn: null, setup: null, ...more,
  };
}

export function signIn(more: Partial<SignInView> = {}): SignInView {
  return {
    org: 'acme', method: 'browser', phase: 'waiting', clientId: '0oaNative', scopes: ['okta.apps.manage'], host: 'acme.okta.com',
    redirectUri: URIS[1] ?? null, opened: true, startedAt: new Date().toISOString(), until: new Date(Date.now() + 300_000).toISOString(),
    userCode: null, verificationUri: null, qr: null, who: null, problem: null, ...more,
  };
}

export function device(more: Partial<SignInView> = {}): SignInView {
  return signIn({
    method: 'device', redirectUri: null, opened: false, userCode: 'FBGX-QRST', verificationUri: 'https://acme.okta.com/activate',
    qr: { rows: ['101', '010', '111'] }, ...more,
  });
}

export function line(id: string, more: Partial<SetupLine> = {}): SetupLine {
  return { id, title: `Line ${id}`, state: 'todo', detail: null, problem: null, calls: [], ...more };
}

export function setup(more: Partial<SetupView> = {}): SetupView {
  return {
    org: 'acme', label: 'Gatehouse', clientId: null, running: false, done: false, warnings: [],
    lines: [line('key', { title: 'Make a key' }), line('app', { title: 'Create the app' }), line('grant:okta.apps.manage', { title: 'Grant okta.apps.manage' })],
    ...more,
  };
}

export function job(id: string, more: Partial<JobCheck> = {}): JobCheck {
  return {
    id, title: `Job ${id}`, state: 'proven', scope: { what: 'okta.apps.manage', have: 'yes' }, role: { what: 'Application Administrator', have: 'yes' },
    licence: { what: '', have: 'notNeeded' }, proof: 'Okta listed apps.', fix: null, next: [], ...more,
  };
}

export function permissions(org = 'acme', more: Partial<PermissionsView> = {}): PermissionsView {
  return {
    org, credential: 'serviceApp', who: 'Gatehouse', at: AT, scopes: ['okta.apps.manage'], roles: ['Application Administrator'],
    jobs: [job('look', { title: 'See apps' })], ...more,
  };
}

export function health(more: Partial<KeychainHealth> = {}): KeychainHealth {
  return {
    keychain: { store: 'Secret Service', ok: true, problem: null, testedAt: AT }, service: 'org.gatehouse', survives: true,
    survivesWhy: 'It is kept on disk, encrypted with your login password.',
    items: [
      { org: 'acme', kind: 'apiToken', name: 'acme.okta.com:token', created: AT, presence: 'present' },
      { org: 'acme', kind: 'serviceKey', name: 'acme.okta.com:key', created: null, presence: 'missing' },
    ],
    ...more,
  };
}
