/** How Okta's Admin Console says the status of a person. A word nobody knows yet is shown as it came. */

import type { PersonView } from './ipc/generated';
import type { Tone } from './tone';

const STATUS: Readonly<Record<string, { text: string; tone: Tone }>> = {
  ACTIVE: { text: 'Active', tone: 'ok' },
  STAGED: { text: 'Staged', tone: 'neutral' },
  PROVISIONED: { text: 'Pending user action', tone: 'neutral' },
  PASSWORD_EXPIRED: { text: 'Password expired', tone: 'warn' },
  RECOVERY: { text: 'Password reset', tone: 'warn' },
  LOCKED_OUT: { text: 'Locked out', tone: 'warn' },
  SUSPENDED: { text: 'Suspended', tone: 'warn' },
  DEPROVISIONED: { text: 'Deactivated', tone: 'bad' },
};

export const personStatus = (status: string): { text: string; tone: Tone } => STATUS[status] ?? { text: status, tone: 'neutral' };

/** Why somebody can't be chosen for a role, in a sentence; `null` when they can. */
export function whyNot(person: PersonView, role: 'subject' | 'reviewer'): string | null {
  if (role === 'subject' ? person.canBeSubject : person.canReview) return null;
  return person.note ?? (role === 'subject' ? 'Their access can’t be reviewed.' : 'They can’t be a reviewer.');
}
