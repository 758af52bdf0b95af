/** Small things about orgs that several places show alike. */

import type { OrgView } from './ipc/generated';

/** Every colour an org can have, in the order they are offered. */
export const COLOURS = ['indigo', 'teal', 'amber', 'rose', 'violet', 'slate', 'green', 'orange'] as const;

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
  if (org.secret === 'missing') words.push('token missing');
  return words.join(', ');
}
