/**
 * What a person should look at: orgs to sign in to, consents that wait (in any org), access reviews that end soon, launches
 * that ended badly, then apps of this org that stand half done.
 */

import { appState } from '../../lib/appstate';
import type { AppRow, CredentialsView, LaunchView, OrgView, PendingConsent, ReviewRow, Side } from '../../lib/ipc/generated';
import { needsLook } from '../../lib/launches.svelte';
import { endsSoon } from '../../lib/orgs';
import { endingSoon } from '../../lib/reviews.svelte';
import type { Route } from '../../lib/route.svelte';

export interface Need {
  kind: 'signIn' | 'tokenEnds' | 'consent' | 'needsConsent' | 'disabled' | 'problem' | 'reviewEnds' | 'launch';
  org: string;
  /** Only where it is another org than the current one. */
  orgName: string | null;
  /** `null` where it is about the org itself. */
  app: string | null;
  label: string;
  /** What is the matter, in a sentence. */
  says: string;
  /** When it began, or for a token or a review when it ends, if known. */
  since: string | null;
  /** Tells apart what is alike otherwise. */
  id?: number;
  /** Where the button leads, for what is about neither an app nor the org. */
  to?: Route;
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

/** More of one kind than this are one line, so that they leave room for the rest. */
const EACH = 3;

/**
 * Reviews that end within a day, and launches whose end somebody should see. `mine` are those the person reviews, which
 * matter more than that they are an admin of all.
 */
export function reviewNeeds(org: string, all: readonly ReviewRow[], mine: readonly ReviewRow[], launches: readonly LaunchView[], now: number): Need[] {
  const own = endingSoon(mine, now);
  const others = endingSoon(all, now).filter((row) => !own.some((one) => one.id === row.id));
  const list = (side: Side): Route => ({ name: 'reviews', side });
  const about = { org, orgName: null, app: null };
  const ends = (rows: ReviewRow[], side: Side): Need[] =>
    rows.length > EACH
      ? [{ ...about, kind: 'reviewEnds', label: `${rows.length} access reviews end soon`, says: side === 'my' ? 'You are a reviewer of all of them.' : 'All of them end within a day.', since: null, action: 'Look', to: list(side) }]
      : rows.map((row) => ({
          ...about, kind: 'reviewEnds', label: row.name, says: side === 'my' ? 'You are a reviewer of this access review.' : reviewedBy(row),
          since: row.endTime, action: side === 'my' ? 'Review' : 'Open', to: { name: 'review', side, review: row.id },
        }));
  const look = launches.filter(needsLook);
  const ended: Need[] =
    look.length > EACH
      ? [{ ...about, kind: 'launch', label: `${look.length} launches of access reviews`, says: 'They failed, or it is not known what became of them.', since: null, action: 'Look', to: list('admin') }]
      : look.map((one) => ({ ...about, kind: 'launch', id: one.id, label: one.name, says: one.problem?.title ?? one.words, since: null, action: 'Look', to: list('admin') }));
  return [...ends(own, 'my'), ...ends(others, 'admin'), ...ended];
}

function reviewedBy(row: ReviewRow): string {
  const [first, ...rest] = row.reviewers;
  if (first === undefined) return 'It has no reviewers.';
  return `Reviewers: ${first.name}${rest.length === 0 ? '' : ` and ${rest.length} more`}.`;
}

const READS: Readonly<Record<Side, RegExp>> = {
  admin: /^okta\.governance\.securityAccessReviews\.admin\.(read|manage)$/,
  my: /^okta\.governance\.securityAccessReviews\.endUser\.(read|manage)$/,
};

/** The sides whose reviews can be read with what the org is signed in with: nothing is asked that would be refused. */
export function readable(held: CredentialsView | undefined): Side[] {
  const may = (kind: 'serviceApp' | 'signIn', side: Side) => held?.items.find((one) => one.kind === kind)?.scopes.some((scope) => READS[side].test(scope)) ?? false;
  const active = held?.active ?? null;
  return [...(active !== null && active !== 'apiToken' && may(active, 'admin') ? (['admin'] as const) : []), ...(may('signIn', 'my') ? (['my'] as const) : [])];
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
