/** Which rows are shown, and in which order. All of it in memory. */

import type { ProfileView, ReviewRow } from '../../../lib/ipc/generated';
import type { Arrangement } from '../../../lib/reviewlist.svelte';
import { statusSaid } from '../../../lib/reviewwords';
import { haystack, matches, terms } from '../../../lib/search';

/** Rows are replaced when they change, never changed, so what to search in is made once a row. */
const hays = new WeakMap<ReviewRow, string>();

const person = (one: ProfileView | null): string[] => (one === null ? [] : [one.name, one.login ?? '', one.email ?? '']);

function hayOf(row: ReviewRow): string {
  const known = hays.get(row);
  if (known !== undefined) return known;
  const hay = haystack(row.name, row.id, row.createdBy ?? '', ...person(row.subject), ...row.reviewers.flatMap(person));
  hays.set(row, hay);
  return hay;
}

export function findReviews(rows: readonly ReviewRow[], text: string): ReviewRow[] {
  const words = terms(text);
  return words.length === 0 ? [...rows] : rows.filter((row) => matches(hayOf(row), words));
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Rows without the date stand last either way; alike ones stay as they came. */
export function arrange(rows: readonly ReviewRow[], { by, descending }: Arrangement): ReviewRow[] {
  const sign = descending ? -1 : 1;
  if (by === 'name' || by === 'status') {
    const word = (row: ReviewRow) => (by === 'name' ? row.name : statusSaid(row.status).text);
    return [...rows].sort((a, b) => sign * collator.compare(word(a), word(b)));
  }
  const when = new Map(rows.map((row) => [row, Date.parse((by === 'created' ? row.created : row.endTime) ?? '')]));
  return [...rows].sort((a, b) => {
    const [x = NaN, y = NaN] = [when.get(a), when.get(b)];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return sign * (x - y);
  });
}
