/** The result as CSV text. A cell that a spreadsheet would run as a formula is kept as text. */

import type { IncidentRow, IncidentState } from '../../../lib/ipc/generated';
import { rowSaid } from './words';

const HEAD = ['Row', 'Pasted', 'Person', 'Login', 'Id', 'State', 'Review', 'Review id', 'Note'];

function cell(text: string): string {
  // A formula also begins after spaces, and in some programs with these characters of full width.
  const safe = /^\s*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Why a row stands where it does. */
export const noteOf = (row: IncidentRow): string =>
  [row.note, row.problem === null ? null : `${row.problem.title} ${row.problem.why}`].filter((it) => it !== null && it !== '').join(' ');

export function asCsv(rows: readonly IncidentRow[], whole: IncidentState): string {
  const lines = rows.map((row) => [
    String(row.id),
    row.text,
    row.person?.name ?? '',
    row.person?.login ?? '',
    row.person?.id ?? '',
    rowSaid(row.state, whole).text,
    row.name ?? '',
    row.review ?? '',
    noteOf(row),
  ]);
  return [HEAD, ...lines].map((line) => line.map(cell).join(',')).join('\r\n') + '\r\n';
}
