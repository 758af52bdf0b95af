/** People, forms and launches for the tests of these screens, as the engine gives them. */

import type { LaunchArgs, LaunchForm, LaunchPlan, LaunchView, PeopleFound, PersonView } from '../../../lib/ipc/generated';
import { session } from '../../../lib/session.svelte';
import { org } from '../../../testing/data';

export const ORG = 'acme';

export function startSession(): void {
  session.orgs = [org(ORG)];
  session.current = ORG;
}

export function person(name: string, more: Partial<PersonView> = {}): PersonView {
  const key = name.toLowerCase().replaceAll(' ', '.');
  return { id: `00u-${key}`, name, login: `${key}@example.com`, email: null, status: 'ACTIVE', canBeSubject: true, canReview: true, note: null, ...more };
}

export const ADA = person('Ada Lovelace');
export const BEN = person('Ben Abara');
export const SUE = person('Sue Spent', { status: 'SUSPENDED', canReview: false, note: 'Reviewers must be active; Okta says suspended.' });

export function found(text: string, rows: PersonView[], more: Partial<PeopleFound> = {}): PeopleFound {
  return { text, rows, more: false, note: null, ...more };
}

/** Whoever’s name begins like this. */
export const among = (people: PersonView[]) => ({ text }: { text: string }) =>
  found(text, people.filter((one) => one.name.toLowerCase().startsWith(text.toLowerCase())));

export function form(more: Partial<LaunchForm> = {}): LaunchForm {
  const at = Date.now();
  const days = (count: number) => new Date(at + count * 86_400_000).toISOString();
  return {
    template: 'Access review: {user}, {date}',
    presets: [1, 3, 7, 30].map((count) => ({ days: count, label: `${count} days`, endTime: days(count), default: count === 7 })),
    earliest: days(1),
    latest: days(180),
    mostReviewers: 10,
    notes: ['Okta mails the reviewers.'],
    lastReviewers: [],
    launches: [],
    ...more,
  };
}

export function plan(args: LaunchArgs, more: Partial<LaunchPlan> = {}): LaunchPlan {
  const people = [ADA, BEN, SUE];
  const body = JSON.stringify({ principalId: args.subject, endTime: args.endTime }, null, 2);
  return {
    problems: [],
    warnings: [],
    name: args.name.replace('{user}', 'Ada Lovelace').replace('{date}', '25 Nov 2026'),
    subject: people.find((one) => one.id === args.subject) ?? null,
    reviewers: people.filter((one) => args.reviewers.includes(one.id)),
    endTime: args.endTime ?? null,
    request: { method: 'POST', path: '/governance/api/v2/security-access-reviews', body, curl: "curl -X POST 'https://acme.okta.com' -H 'Authorization: Bearer {accessToken}'" },
    ...more,
  };
}

export function launch(more: Partial<LaunchView> = {}): LaunchView {
  return {
    id: 1, org: ORG, name: 'Access review: Ada Lovelace, 25 Nov 2026', subject: 'Ada Lovelace', subjectId: ADA.id, reviewers: 1, at: '2026-11-25T09:00:00Z',
    state: 'pending', review: 'sar1', found: false, words: 'Okta gathers what there is to review.', problem: null, ...more,
  };
}
