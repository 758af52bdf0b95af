/** Secrets were dropped from memory: told once, with the orgs that have to be signed in to again. */

import { onEvent, type Heard } from './ipc/events';
import { session } from './session.svelte';
import { toast } from './toasts.svelte';

export function followLocks(): () => void {
  return onEvent('locked', (event) => {
    const { text, more } = lockedWords(event, (key) => session.orgs.find((org) => org.key === key)?.name ?? key);
    toast('info', text, more);
  });
}

export function lockedWords({ idleMinutes, lost }: Pick<Heard<'locked'>, 'idleMinutes' | 'lost'>, name: (org: string) => string): { text: string; more: string } {
  const since = idleMinutes === 1 ? '1 minute' : `${idleMinutes} minutes`;
  return {
    text: idleMinutes === null ? 'Secrets were dropped from memory.' : `Gatehouse was not used for ${since}: secrets were dropped from memory.`,
    more:
      lost.length === 0
        ? 'The next call reads the keychain again.'
        : `Kept for this session only, so sign in again: ${lost.map(name).join(', ')}. For the others the next call reads the keychain again.`,
  };
}
