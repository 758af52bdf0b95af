/** Launches for many people, for the tests of this screen. */

import type { IncidentHead, IncidentRow, IncidentRowState, IncidentView } from '../../../lib/ipc/generated';
import { BEN, ORG, person } from '../launch/fixtures';

export const AT = '2026-11-25T09:00:00.100Z';

export function row(id: number, state: IncidentRowState = 'ready', more: Partial<IncidentRow> = {}): IncidentRow {
  const who = person(`Person ${id}`);
  const nobody = ['ambiguous', 'notFound', 'unresolved'].includes(state);
  return {
    id, text: `person ${id}`, state, person: nobody ? null : who, candidates: [], name: nobody ? null : `Access review: Person ${id}`,
    review: null, note: null, problem: null, ...more,
  };
}

export function head(rows: readonly IncidentRow[], more: Partial<IncidentHead> = {}): IncidentHead {
  const count = (...states: IncidentRowState[]) => rows.filter((one) => states.includes(one.state)).length;
  return {
    org: ORG, state: 'ready', template: 'Access review: {user}, {date}', reviewers: [BEN], endTime: '2036-12-02T09:00:00Z', at: AT, total: rows.length,
    ready: count('ready'), launched: count('launched', 'found'), failed: count('failed', 'unknown'),
    open: count('unresolved', 'ambiguous', 'notFound', 'barred'), eta: null, problems: [], words: 'Words of the engine.', ...more,
  };
}

export function view(rows: IncidentRow[], more: Partial<IncidentHead> = {}): IncidentView {
  return { head: head(rows, more), rows };
}
