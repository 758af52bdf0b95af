/** The pages about one org. That org becomes the current one, so that everything in the window is about it. */

import type { CredentialKind } from './ipc/generated';
import { go, router } from './route.svelte';
import { session } from './session.svelte';

/** What the sign-in page is opened for. */
export interface SignInWish {
  /** With the scopes for security access reviews ticked. */
  reviews?: boolean;
}

let wish: { org: string; wants: SignInWish } | null = null;

/** How Gatehouse signs in to an org, with one way shown first where it is named. */
export async function toSignIn(org: string, way?: CredentialKind, wants: SignInWish = {}): Promise<void> {
  await session.select(org);
  wish = { org, wants };
  go(way === undefined ? { name: 'signin', org } : { name: 'signin', org, way });
  // Unsaved work may have kept the window where it was; a later visit wishes for itself.
  if (router.current.name !== 'signin') wish = null;
}

/** What the sign-in page was opened for; told once. */
export function takeSignInWish(org: string): SignInWish {
  const wants = wish?.org === org ? wish.wants : {};
  wish = null;
  return wants;
}

/** What Gatehouse may do in an org. */
export async function toPermissions(org: string): Promise<void> {
  await session.select(org);
  go({ name: 'permissions', org });
}
