/** What the palette offers for what is typed: screens, orgs, actions, and apps of the current org by name. */

import type { AppRow, OrgView } from '../lib/ipc/generated';
import { haystack, matches, terms } from '../lib/search';

export type Group = 'Apps' | 'Go to' | 'Orgs' | 'Actions';

export interface Entry {
  id: string;
  group: Group;
  label: string;
  /** Grey, after the label. */
  note?: string;
  /** Also found by these words. */
  words?: string;
  keys?: string;
  run: () => unknown;
}

/** More than this nobody reads; typing another letter is quicker. */
export const MOST_APPS = 40;

export interface Known {
  rows: readonly AppRow[];
  hay: readonly string[];
}

/** Apps of the org whose label, key or id has every word; those that can be set up come first. */
export function findApps(known: Known, text: string, most = MOST_APPS): AppRow[] {
  const words = terms(text);
  if (words.length === 0) return [];
  const able: AppRow[] = [];
  const other: AppRow[] = [];
  for (let i = 0; i < known.rows.length && able.length < most; i++) {
    const row = known.rows[i];
    if (row === undefined || !matches(known.hay[i] ?? '', words)) continue;
    if (row.supported) able.push(row);
    else if (other.length < most) other.push(row);
  }
  return [...able, ...other].slice(0, most);
}

export function filterEntries(entries: readonly Entry[], text: string): Entry[] {
  const words = terms(text);
  return entries.filter((entry) => matches(haystack(entry.label, entry.note ?? '', entry.words ?? '', entry.group), words));
}

export function orgEntries(orgs: readonly OrgView[], current: string | null, run: (key: string) => unknown): Entry[] {
  return orgs.map((org, at) => ({
    id: `org:${org.key}`,
    group: 'Orgs',
    label: org.name,
    note: org.key === current ? `${org.host}, current` : org.host,
    words: `org ${org.tag}`,
    keys: at < 9 ? `Mod+${at + 1}` : undefined,
    run: () => run(org.key),
  }));
}
