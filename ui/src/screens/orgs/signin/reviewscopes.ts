/** The scopes security access reviews take, ticked and unticked as a set: an org without the licence may refuse them. */

import type { ScopeView } from '../../../lib/ipc/generated';

/** Who gets the scopes: a person who signs in, or a service app, which has no reviews of its own. */
export type Who = 'person' | 'app';

const GROUPS = 'okta.groups.read';
const USERS = 'okta.users.read';

/** Asked for because of reviews alone. */
export function reviewsOnly(scope: string): boolean {
  return scope.startsWith('okta.governance.') || scope === GROUPS;
}

/** Scopes that make sense for them. */
export function offered(all: readonly ScopeView[], who: Who): ScopeView[] {
  return who === 'person' ? [...all] : all.filter((one) => !one.scope.includes('.endUser.'));
}

/** Names of the set. */
function set(all: readonly ScopeView[], who: Who): string[] {
  return offered(all, who).map((one) => one.scope).filter((scope) => reviewsOnly(scope) || scope === USERS);
}

/** What is ticked to begin with; with the set where it is wanted. */
export function firstChoice(all: readonly ScopeView[], who: Who, reviews: boolean): string[] {
  const usual = offered(all, who).filter((one) => (who === 'person' ? one.signIn : one.service)).map((one) => one.scope);
  return reviews ? withReviews(usual, all, who, true) : usual;
}

/** The choice with the set ticked or unticked, in the order of the table; people are shown by name either way. */
export function withReviews(chosen: readonly string[], all: readonly ScopeView[], who: Who, on: boolean): string[] {
  const those = set(all, who);
  return all.map((one) => one.scope).filter((scope) => (on ? chosen.includes(scope) || those.includes(scope) : chosen.includes(scope) && !reviewsOnly(scope)));
}

export function reviewsChosen(chosen: readonly string[], all: readonly ScopeView[], who: Who): 'all' | 'some' | 'none' {
  const those = set(all, who);
  if (those.every((scope) => chosen.includes(scope))) return 'all';
  return those.some((scope) => reviewsOnly(scope) && chosen.includes(scope)) ? 'some' : 'none';
}
