/** Apps and views for the tests of these screens, as the engine gives them. */

import type { AppDetail, CatalogView, ConnectionView, ConnectView, FieldView, OrgView, StepState } from '../../lib/ipc/generated';
import { session } from '../../lib/session.svelte';

export const ORG = 'acme';
export const APP = '0oa1p0000000000000001';

export const org: OrgView = {
  key: ORG,
  name: 'Acme',
  host: 'acme.okta.com',
  tag: 'production',
  colour: 'teal',
  readOnly: false,
  credential: 'apiToken',
  secret: 'keychain',
  orgId: null,
  lastUsed: null,
};

/** A session with one production org; settings as they come out of the box. */
export function startSession(): void {
  session.orgs = [org];
  session.current = ORG;
  session.pending = [];
  session.settings = { theme: 'system', density: 'normal', clipboardLook: 'ask', autoActivate: true, idleMinutes: 15 };
}

const field = (key: string, label: string, more: Partial<FieldView> = {}): FieldView => ({
  key, label, help: '', placeholder: '', secret: false, required: true, choices: [], ...more,
});

const consent = (fields: FieldView[] = []): CatalogView['schemes'] => [
  { scheme: 'oauth2', label: 'OAuth 2.0 with consent', about: 'You sign in on the provider’s page.', consent: true, fields },
];

export const google: CatalogView = {
  name: 'google',
  title: 'Google Workspace',
  provider: 'Google',
  accountHint: 'Sign in as a Google Workspace super admin.',
  blockers: ['An admin without the super admin role can sign in, but the connection fails later.'],
  schemes: consent(),
  toApp: true,
  toOkta: true,
};

export const office365: CatalogView = {
  ...google,
  name: 'office365',
  title: 'Microsoft Office 365',
  provider: 'Microsoft',
  schemes: consent([
    field('adminUsername', 'Microsoft admin user name'),
    field('adminPassword', 'Microsoft admin password', { secret: true, help: 'Sent to Okta once. Gatehouse never stores it.' }),
  ]),
};

export const zscaler: CatalogView = {
  ...google,
  name: 'zscalerbyz',
  title: 'Zscaler 2.0',
  schemes: [
    {
      scheme: 'token', label: 'API token', about: 'Zscaler’s SCIM base URL and bearer token.', consent: false,
      fields: [field('baseUrl', 'Base URL'), field('token', 'API token', { secret: true })],
    },
  ],
  toOkta: false,
};

export const org2org: CatalogView = {
  ...google,
  name: 'okta_org2org',
  title: 'Okta Org2Org',
  schemes: [
    {
      scheme: 'oauth2', label: 'OAuth 2.0 (service app)', about: 'No token to leak or expire.', consent: false,
      fields: [
        field('clientId', 'Client ID in the hub org'),
        field('rotationMode', 'Key rotation', {
          help: 'Automatic is Gatehouse’s default.',
          choices: [
            { value: 'AUTO', label: 'Automatic: Okta rotates the keys' },
            { value: 'MANUAL', label: 'Manual: you rotate the keys' },
          ],
        }),
      ],
    },
    { scheme: 'token', label: 'API token', about: 'It dies after 30 days without use.', consent: false, fields: [field('token', 'API token of the hub org', { secret: true })] },
  ],
};

export function view(more: Partial<ConnectView> = {}): ConnectView {
  return {
    org: ORG, app: APP, label: 'Google Workspace', stage: 'idle', scheme: 'oauth2', steps: [], consentHost: null,
    consentHostUnknown: false, openedAt: null, browserFailed: false, problem: null, autoActivate: true, ...more,
  };
}

/** The checklist with the step under way. */
export function checklist(at: string, state: StepState = 'running'): ConnectView['steps'] {
  const keys = ['save', 'consent', 'callback', 'activate', 'readBack'];
  return keys.map((key, index) => ({
    key,
    label: `Step ${key}`,
    state: index < keys.indexOf(at) ? 'done' : key === at ? state : 'waiting',
    note: null,
  }));
}

export const waiting = (more: Partial<ConnectView> = {}): ConnectView =>
  view({
    stage: 'awaitingConsent', consentHost: 'accounts.google.com', openedAt: '2026-11-24T09:00:00Z', steps: checklist('consent'), ...more,
  });

export function connection(more: Partial<ConnectionView> = {}): ConnectionView {
  return {
    status: 'disabled', scheme: null, baseUrl: null, clientId: null, rotationMode: null, consentOffered: false,
    readAt: '2026-11-24T09:00:00Z', raw: '{\n  "status": "DISABLED"\n}', ...more,
  };
}

export function detail(catalog: CatalogView | null, more: Partial<AppDetail> = {}): AppDetail {
  return {
    row: {
      id: APP, name: catalog?.name ?? 'salesforce', label: catalog?.title ?? 'Salesforce', status: 'ACTIVE', signOnMode: 'SAML_2_0',
      supported: catalog !== null, reason: catalog === null ? 'Okta’s provisioning API doesn’t support this app. Use the Admin Console.' : null,
      checked: null, waiting: false,
    },
    catalog,
    connection: catalog === null ? null : connection(),
    connect: view({ label: catalog?.title ?? 'Salesforce' }),
    assigned: 12,
    problem: null,
    ...more,
  };
}
