/** The head of the review, kept fresh: a review tells when it changed, and decisions tell when they settled. */

import type { Scope } from '../../../lib/decisions.svelte';
import { call } from '../../../lib/ipc/call';
import { onEvent } from '../../../lib/ipc/events';
import type { ReviewDetail } from '../../../lib/ipc/generated';
import { Query } from '../../../lib/query.svelte';

/** Many decisions settle at once, and each of them says so: Okta is asked once. */
const CALM_MS = 1500;

export class OpenReview extends Query<ReviewDetail> {
  readonly scope: Scope;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(scope: Scope) {
    super(() => call('review_open', { ...scope }));
    this.scope = scope;
  }

  /** Listens until the returned function is called. */
  follow(): () => void {
    const { org, side, review } = this.scope;
    const offs = [
      onEvent('review', (event) => {
        const before = this.value;
        if (event.org !== org || event.side !== side || event.review.id !== review || before === undefined) return;
        // While it is asked for, the answer says more.
        if (this.loading) return;
        this.set({ ...before, review: { ...event.review, subject: event.review.subject ?? before.review.subject } });
        if (event.review.status !== before.review.status) void this.refresh();
      }),
      onEvent('changed', (event) => {
        if (event.topic === 'reviews' && (event.org === null || event.org === org)) this.#soon();
      }),
    ];
    return () => {
      for (const off of offs) off();
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.refresh();
    }, CALM_MS);
  }
}
