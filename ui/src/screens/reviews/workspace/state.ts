/** Where an item stands: what Okta says of it, and what was decided in this run and is not through yet. */

import type { DecisionView } from '../../../lib/ipc/generated';
import type { Tone } from '../../../lib/tone';

export type StateKind = 'none' | 'waiting' | 'sending' | 'working' | 'done' | 'hand' | 'failed' | 'unclear' | 'other';

export interface ItemState {
  kind: StateKind;
  /** Empty for `none`. */
  text: string;
  tone: Tone;
  /** When it is sent (while waiting). */
  sendAt: string | null;
}

interface Item {
  remediation: string;
  remediationWords: string;
}

const KINDS: Readonly<Record<string, [StateKind, Tone]>> = {
  '': ['none', 'neutral'],
  NONE: ['none', 'neutral'],
  IN_PROGRESS: ['working', 'info'],
  REMEDIATED: ['done', 'ok'],
  PENDING_MANUAL_REMEDIATION: ['hand', 'warn'],
  PENDING_MANUAL_RESTORATION: ['hand', 'warn'],
};

export function stateOf(item: Item, decision?: DecisionView): ItemState {
  switch (decision?.state) {
    case 'waiting':
      return { kind: 'waiting', text: decision.label, tone: 'info', sendAt: decision.sendAt };
    case 'sending':
      return { kind: 'sending', text: 'Sending…', tone: 'info', sendAt: null };
    case 'following':
      return { kind: 'working', text: decision.remediationWords ?? 'Okta is working on it', tone: 'info', sendAt: null };
    case 'failed':
      return { kind: 'failed', text: `${decision.label} failed`, tone: 'bad', sendAt: null };
    case 'unknown':
      return { kind: 'unclear', text: 'Not known whether it arrived', tone: 'warn', sendAt: null };
    default: {
      const [kind, tone] = KINDS[item.remediation] ?? ['other', 'neutral'];
      return { kind, text: kind === 'none' ? '' : item.remediationWords || item.remediation, tone, sendAt: null };
    }
  }
}

/** Nothing was decided about it, or what was decided did not get through. */
export function isUndecided(item: Item, decision?: DecisionView): boolean {
  return ['none', 'failed', 'unclear'].includes(stateOf(item, decision).kind);
}
