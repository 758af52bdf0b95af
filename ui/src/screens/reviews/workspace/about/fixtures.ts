/** Reviews for the tests of these parts, as the engine gives them. */

import type {
  DecisionView, EvidenceView, PersonView, Problem, ProfileView, ReviewAction, ReviewDetail, ReviewHistoryPage, ReviewHistoryRow, ReviewRow,
  SummaryView, UpdatePlan,
} from '../../../../lib/ipc/generated';
import { session } from '../../../../lib/session.svelte';
import { evidence } from '../../../../lib/evidence.svelte';
import { toasts } from '../../../../lib/toasts.svelte';
import { org as anOrg } from '../../../../testing/data';
import { clearComments } from './comments.svelte';
import { summaries } from './summaries.svelte';

export const ORG = 'acme';
export const REVIEW = 'sar1';
export const AT = '2026-11-24T09:00:00Z';
export const ABOUT = { org: ORG, side: 'admin' as const, review: REVIEW };

export function startSession(tag: 'production' | 'practice' = 'practice'): void {
  session.orgs = [anOrg(ORG, { tag })];
  session.current = ORG;
  clearComments();
  summaries.clear();
  evidence.clear();
  toasts.all = [];
}

export const profile = (id: string, name: string, more: Partial<ProfileView> = {}): ProfileView => ({
  id, name, login: `${id}@example.com`, email: null, status: 'ACTIVE', kind: 'USER', ...more,
});

export const person = (id: string, name: string): PersonView => ({
  id, name, login: `${id}@example.com`, email: null, status: 'ACTIVE', canBeSubject: true, canReview: true, note: null,
});

export const row = (more: Partial<ReviewRow> = {}): ReviewRow => ({
  id: REVIEW, name: 'Lost laptop: Hugo Abara', status: 'ACTIVE', endTime: '2099-12-01T09:00:00Z', created: '2099-11-24T09:00:00Z', createdBy: null,
  lastUpdated: null, lastUpdatedBy: null, reviewers: [profile('ben', 'Ben Abara')], subject: profile('hugo', 'Hugo Abara'), ours: false, ...more,
});

export const detail = (more: Partial<ReviewDetail> = {}): ReviewDetail => ({
  org: ORG, side: 'admin', review: row(), principalProblem: null, actions: [CLOSE, RESTORE], actionsProblem: null, ai: 'on', summary: null,
  editable: true, resting: null,
  principal: {
    profile: profile('hugo', 'Hugo Abara'), department: 'Finance', manager: null, role: null, home: 'Kyoto, Japan', adminRoles: ['Help Desk Administrator'],
    lastSignIn: { at: AT, place: 'Reykjavík, Iceland', device: null, ipAddress: '203.0.113.7' },
  },
  ...more,
});

export const CLOSE: ReviewAction = { action: 'CLOSE_REVIEW', label: 'Close review', about: 'Closing is final.', known: true };
export const RESTORE: ReviewAction = { action: 'RESTORE_ALL_ACCESS', label: 'Restore all access', about: 'Gives everything back.', known: true };

export const entry = (id: string, message: string, more: Partial<ReviewHistoryRow> = {}): ReviewHistoryRow => ({
  id, at: AT, message, system: false, who: profile('robin', 'Robin Keller'), ...more,
});
export const page = (rows: ReviewHistoryRow[], next: string | null = null, problem: Problem | null = null): ReviewHistoryPage => ({ rows, next, problem });

export const summary = (more: Partial<SummaryView> = {}): SummaryView => ({ state: 'ready', text: 'Two things\nare unusual.', errors: [], at: AT, ...more });

export const plan = (more: Partial<UpdatePlan> = {}): UpdatePlan => ({
  problems: [], reviewers: [], changes: ['It ends later.'], ...more,
  request: more.request === undefined ? { method: 'PATCH', path: '/governance/api/v2/security-access-reviews/sar1', body: '{}', curl: 'curl -X PATCH' } : more.request,
});

export const decision = (id: number, more: Partial<DecisionView> = {}): DecisionView => ({
  id, org: ORG, side: 'admin', review: REVIEW, reviewName: 'Lost laptop', access: `aim${id}`, sub: null, item: `App ${id}`, action: 'REVOKE_ACCESS',
  label: 'Revoke access', state: 'waiting', sendAt: null, delayMs: 8000, remediation: null, remediationWords: null, inverse: null, problem: null, ...more,
});

export const pack = (more: Partial<EvidenceView> = {}): EvidenceView => ({
  ...ABOUT, state: 'gathering', words: 'Reading the history', done: 3, of: 8, folder: null, files: [], missing: [], problem: null, ...more,
});
