/** Made-up access reviews for tests. */

import type { IncidentHead, LaunchForm, LaunchView, ProfileView, ReviewRow, ReviewsSnapshot, ReviewStats } from '../lib/ipc/generated';
import { AT } from './data';

export const STATS: ReviewStats = { active: 2, pending: 1, closed: 3, error: 0 };

export function profile(name: string, more: Partial<ProfileView> = {}): ProfileView {
  const login = `${name.toLowerCase().replace(' ', '.')}@example.com`;
  return { id: `00u${name.replace(' ', '')}`, name, login, email: null, status: 'ACTIVE', kind: 'USER', ...more };
}

export function review(id: string, more: Partial<ReviewRow> = {}): ReviewRow {
  return {
    id, name: 'Lost laptop: Hugo Abara', status: 'ACTIVE', endTime: '2027-01-01T09:00:00Z', created: AT, createdBy: 'Robin Keller', lastUpdated: AT,
    lastUpdatedBy: 'Robin Keller', reviewers: [profile('Robin Keller')], subject: null, ours: false, ...more,
  };
}

export function reviewsSnapshot(more: Partial<ReviewsSnapshot> = {}): ReviewsSnapshot {
  return { generation: 1, rows: [], done: false, problem: null, ...more };
}

export function launch(id: number, more: Partial<LaunchView> = {}): LaunchView {
  return {
    id, org: 'acme', name: `Lost phone ${id}`, subject: 'Elif Abara', subjectId: '00uElif', reviewers: 1, at: AT, state: 'pending', review: `sar${id}`,
    found: false, words: 'Okta gathers what there is to review.', problem: null, ...more,
  };
}

export function launchForm(launches: LaunchView[]): LaunchForm {
  return { template: '{user} {date}', presets: [], earliest: AT, latest: AT, mostReviewers: 10, notes: [], lastReviewers: [], launches };
}

export function incidentHead(more: Partial<IncidentHead> = {}): IncidentHead {
  return {
    org: 'acme', state: 'running', template: '{user}', reviewers: [], endTime: AT, at: AT, total: 40, ready: 28, launched: 12, failed: 0, open: 0, eta: null,
    problems: [], words: 'Reviews are launched one after the other.', ...more,
  };
}
