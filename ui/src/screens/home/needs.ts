/** What a person should look at: orgs to sign in to, consents that wait (in any org), then apps of this org that stand half done. */

import { appState } from '../../lib/appstate';
import type { AppRow, CredentialsView, OrgView, PendingConsent } from '../../lib/ipc/generated';
import { endsSoon } from '../../lib/orgs';

export interface Need {
  kind: 'signIn' | 'tokenEnds' | 'consent' | 'needsConsent' | 'disabled' | 'problem';
  org: string;
  /** Only where it is another org than the current one. */
  orgName: string | null;
  /** `null` where it is about the org itself. */
  app: string | null;
  label: string;
  /** What is the matter, in a sentence. */
  says: string;
  /** When it began, or for a token when it ends, if known. */
  since: string | null;
  /** What the button says. */
  action: string;
}

export function needs(pending: readonly PendingConsent[], current: string | null, rows: readonly AppRow[]): Need[] {
  const all: Need[] = pending.map((one) => ({
    kind: 'consent',
    org: one.org,
    orgName: one.org === current ? null : one.orgName,
    app: one.app,
    label: one.label,
    says: one.earlierRun ? 'Consent was opened in an earlier run and can still be finished.' : 'Consent is open in your browser.',
    since: one.openedAt,
    action: 'Finish consent',
  }));
  const waiting = new Set(pending.filter((one) => one.org === current).map((one) => one.app));
  for (const row of rows) {
    if (current === null || waiting.has(row.id)) continue;
    const need = ofRow(row);
    if (need !== null) all.push({ ...need, org: current, orgName: null, app: row.id, label: row.label, since: null });
  }
  return all;
}

/** Orgs that are not signed in, and API tokens in use that end within a week. */
export function orgNeeds(orgs: readonly OrgView[], held: readonly CredentialsView[], now: number): Need[] {
  return orgs.flatMap((org): Need[] => {
    const about = { org: org.key, orgName: null, app: null, label: org.name };
    if (org.credential === null) {
      return [{ ...about, kind: 'signIn', says: 'Gatehouse is not signed in to this org yet.', since: null, action: 'Sign in' }];
    }
    if (org.credential !== 'apiToken') return [];
    const token = held.find((one) => one.org === org.key)?.items.find((one) => one.kind === 'apiToken');
    if (token === undefined || token.expires === null || !endsSoon(token.expires, now)) return [];
    const says = Date.parse(token.expires) <= now ? 'Its API token has ended.' : 'Its API token ends soon unless it is used.';
    return [{ ...about, kind: 'tokenEnds', says, since: token.expires, action: 'Look' }];
  });
}

function ofRow(row: AppRow): Pick<Need, 'kind' | 'says' | 'action'> | null {
  switch (appState(row)) {
    case 'needsConsent':
      return { kind: 'needsConsent', says: 'Saved but not active: consent may still be missing.', action: 'Open' };
    case 'disabled':
      return { kind: 'disabled', says: 'Authenticated, but the connection is disabled.', action: 'Open' };
    case 'problem':
      return { kind: 'problem', says: row.checked?.problem?.title ?? 'Its connection could not be read.', action: 'Open' };
    default:
      return null;
  }
}
