/** The keychain as a form sees it: tried before anything secret is asked for. */

import { asProblem, call } from '../../lib/ipc/call';
import type { KeychainView } from '../../lib/ipc/generated';

/** Where a secret is kept. */
export type Keep = 'keychain' | 'session';

export class Keychain {
  view = $state.raw<KeychainView | null>(null);
  testing = $state(false);
  /** `null` while that is not known. */
  works = $derived(this.view === null ? null : this.view.ok);

  /** Never rejects. */
  async test(): Promise<void> {
    this.testing = true;
    try {
      this.view = await call('keychain_test');
    } catch (error) {
      this.view = { store: 'System keychain', ok: false, problem: asProblem(error), testedAt: null };
    }
    this.testing = false;
  }
}
