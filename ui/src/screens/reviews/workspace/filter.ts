/** Which of the loaded items the list shows: words, one severity, only undecided ones. All of it in memory. */

import type { AccessRow } from '../../../lib/ipc/generated';
import { matches, terms } from '../../../lib/search';

interface Looks {
  text: string;
  severity: string | null;
  undecided: boolean;
}

export function shownRows(rows: readonly AccessRow[], hay: readonly string[], looks: Looks, undecided: (row: AccessRow) => boolean): AccessRow[] {
  const words = terms(looks.text);
  return rows.filter(
    (row, at) =>
      matches(hay[at] ?? '', words) && (looks.severity === null || row.severity === looks.severity) && (!looks.undecided || undecided(row)),
  );
}

export interface SeverityCount {
  severity: string;
  rank: number;
  count: number;
}

const KNOWN = ['HIGH', 'MEDIUM', 'LOW'];

/** How many of each severity; those Okta is known to use always, in their order, and any other word after them. */
export function severities(rows: Iterable<AccessRow>): SeverityCount[] {
  const found = new Map(KNOWN.map((severity, at) => [severity, { severity, rank: KNOWN.length - at, count: 0 }]));
  for (const { severity, rank } of rows) {
    const one = found.get(severity) ?? { severity, rank, count: 0 };
    one.count++;
    found.set(severity, one);
  }
  return [...found.values()];
}
