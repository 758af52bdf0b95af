/** Made-up orgs, apps and changes for tests. */

import type { AppChecked, AppRow, HistoryRow, OrgView, PendingConsent } from '../lib/ipc/generated';

export const AT = '2026-11-24T09:00:00Z';

export function org(key = 'acme', more: Partial<OrgView> = {}): OrgView {
  return {
    key, name: 'Acme', host: `${key}.okta.com`, tag: 'production', colour: 'indigo', readOnly: false, credential: 'apiToken', secret: 'keychain',
    orgId: '00o1', lastUsed: AT, ...more,
  };
}

export function checked(more: Partial<AppChecked> = {}): AppChecked {
  return { status: 'enabled', scheme: 'oauth2', toApp: 'on', toOkta: 'off', needsConsent: false, at: AT, problem: null, ...more };
}

export function row(id: string, more: Partial<AppRow> = {}): AppRow {
  return {
    id, name: 'google', label: 'Google Workspace', status: 'ACTIVE', signOnMode: 'SAML_2_0', supported: true, reason: null,
    checked: null, waiting: false, ...more,
  };
}

/** An org's list: six apps that can be set up somewhere among the rest. */
export function manyRows(count: number): AppRow[] {
  return Array.from({ length: count }, (_, at) =>
    at % Math.ceil(count / 6) === 3
      ? row(`0oa${at}`, { label: `Google Workspace ${at}`, checked: checked() })
      : row(`0oa${at}`, { name: 'bookmark', label: `Finance wiki ${at}`, supported: false, reason: 'Okta’s provisioning API doesn’t support this app.' }),
  );
}

export function pending(app = '0oa1', more: Partial<PendingConsent> = {}): PendingConsent {
  return { org: 'acme', orgName: 'Acme', app, name: 'google', label: 'Google Workspace', openedAt: AT, earlierRun: false, ...more };
}

export function write(id: number, more: Partial<HistoryRow> = {}): HistoryRow {
  return {
    id, at: AT, org: 'acme', orgName: 'Acme', app: '0oa1', appLabel: 'Google Workspace', action: 'Activated the connection',
    call: 'POST /api/v1/apps/{appId}/connections/default/lifecycle/activate', status: 204, outcome: 'done',
    before: '{\n  "status": "DISABLED"\n}', after: '{\n  "status": "ENABLED"\n}', requestId: 'req1', ms: 120, note: null, ...more,
  };
}
