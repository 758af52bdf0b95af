/**
 * How Gatehouse signs in to one org: what is held, a sign-in under way, a service app being set up.
 *
 * Sign-in and set-up move by events. An answer that was asked for before an event came knows less than the event, so it may
 * not put it back.
 */

import { announce } from '../../../lib/announce.svelte';
import { asProblem, call } from '../../../lib/ipc/call';
import { onEvent } from '../../../lib/ipc/events';
import type { CredentialKind, CredentialsView, Problem, SetupView, SignInView } from '../../../lib/ipc/generated';
import { saysSetup, saysSignIn } from './words';

export class Ways {
  readonly org: string;
  view = $state.raw<CredentialsView | null>(null);
  loading = $state(false);
  /** Why it could not be read. */
  problem = $state.raw<Problem | null>(null);
  signIn = $state.raw<SignInView | null>(null);
  setup = $state.raw<SetupView | null>(null);
  /** The last sign-in was begun, or seen to move, while this page was open. */
  seen = $state(false);

  #turn = 0;
  #heard = 0;

  constructor(org: string) {
    this.org = org;
  }

  /** Follows the events of this org. Returns the way to stop. */
  follow(): () => void {
    const off = [
      onEvent('signIn', ({ view }) => {
        if (view.org === this.org) this.hearSignIn(view);
      }),
      onEvent('setup', ({ view }) => {
        if (view.org === this.org) this.hearSetup(view);
      }),
      onEvent('changed', ({ topic, org }) => {
        if (topic === 'credentials' && (org === null || org === this.org)) void this.read();
      }),
    ];
    return () => off.forEach((stop) => stop());
  }

  /** Never rejects. */
  async read(): Promise<void> {
    const turn = ++this.#turn;
    const heard = this.#heard;
    this.loading = true;
    try {
      const view = await call('credentials_get', { org: this.org });
      if (turn !== this.#turn) return;
      this.problem = null;
      this.view = view;
      if (heard === this.#heard) {
        this.signIn = view.signIn;
        this.setup = view.setup;
      }
    } catch (error) {
      if (turn !== this.#turn) return;
      this.problem = asProblem(error);
    }
    this.loading = false;
  }

  /** Takes what a command answered; whatever is being read now is older. */
  take(view: CredentialsView): void {
    this.#turn++;
    this.loading = false;
    this.problem = null;
    this.view = view;
    this.signIn = view.signIn;
    this.setup = view.setup;
  }

  hearSignIn(view: SignInView): void {
    this.#heard++;
    this.seen = true;
    const words = saysSignIn(view);
    if (view.phase !== this.signIn?.phase || view.startedAt !== this.signIn.startedAt) announce(words);
    this.signIn = view;
  }

  hearSetup(view: SetupView): void {
    this.#heard++;
    const words = saysSetup(view);
    if (this.setup === null || words !== saysSetup(this.setup)) announce(words);
    this.setup = view;
  }

  held(kind: CredentialKind): boolean {
    return this.view?.items.some((one) => one.kind === kind) ?? false;
  }
}
