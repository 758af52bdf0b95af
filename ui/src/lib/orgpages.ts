/** The pages about one org. That org becomes the current one, so that everything in the window is about it. */

import type { CredentialKind } from './ipc/generated';
import { go } from './route.svelte';
import { session } from './session.svelte';

/** How Gatehouse signs in to an org, with one way shown first where it is named. */
export async function toSignIn(org: string, way?: CredentialKind): Promise<void> {
  await session.select(org);
  go(way === undefined ? { name: 'signin', org } : { name: 'signin', org, way });
}

/** What Gatehouse may do in an org. */
export async function toPermissions(org: string): Promise<void> {
  await session.select(org);
  go({ name: 'permissions', org });
}
