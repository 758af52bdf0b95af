/**
 * Summaries asked for in this run. They live here and not on the screen, so that one can go to another item while Okta's
 * AI writes, and find the summary on coming back.
 */

import { asProblem, call } from '../../../../lib/ipc/call';
import type { Problem, Side, SummaryView } from '../../../../lib/ipc/generated';
import { onOrgsGone, type Stays } from '../../../../lib/oforg';

export interface Target {
  org: string;
  side: Side;
  review: string;
  access?: string;
  sub?: string | null;
}

export interface Asked {
  asking: boolean;
  got: SummaryView | null;
  problem: Problem | null;
}

const NOTHING: Asked = { asking: false, got: null, problem: null };

const keyOf = ({ org, side, review, access, sub }: Target) => JSON.stringify([org, side, review, access ?? null, sub ?? null]);

class Summaries {
  #all = $state.raw<ReadonlyMap<string, Asked>>(new Map());
  #off: (() => void) | undefined;

  of(target: Target): Asked {
    return this.#all.get(keyOf(target)) ?? NOTHING;
  }

  /** Asks Okta's AI, unless it is being asked already. What was there before stays until an answer comes. */
  async ask(target: Target): Promise<Asked> {
    this.#follow();
    const key = keyOf(target);
    const before = this.of(target);
    if (before.asking) return before;
    this.#put(key, { ...before, asking: true, problem: null });
    const { org, side, review, access, sub } = target;
    try {
      const got =
        access === undefined
          ? await call('review_summary', { org, side, review })
          : await call('access_summary', { org, side, review, access, sub: sub ?? null });
      return this.#settle(key, { asking: false, got, problem: null });
    } catch (error) {
      return this.#settle(key, { asking: false, got: before.got, problem: asProblem(error) });
    }
  }

  /** An answer about what was forgotten meanwhile is dropped. */
  #settle(key: string, asked: Asked): Asked {
    if (this.#all.get(key)?.asking) this.#put(key, asked);
    return asked;
  }

  #put(key: string, asked: Asked): void {
    this.#all = new Map(this.#all).set(key, asked);
  }

  #keep(stays: Stays): void {
    this.#all = new Map([...this.#all].filter(([key]) => stays((JSON.parse(key) as [string])[0])));
  }

  /** What was written about an org's people goes with the org. */
  #follow(): void {
    this.#off ??= onOrgsGone((stays) => this.#keep(stays));
  }

  /** Forgets everything. */
  clear(): void {
    this.#off?.();
    this.#off = undefined;
    this.#all = new Map();
  }
}

export const summaries = new Summaries();
