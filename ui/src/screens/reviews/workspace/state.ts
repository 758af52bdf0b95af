/** Where an item stands: what Okta says of it, and what was decided in this run and is not through yet. */

import type { DecisionView, ItemAction } from '../../../lib/ipc/generated';
import type { Tone } from '../../../lib/tone';

export type StateKind = 'none' | 'waiting' | 'sending' | 'working' | 'done' | 'hand' | 'failed' | 'unclear' | 'other';

export interface ItemState {
  kind: StateKind;
  /** Empty for `none`. */
  text: string;
  /** As a word or two, for a row. */
  short: string;
  tone: Tone;
  /** When it is sent (while waiting). */
  sendAt: string | null;
}

interface Item {
  remediation: string;
  remediationWords: string;
  actions: readonly ItemAction[];
}

const KINDS: Readonly<Record<string, [StateKind, Tone, string]>> = {
  '': ['none', 'neutral', ''],
  NONE: ['none', 'neutral', ''],
  IN_PROGRESS: ['working', 'info', 'In progress'],
  REMEDIATED: ['done', 'ok', 'Taken away'],
  PENDING_MANUAL_REMEDIATION: ['hand', 'warn', 'Flagged'],
  PENDING_MANUAL_RESTORATION: ['hand', 'warn', 'To be restored'],
};
/** An action in the room a row has. */
const SHORT: Readonly<Record<string, string>> = {
  REVOKE_ACCESS: 'Revoke',
  RESTORE_ACCESS: 'Restore',
  FLAG_FOR_MANUAL_REMEDIATION: 'Flag',
  FLAG_FOR_MANUAL_RESTORATION: 'Flag to restore',
};
const said = (kind: StateKind, tone: Tone, text: string, short = text): ItemState => ({ kind, tone, text, short, sendAt: null });

/** Okta offers it no longer: it got through after all, or somebody else has decided. Then Okta’s own word is what counts. */
function overtaken(item: Item, decision: DecisionView): boolean {
  return (decision.state === 'failed' || decision.state === 'unknown') && !item.actions.some((one) => one.action === decision.action);
}

export function stateOf(item: Item, decision?: DecisionView): ItemState {
  if (decision !== undefined && overtaken(item, decision)) return stateOf(item);
  switch (decision?.state) {
    case 'waiting':
      return { ...said('waiting', 'info', decision.label, SHORT[decision.action] ?? decision.label), sendAt: decision.sendAt };
    case 'sending':
      return said('sending', 'info', 'Sending…');
    case 'following':
      return said('working', 'info', decision.remediationWords ?? 'Okta is working on it', 'In progress');
    case 'failed':
      return said('failed', 'bad', `${decision.label} failed`, 'Failed');
    case 'unknown':
      return said('unclear', 'warn', 'Not known whether it arrived', 'Not known');
    default: {
      const words = item.remediationWords || item.remediation;
      const [kind, tone, short] = KINDS[item.remediation] ?? ['other', 'neutral', words];
      return said(kind, tone, kind === 'none' ? '' : words, short);
    }
  }
}

/** Nothing was decided about it, or what was decided did not get through. */
export function isUndecided(item: Item, decision?: DecisionView): boolean {
  return ['none', 'failed', 'unclear'].includes(stateOf(item, decision).kind);
}
