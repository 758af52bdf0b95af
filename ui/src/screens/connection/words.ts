/** Small words about a connection. */

import type { AppDetail, ConnectionView } from '../../lib/ipc/generated';
import type { Tone } from '../../lib/tone';

/** Up to this many assigned users are counted. */
export const COUNTED = 200;

export function statusWords(it: ConnectionView): { text: string; tone: Tone } {
  switch (it.status) {
    case 'enabled':
      return { text: 'Enabled', tone: 'ok' };
    case 'disabled':
      return { text: 'Disabled', tone: 'neutral' };
    case 'unknown':
      return it.scheme === null ? { text: 'None yet', tone: 'neutral' } : { text: 'Unknown', tone: 'neutral' };
  }
}

/** The way it authenticates in Okta; null for none. */
export function schemeLabel(detail: AppDetail): string | null {
  const scheme = detail.connection?.scheme ?? null;
  if (scheme === null) return null;
  return detail.catalog?.schemes.find((one) => one.scheme === scheme)?.label ?? (scheme === 'token' ? 'API token' : 'OAuth 2.0');
}

export function assignedWords(assigned: number): string {
  if (assigned >= COUNTED) return `${COUNTED} people or more`;
  return assigned === 1 ? '1 person' : assigned === 0 ? 'nobody' : `${assigned} people`;
}
