/** Small sentences of this screen. */

import { count } from '../../../lib/number';

const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
const DAY_MS = 86_400_000;

/** “today”, “3 days ago”, “5 months ago”: how long access was left alone, at a glance. */
export function ago(at: string, now = Date.now()): string {
  const days = Math.floor((now - Date.parse(at)) / DAY_MS);
  if (Number.isNaN(days)) return '';
  if (days < 1) return 'today';
  if (days < 60) return `${count(days, 'day')} ago`;
  return days < 730 ? `${Math.floor(days / 30)} months ago` : `${Math.floor(days / 365)} years ago`;
}

/** “6 July 2026”. */
export function dayOf(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? at : date.format(time);
}

const BELOW: Readonly<Record<string, string>> = { ENTITLEMENT_VALUE: 'entitlements', ENTITLEMENT_BUNDLE: 'entitlement bundles', GROUP: 'groups' };

/** “groups and entitlements”; a kind nobody knows in small letters. */
export function belowWords(kinds: readonly string[]): string {
  const words = kinds.map((kind) => BELOW[kind] ?? kind.replaceAll('_', ' ').toLowerCase());
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** A label as one says it: its values, or its name where it has none. */
export const labelWords = (label: { name: string; values: string[] }): string => (label.values.length > 0 ? label.values.join(', ') : label.name);
