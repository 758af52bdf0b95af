/** What an app's row comes to in one word: the same word on the list, on Home and on the connection page. */

import type { AppRow } from './ipc/generated';
import type { Tone } from './tone';

export type AppState =
  | 'unsupported'
  | 'waiting'
  | 'checking'
  | 'unread'
  | 'problem'
  | 'enabled'
  | 'needsConsent'
  | 'disabled'
  | 'notSetUp';

export function appState(row: AppRow): AppState {
  if (!row.supported) return 'unsupported';
  if (row.waiting) return 'waiting';
  const seen = row.checked;
  if (seen === null) return 'checking';
  if (seen.status === 'enabled') return 'enabled';
  if (seen.problem !== null) return 'problem';
  if (seen.needsConsent) return 'needsConsent';
  if (seen.scheme === null) return 'notSetUp';
  return seen.status === 'disabled' ? 'disabled' : 'unread';
}

/** The word and how it is meant. */
export const STATE_WORDS: Record<AppState, { text: string; tone: Tone }> = {
  unsupported: { text: 'Not supported', tone: 'neutral' },
  waiting: { text: 'Waiting for consent', tone: 'warn' },
  checking: { text: 'Not read yet', tone: 'neutral' },
  unread: { text: 'Unknown', tone: 'neutral' },
  problem: { text: 'Could not be read', tone: 'bad' },
  enabled: { text: 'Enabled', tone: 'ok' },
  needsConsent: { text: 'Needs consent', tone: 'warn' },
  disabled: { text: 'Disabled', tone: 'warn' },
  notSetUp: { text: 'Not set up', tone: 'neutral' },
};

/** Somebody should do something about it. */
export function needsAttention(row: AppRow): boolean {
  if (row.checked?.problem) return row.supported;
  return ['waiting', 'problem', 'needsConsent', 'disabled'].includes(appState(row));
}
