/** Going to another org: what stays and what changes. */

import { go, router } from '../lib/route.svelte';
import { session } from '../lib/session.svelte';
import { toastProblem } from '../lib/toasts.svelte';

/** Makes an org current. A page about one app or one review of the old org gives way to the new org's list. */
export async function toOrg(key: string): Promise<void> {
  try {
    if (key !== session.current) {
      const { name } = router.current;
      if (name === 'connection' || name === 'features') {
        go({ name: 'connections' });
        // Unsaved work there may have kept the window where it was.
        if (router.current.name === name) return;
      }
      if (name === 'review' || name === 'launch') {
        go({ name: 'reviews', side: 'admin' });
        if (router.current.name === name) return;
      }
      await session.select(key);
    }
    const { name } = router.current;
    if (name === 'signin' || name === 'permissions') return go({ name, org: key });
    if (name === 'addOrg' || name === 'welcome' || name === 'org') go({ name: 'home' });
  } catch (error) {
    toastProblem(error);
  }
}

/** One app of any org. */
export async function toApp(org: string, app: string): Promise<void> {
  try {
    await session.select(org);
    go({ name: 'connection', app });
  } catch (error) {
    toastProblem(error);
  }
}

