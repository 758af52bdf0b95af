/** Into the practice org: started once a run, then only selected. */

import { call } from './ipc/call';
import { go } from './route.svelte';
import { session } from './session.svelte';

/** Rejects with a `ProblemError` where it can't be started. */
export async function toPractice(): Promise<void> {
  const org = await call('practice_start');
  // The event says the same a moment later.
  if (!session.orgs.some((one) => one.key === org.key)) session.orgs = [...session.orgs, org];
  session.current = org.key;
  go({ name: 'home' });
}
