/** What the sign-in page says of credentials, sign-ins and set-ups. */

import type { CredentialKind, SecretPlace, SetupView, SignInView } from '../../../lib/ipc/generated';
import type { Tone } from '../../../lib/tone';

/** In the middle of a sentence. */
export const IN_WORDS: Record<CredentialKind, string> = { serviceApp: 'service app', signIn: 'admin sign-in', apiToken: 'API token' };

export const PLACES: Record<SecretPlace, { tone: Tone; text: string; title: string }> = {
  keychain: { tone: 'ok', text: 'In the keychain', title: 'Gatehouse reads it from the keychain of your system when it is needed.' },
  session: { tone: 'info', text: 'This session only', title: 'It is in memory and gone when Gatehouse is closed.' },
  missing: { tone: 'warn', text: 'Not at hand', title: 'It was kept for one session only, or is not in the keychain any more.' },
};

/** Standard admin roles a service app can get here, the least that does first. */
export const ROLES = [
  { value: 'APP_ADMIN', label: 'Application Administrator' },
  { value: 'READ_ONLY_ADMIN', label: 'Read-only Administrator' },
  { value: 'SUPER_ADMIN', label: 'Super Administrator' },
  { value: '', label: 'No admin role' },
] as const;

/** What to know of a role before it is given; `null` where there is nothing. */
export function roleWarning(role: string): string | null {
  if (role === 'SUPER_ADMIN') return 'A super admin may do everything in the org, and so may whoever gets hold of this key. Application Administrator is enough for Gatehouse.';
  if (role === '') return 'Scopes without a role are not enough: Okta answers 403, or an empty list.';
  if (role === 'READ_ONLY_ADMIN') return 'Enough to look. Setting up connections and changing features needs Application Administrator.';
  return null;
}

/** For a screen reader, when a sign-in comes to a new stage. */
export function saysSignIn(view: SignInView): string {
  switch (view.phase) {
    case 'waiting':
      return view.method === 'device' ? `The code for the page of ${view.host} is ${spelled(view.userCode ?? '')}.` : `Waiting for you at ${view.host}.`;
    case 'finishing':
      return 'Okta answered. Finishing the sign-in.';
    case 'done':
      return view.who === null ? 'Signed in.' : `Signed in as ${view.who}.`;
    case 'failed':
      return view.problem === null ? 'The sign-in failed.' : `${view.problem.title} ${view.problem.why}`;
    case 'cancelled':
      return 'The sign-in was stopped.';
  }
}

/** A code letter by letter, so that it is not read as a word. */
export function spelled(code: string): string {
  return Array.from(code).join(' ');
}

/** The line a set-up is at, or how it ended. */
export function saysSetup(view: SetupView): string {
  if (view.done) return `The service app ${view.label} is set up.`;
  const blocked = view.lines.filter((line) => line.state === 'blocked');
  if (!view.running && blocked.length > 0) return `${blocked.length === 1 ? 'One line is' : `${blocked.length} lines are`} blocked: ${blocked.map((line) => line.title).join(', ')}.`;
  const doing = view.lines.find((line) => line.state === 'doing');
  if (doing !== undefined) return `${doing.title}…`;
  return view.running ? 'Setting up…' : 'The set-up stands still.';
}

/** What a service app's key signs with. */
export const KEY_TYPES = [
  { value: 'ES256', label: 'P-256 (ES256)', help: 'Short and quick.' },
  { value: 'RS256', label: 'RSA (RS256)', help: 'Where a policy asks for it.' },
] as const;
