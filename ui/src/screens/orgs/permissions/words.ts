/** How the check's findings look and read. */

import Check from '@lucide/svelte/icons/check';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleMinus from '@lucide/svelte/icons/circle-minus';
import CircleQuestionMark from '@lucide/svelte/icons/circle-question-mark';
import CircleX from '@lucide/svelte/icons/circle-x';
import Minus from '@lucide/svelte/icons/minus';
import X from '@lucide/svelte/icons/x';
import type { Icon } from '../../../lib/icon';
import type { Have, JobState } from '../../../lib/ipc/generated';
import type { Tone } from '../../../lib/tone';

interface Look {
  text: string;
  tone: Tone;
  icon: Icon;
  title?: string;
}

export const JOB_STATES: Record<JobState, Look> = {
  proven: { text: 'Proven', tone: 'ok', icon: CircleCheck, title: 'A call proved it.' },
  likely: { text: 'Likely', tone: 'ok', icon: Check, title: 'Scope and role fit. Only doing it would prove it.' },
  missing: { text: 'Missing', tone: 'bad', icon: CircleX, title: 'Something it needs is missing.' },
  unknown: { text: 'Unknown', tone: 'warn', icon: CircleQuestionMark, title: 'It can’t be told.' },
  notLicensed: { text: 'Not licensed', tone: 'neutral', icon: CircleMinus, title: 'The org has no licence for it, or the feature is off.' },
};

export const HAVE: Record<Have, Look> = {
  yes: { text: 'Yes', tone: 'ok', icon: Check },
  no: { text: 'No', tone: 'bad', icon: X },
  unknown: { text: 'Can’t be told', tone: 'neutral', icon: CircleQuestionMark },
  notNeeded: { text: 'Not needed', tone: 'neutral', icon: Minus },
};
