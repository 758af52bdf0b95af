/** What the engine finds, as it says it. */

import type { RequestView, SetupLine, SetupView } from '../../../lib/ipc/generated';
import { REVIEW_SCOPE } from '../../../testing/endpoints';
import { line } from '../../../testing/signin';

export const TITLES: Record<string, string> = {
  role: 'Custom admin role “Security access reviews”',
  resourceSet: 'Resource set “Security access reviews: all users”',
  member: 'Who manages reviews',
  scopes: 'Okta API scopes for security access reviews',
  assignment: 'Role and resource set assigned to Gatehouse',
  proof: 'Proof: ask for the numbers of reviews',
};

const grant = (scope: string): RequestView => ({ method: 'POST', path: '/api/v1/apps/0oaService/grants', body: JSON.stringify({ scopeId: scope }, null, 2), curl: 'curl' });

const TODO: Record<string, Partial<SetupLine>> = {
  role: { detail: `Make “Security access reviews” with ${REVIEW_SCOPE}.manage and okta.users.read` },
  resourceSet: { detail: 'Make “Security access reviews: all users” with all users in it' },
  member: { state: 'found', detail: 'Gatehouse, client id 0oaService' },
  scopes: { detail: `Grant ${REVIEW_SCOPE}.read, ${REVIEW_SCOPE}.manage`, calls: [grant(`${REVIEW_SCOPE}.read`), grant(`${REVIEW_SCOPE}.manage`)] },
};

/** A set-up of the service app of which nothing is there yet, with lines changed. */
export function aPlan(org: string, lines: Record<string, Partial<SetupLine>> = {}, more: Partial<SetupView> = {}): SetupView {
  return {
    org, label: 'Gatehouse', clientId: '0oaService', running: false, done: false, warnings: [],
    // What the licence is found by is a line of its own only where it is known.
    lines: Object.entries({ ...TITLES, ...('licence' in lines ? { licence: 'Okta Identity Governance' } : {}) }).map(([id, title]) => line(id, { title, ...TODO[id], ...lines[id] })),
    ...more,
  };
}

/** A set-up that makes the service app first. */
export function aNewApp(org: string, lines: Record<string, Partial<SetupLine>> = {}): SetupView {
  const titles = Object.fromEntries(Object.entries(TITLES).filter(([id]) => id !== 'member'));
  const all = { key: 'Key of the service app, in the keychain', app: 'API service app “Gatehouse access reviews”', registered: 'Check that the app has the public key', ...titles };
  return aPlan(org, {}, { clientId: null, lines: Object.entries(all).map(([id, title]) => line(id, { title, ...TODO[id], ...lines[id] })) });
}

export const FOUND: Partial<SetupLine> = { state: 'found' };

/** Everything there but for the proof. */
export function allFound(org: string, lines: Record<string, Partial<SetupLine>> = {}, more: Partial<SetupView> = {}): SetupView {
  const found = { role: { ...FOUND, detail: 'cr01p0' }, resourceSet: { ...FOUND, detail: 'iam1p0' }, scopes: { ...FOUND, detail: 'Granted', calls: [] }, assignment: { ...FOUND, detail: 'Assigned' } };
  return aPlan(org, { ...found, ...lines }, more);
}

/** As it ends well. */
export function proven(org: string): SetupView {
  return allFound(org, { proof: { state: 'done', detail: 'The service app may see reviews.' } }, { done: true });
}
