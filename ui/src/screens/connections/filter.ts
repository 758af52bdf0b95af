/** Which rows the list shows: one chip and any words. All of it in memory. */

import { appState, needsAttention } from '../../lib/appstate';
import type { AppRow } from '../../lib/ipc/generated';
import { matches, terms } from '../../lib/search';

export type Chip = 'all' | 'attention' | 'enabled' | 'notSetUp' | 'unsupported';

export const CHIPS: { chip: Chip; label: string }[] = [
  { chip: 'all', label: 'All' },
  { chip: 'attention', label: 'Needs attention' },
  { chip: 'enabled', label: 'Enabled' },
  { chip: 'notSetUp', label: 'Not set up' },
  { chip: 'unsupported', label: 'Unsupported' },
];

const TESTS: Record<Chip, (row: AppRow) => boolean> = {
  all: () => true,
  attention: needsAttention,
  enabled: (row) => appState(row) === 'enabled',
  notSetUp: (row) => appState(row) === 'notSetUp',
  unsupported: (row) => !row.supported,
};

export interface Shown {
  rows: AppRow[];
  /** How many each chip would show with these words. */
  counts: Record<Chip, number>;
}

/** Apps that can be set up come first, both kinds in Okta's order. */
export function filterRows(rows: readonly AppRow[], hay: readonly string[], chip: Chip, text: string): Shown {
  const words = terms(text);
  const able: AppRow[] = [];
  const other: AppRow[] = [];
  const counts: Record<Chip, number> = { all: 0, attention: 0, enabled: 0, notSetUp: 0, unsupported: 0 };
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (row === undefined || !matches(hay[i] ?? '', words)) continue;
    for (const { chip: one } of CHIPS) if (TESTS[one](row)) counts[one]++;
    if (TESTS[chip](row)) (row.supported ? able : other).push(row);
  }
  return { rows: able.concat(other), counts };
}
