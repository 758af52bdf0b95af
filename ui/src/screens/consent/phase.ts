/** Which face the consent sheet shows. */

import type { ConnectView, Stage } from '../../lib/ipc/generated';

export type Phase = 'before' | 'opened' | 'working' | 'authorized' | 'done' | 'failed' | 'gone';

/** How long codes are advised to live at most (RFC 6749, 4.1.2). Okta publishes no time of its own. */
export const MAY_EXPIRE_MS = 10 * 60 * 1000;

const PHASES: Record<Stage, Phase> = {
  idle: 'gone',
  saving: 'working',
  awaitingConsent: 'opened',
  finishing: 'working',
  authorized: 'authorized',
  activating: 'working',
  readingBack: 'working',
  done: 'done',
  failed: 'failed',
  cancelled: 'gone',
};

export function phase(view: ConnectView): Phase {
  return view.stage === 'awaitingConsent' && view.openedAt === null ? 'before' : PHASES[view.stage];
}

/** Said by a screen reader when the sheet gets there. */
export function says(at: Phase, view: ConnectView): string {
  switch (at) {
    case 'before':
      return `Ready to give consent for ${view.label}.`;
    case 'opened':
      return `Waiting for the consent for ${view.label}. Paste what the last page shows.`;
    case 'working':
      return view.stage === 'finishing' ? 'Handing the consent to Okta.' : 'Activating the connection.';
    case 'authorized':
      return 'Okta has the consent. The connection is not active yet.';
    case 'done':
      return `${view.label} is connected.`;
    case 'failed':
      return view.problem === null ? 'It did not work.' : `${view.problem.title} ${view.problem.why}`;
    case 'gone':
      return 'The consent was cancelled.';
  }
}

/** The code of the last page may have died by now. Only a hint: nothing is stopped for it. */
export function mayHaveExpired(openedAt: string, now: number): boolean {
  return now - Date.parse(openedAt) >= MAY_EXPIRE_MS;
}

/** Opened in an earlier run, and not opened again in this one: the link itself is kept nowhere. */
export function fromEarlierRun(view: ConnectView): boolean {
  return view.stage === 'awaitingConsent' && view.openedAt !== null && view.consentHost === null;
}
