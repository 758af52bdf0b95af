/** Made-up reviews, items and decisions for tests. */

import type {
  AccessRow, DecisionFacts, DecisionView, ItemAction, ReviewDetail, ReviewRow, SubAccessRow,
} from '../../../lib/ipc/generated';
import { AT } from '../../../testing/data';

export const SCOPE = { org: 'acme', side: 'admin' as const, review: 'sar1' };

export const REVOKE: ItemAction = { action: 'REVOKE_ACCESS', label: 'Revoke access', known: true };
export const RESTORE: ItemAction = { action: 'RESTORE_ACCESS', label: 'Restore access', known: true };
export const FLAG: ItemAction = { action: 'FLAG_FOR_MANUAL_REMEDIATION', label: 'Flag for manual remediation', known: true };
export const NEW: ItemAction = { action: 'LIMIT_ACCESS', label: 'Limit access', known: false };

export function access(id: string, more: Partial<AccessRow> = {}): AccessRow {
  return {
    id, kind: 'APPLICATION', name: `App ${id}`, resourceId: `0oa${id}`, appName: null, severity: 'HIGH', rank: 3, actions: [REVOKE], remediation: 'NONE',
    remediationWords: '', manual: [], lastAccess: AT, assigned: AT, assignment: 'GROUP', assignmentWords: 'by a group', usage: 3, lastCertified: null,
    lastReviewed: null, lastDevice: null, entitlements: [], labels: [], summary: null, below: [], ...more,
  };
}

export function sub(id: string, more: Partial<SubAccessRow> = {}): SubAccessRow {
  return {
    id, kind: 'GROUP', kindWords: 'Group', name: `Group ${id}`, severity: 'LOW', rank: 1, actions: [REVOKE], remediation: 'NONE', remediationWords: '',
    manual: [], about: null, entitlement: null, assigned: null, assignment: null, assignmentWords: null, owner: null, collections: [], entitlements: [],
    lastCertified: null, lastReviewed: null, labels: [], ...more,
  };
}

export function reviewRow(more: Partial<ReviewRow> = {}): ReviewRow {
  return {
    id: 'sar1', name: 'Lost laptop: Ada Example', status: 'ACTIVE', endTime: new Date(Date.now() + 4 * 86_400_000).toISOString(), created: AT,
    createdBy: 'Robin Example', lastUpdated: null, lastUpdatedBy: null, reviewers: [], subject: null, ours: false, ...more,
  };
}

export function detail(more: Partial<ReviewDetail> = {}): ReviewDetail {
  return {
    org: 'acme', side: 'admin', review: reviewRow(), principal: null, principalProblem: null,
    actions: [{ action: 'CLOSE_REVIEW', label: 'Close review', about: 'Closing is final.', known: true }], actionsProblem: null, ai: 'off', summary: null,
    editable: true, resting: null, ...more,
  };
}

export function decision(id: number, target: string, more: Partial<DecisionView> = {}): DecisionView {
  return {
    ...SCOPE, id, reviewName: 'Lost laptop: Ada Example', access: target, sub: null, item: `App ${target}`, action: 'REVOKE_ACCESS', label: 'Revoke access',
    state: 'waiting', sendAt: new Date(Date.now() + 8000).toISOString(), delayMs: 8000, remediation: null, remediationWords: null, inverse: null,
    problem: null, ...more,
  };
}

export function facts(target: string, more: Partial<DecisionFacts> = {}): DecisionFacts {
  return {
    access: target, sub: null, item: `App ${target}`, action: 'REVOKE_ACCESS', label: 'Revoke access', automatic: true, outcome: 'Okta takes the access away.',
    below: 3, facts: [{ label: 'Goes along', value: '3 groups and entitlements', warn: true }], manual: [], ...more,
  };
}
