/** Words of the parts around a review's items. */

import type { EvidenceFile } from '../../../../lib/ipc/generated';
import type { Tone } from '../../../../lib/tone';

const ACCOUNT: Readonly<Record<string, { text: string; tone: Tone }>> = {
  ACTIVE: { text: 'Active', tone: 'ok' },
  INACTIVE: { text: 'Inactive', tone: 'neutral' },
};

/** Whether an account is active, as a review says it; a word nobody knows is shown as it came. */
export const accountStatus = (status: string): { text: string; tone: Tone } => ACCOUNT[status] ?? { text: status, tone: 'neutral' };

/** “812 bytes”, “14 KB”, “2.3 MB”. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} byte${bytes === 1 ? '' : 's'}`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** What is in a file of the evidence pack. */
export function fileWords({ name }: Pick<EvidenceFile, 'name'>): string {
  if (name.endsWith('.html')) return 'A page for people: opens in any browser, prints well.';
  if (name.endsWith('.csv')) return 'The items as a table for a spreadsheet.';
  if (name.endsWith('.json')) return 'Everything, for programs.';
  return '';
}
