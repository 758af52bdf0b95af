/** What is said of a launch: a heading, how it is meant, and what it is in the end. */

import type { LaunchState, LaunchView } from '../../../lib/ipc/generated';
import type { Tone } from '../../../lib/tone';

interface Said {
  title: string;
  text: string;
  tone: Tone;
}

/** Something still happens by itself. */
export const moving = (state: LaunchState): boolean => ['sending', 'looking', 'pending'].includes(state);
/** Gatehouse still works on it, so it can't be cleared away. */
export const held = (state: LaunchState): boolean => state === 'sending' || state === 'looking';
/** Okta has it. */
export const stands = (state: LaunchState): boolean => ['pending', 'active', 'error', 'closed'].includes(state);

const FOUND = 'The answer was lost. The review was found; it exists once. ';

export function said(view: LaunchView): Said {
  const found = view.found ? FOUND : '';
  switch (view.state) {
    case 'sending':
      return { title: 'Sending…', text: 'The launch is on its way to Okta.', tone: 'info' };
    case 'looking':
      return { title: 'The answer was lost', text: 'Gatehouse looks whether Okta has the review. It is not sent again.', tone: 'warn' };
    case 'pending':
      return {
        title: view.found ? 'Launched and found' : 'Launched',
        text: `${found}Okta is gathering what there is to review. That takes a minute or more; you can leave this page.`,
        tone: 'info',
      };
    case 'active':
      return { title: 'Active', text: `${found}The review can be worked through.`, tone: 'ok' };
    case 'closed':
      return { title: 'Closed', text: `${found}The review is over already.`, tone: 'neutral' };
    case 'error':
      return { title: 'Error', text: `${found}Okta could not gather what there is to review. Open the review to see what Okta says.`, tone: 'bad' };
    case 'refused':
      return { title: 'Okta refused it', text: 'Nothing was launched.', tone: 'bad' };
    case 'notFound':
      return { title: 'Not in Okta’s list', text: 'The answer was lost, and the list of reviews does not show it. Nothing was launched, as far as can be seen.', tone: 'warn' };
    case 'unknown':
      return { title: 'Not known', text: 'The answer was lost, and the list of reviews can’t be read. Gatehouse does not send it again.', tone: 'warn' };
    default:
      // A state nobody knows yet is told in the engine's own sentence.
      return { title: String(view.state), text: view.words, tone: 'neutral' };
  }
}
