/** The list of operations: found by any words, in the groups they come in. */

import type { EndpointView } from '../../lib/ipc/generated';
import { haystack, matches, terms } from '../../lib/search';

/** Okta uses an operation id twice; method and path tell every operation apart. */
export const keyOf = (one: EndpointView): string => `${one.method} ${one.path}`;

export interface Group {
  name: string;
  rows: EndpointView[];
}

/** Those that hold every word, grouped, the groups and rows in the order they came. */
export function find(list: readonly EndpointView[], text: string, group = ''): Group[] {
  const words = terms(text);
  const groups = new Map<string, EndpointView[]>();
  for (const one of list) {
    if (group !== '' && one.group !== group) continue;
    if (!matches(haystack(one.method, one.path, one.purpose, one.scope ?? '', one.group, one.id), words)) continue;
    const rows = groups.get(one.group) ?? [];
    rows.push(one);
    groups.set(one.group, rows);
  }
  return [...groups].map(([name, rows]) => ({ name, rows }));
}

export const groupNames = (list: readonly EndpointView[]): string[] => [...new Set(list.map((one) => one.group))];

/** What proves the caller, in words. */
export function proof(one: EndpointView): string {
  if (one.scope === null) return 'Nothing, or what is in the body: no Authorization header goes along.';
  return one.oauthOnly ? 'OAuth 2.0 alone: an access token with this scope. An API token is refused.' : 'An access token with this scope, or an API token (SSWS).';
}

/** First letter large: purposes are phrases. */
export const sentence = (phrase: string): string => phrase.charAt(0).toLocaleUpperCase('en') + phrase.slice(1);
