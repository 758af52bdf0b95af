/** Small things about orgs that several places show alike. */

import type { CredentialKind, OrgView } from './ipc/generated';

/** Every colour an org can have, in the order they are offered. */
export const COLOURS = ['indigo', 'teal', 'amber', 'rose', 'violet', 'slate', 'green', 'orange'] as const;

/** Each way of signing in, as Okta calls it. */
export const KINDS: Record<CredentialKind, string> = { serviceApp: 'Service app', signIn: 'Admin sign-in', apiToken: 'API token' };

/** What is secret about each. */
export const SECRETS: Record<CredentialKind, string> = { serviceApp: 'key', signIn: 'sign-in', apiToken: 'token' };

const WARN_DAYS = 7;

/** It ends within a week, or has ended. */
export function endsSoon(expires: string | null, now: number): boolean {
  return expires !== null && Date.parse(expires) - now < WARN_DAYS * 86_400_000;
}

/** One or two letters for the tile. */
export function initials(name: string): string {
  const words = name.split(/[\s.\-_]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = letters(words[0], words.length > 1 ? 1 : 2);
  return (first + letters(words[1], 1)).toLocaleUpperCase() || '?';
}

/** By character, not by code unit, so that no emoji is cut in half. */
function letters(word: string | undefined, most: number): string {
  return Array.from(word ?? '').slice(0, most).join('');
}

/** Everything the tile shows by colour and sign, in words. */
export function orgWords(org: OrgView): string {
  const tag = { production: 'production org', preview: 'preview org', practice: 'practice org' }[org.tag];
  const words = [org.name, org.host, tag];
  if (org.readOnly) words.push('read-only');
  if (org.credential === null) words.push('not signed in');
  else if (org.secret === 'missing') words.push(`${SECRETS[org.credential]} missing`);
  return words.join(', ');
}
