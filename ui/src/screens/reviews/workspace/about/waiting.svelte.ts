/** The decisions of a review that are not in Okta yet: closing before they are would lose them. */

import { inScope } from '../../../../lib/decisions.svelte';
import { call } from '../../../../lib/ipc/call';
import { onEvent } from '../../../../lib/ipc/events';
import type { DecisionView } from '../../../../lib/ipc/generated';

const isWaiting = ({ state }: DecisionView) => state === 'waiting' || state === 'sending';

export class Waiting {
  all = $state.raw<DecisionView[]>([]);
  /** It is known which there are. */
  known = $state(false);

  #mine: (view: DecisionView) => boolean;
  #org: string;
  /** Heard while the list was on its way: newer than what it says. */
  #heard = new Map<number, DecisionView>();

  constructor(org: string, review: string) {
    this.#org = org;
    this.#mine = (view) => inScope(view, { org, review });
  }

  /** Keeps up to date until the returned function is called. */
  follow(): () => void {
    const off = onEvent('decision', ({ view }) => {
      if (!this.#mine(view)) return;
      this.#heard.set(view.id, view);
      this.#put(this.all.filter(({ id }) => id !== view.id).concat(view));
    });
    void this.#read();
    return off;
  }

  async #read(): Promise<void> {
    try {
      const list = await call('decisions_list', { org: this.#org });
      const rest = list.filter((view) => this.#mine(view) && !this.#heard.has(view.id));
      this.#put([...rest, ...this.#heard.values()]);
    } catch {
      // The engine looks once more before it closes anything, and says which it waits for.
    }
    this.known = true;
  }

  #put(views: DecisionView[]): void {
    this.all = views.filter(isWaiting).sort((a, b) => a.id - b.id);
  }

  /** Sends those that wait now; how it goes is told by events. */
  async sendAll(): Promise<void> {
    for (const { id, state } of this.all) if (state === 'waiting') await call('decision_send', { id });
  }
}
