/**
 * What is being written to a review, and its sending. Both outlive the page: going to an item and back loses nothing, and a
 * comment on its way is not sent twice.
 */

import { asProblem, call } from '../../../../lib/ipc/call';
import type { Problem, ReviewHistoryPage, Side } from '../../../../lib/ipc/generated';
import { OfOrg } from '../../../../lib/oforg';
import type { About } from './history.svelte';

export const MOST = 1000;

export class Comment {
  text = $state('');
  sending = $state(false);
  problem = $state.raw<Problem | null>(null);

  #about: About;
  #shown: ((page: ReviewHistoryPage) => void) | null = null;

  constructor(about: About) {
    this.#about = about;
  }

  // Getters: what is derived would end with the page it was first shown on.
  /** As Okta counts: characters, not the pairs some are kept as. */
  get length(): number {
    return [...this.text.trim()].length;
  }
  get over(): number {
    return this.length - MOST;
  }
  /** Its answer was lost: to send it again may make a second one. */
  get lost(): boolean {
    return this.problem?.code === 'outcomeUnknown';
  }

  /** Whoever shows the history gets the page read back, until the returned function is called. */
  show(shown: (page: ReviewHistoryPage) => void): () => void {
    this.#shown = shown;
    return () => {
      if (this.#shown === shown) this.#shown = null;
    };
  }

  /** Sends it; `true` when Okta has it. */
  async send(): Promise<boolean> {
    if (this.sending || this.length === 0 || this.over > 0) return false;
    this.sending = true;
    this.problem = null;
    try {
      const page = await call('review_comment', { ...this.#about, text: this.text.trim() });
      this.text = '';
      this.#shown?.(page);
      return true;
    } catch (error) {
      this.problem = asProblem(error);
      return false;
    } finally {
      this.sending = false;
    }
  }
}

/** What was written about an org's people goes with the org. */
const all = new OfOrg((org: string, side: Side, review: string) => new Comment({ org, side, review }));

export const commentOn = ({ org, side, review }: About): Comment => all.of(org, side, review);

/** Forgets everything. */
export const clearComments = (): void => all.clear();
