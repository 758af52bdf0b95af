/** States of the launches for many people, as they are read. */

import type { IncidentRow, IncidentRowState, IncidentState } from '../../../lib/ipc/generated';
import type { Tone } from '../../../lib/tone';

const ROW: Readonly<Record<IncidentRowState, { text: string; tone: Tone }>> = {
  unresolved: { text: 'Being looked up', tone: 'info' },
  ambiguous: { text: 'Several fit', tone: 'warn' },
  notFound: { text: 'Not found', tone: 'warn' },
  barred: { text: 'Can’t be launched', tone: 'warn' },
  ready: { text: 'Ready', tone: 'info' },
  sending: { text: 'Being launched', tone: 'info' },
  launched: { text: 'Launched', tone: 'ok' },
  found: { text: 'Launched and found', tone: 'ok' },
  failed: { text: 'Refused', tone: 'bad' },
  unknown: { text: 'Not known', tone: 'warn' },
  skipped: { text: 'Left out', tone: 'neutral' },
};

/** State of a row: what the whole no longer does to it was not done. */
export function rowSaid(state: IncidentRowState, whole: IncidentState): { text: string; tone: Tone } {
  if (state === 'unresolved' && whole !== 'resolving') return { text: 'Not looked up', tone: 'warn' };
  if (state === 'ready' && whole === 'cancelled') return { text: 'Not launched', tone: 'neutral' };
  return ROW[state] ?? { text: String(state), tone: 'neutral' };
}

export const headSaid = (state: IncidentState): { text: string; tone: Tone } =>
  ({
    resolving: { text: 'Looking up', tone: 'info' as Tone },
    ready: { text: 'Ready', tone: 'info' as Tone },
    running: { text: 'Launching', tone: 'info' as Tone },
    paused: { text: 'Paused', tone: 'warn' as Tone },
    done: { text: 'Done', tone: 'ok' as Tone },
    cancelled: { text: 'Cancelled', tone: 'neutral' as Tone },
  })[state] ?? { text: String(state), tone: 'neutral' };

export type Group = 'all' | 'open' | 'ready' | 'launched' | 'failed' | 'skipped';

const GROUPS: Readonly<Record<IncidentRowState, Exclude<Group, 'all'>>> = {
  unresolved: 'open',
  ambiguous: 'open',
  notFound: 'open',
  barred: 'open',
  ready: 'ready',
  sending: 'ready',
  launched: 'launched',
  found: 'launched',
  failed: 'failed',
  unknown: 'failed',
  skipped: 'skipped',
};

export const groupOf = (row: IncidentRow): Exclude<Group, 'all'> => GROUPS[row.state] ?? 'open';

export const GROUP_WORDS: readonly { id: Group; text: string }[] = [
  { id: 'all', text: 'All' },
  { id: 'open', text: 'Need a look' },
  { id: 'ready', text: 'To launch' },
  { id: 'launched', text: 'Launched' },
  { id: 'failed', text: 'Failed' },
  { id: 'skipped', text: 'Left out' },
];

/** “1 review”, “37 reviews”. */
export const reviews = (count: number): string => `${count} ${count === 1 ? 'review' : 'reviews'}`;
