/** What was searched, chosen and marked in each review, so that coming back finds it as it was. Nothing of it is kept on disk. */

import type { Scope } from '../../../lib/decisions.svelte';
import type { AccessFilterBy, AccessOrder, DecisionView, Side } from '../../../lib/ipc/generated';
import { OfOrg } from '../../../lib/oforg';
import type { Wanted } from '../../../lib/reviewitems.svelte';

export class Kept {
  order = $state<AccessOrder>('priority');
  descending = $state(true);
  /** Okta's own filter: one at a time. */
  by = $state<AccessFilterBy | ''>('');
  value = $state('');
  text = $state('');
  severity = $state<string | null>(null);
  undecided = $state(false);
  /** The marked item. */
  access = $state<string | null>(null);
  /** How far the list was scrolled, in pixels. */
  scrolled = 0;

  /** What to ask Okta for; a filter without a value is none. A getter: what is derived would end with the first page. */
  get wanted(): Wanted {
    return {
      order: this.order,
      descending: this.descending,
      filter: this.by === '' || this.value.trim() === '' ? null : { by: this.by, value: this.value.trim() },
    };
  }
}

const kept = new OfOrg<Kept, [Side, string]>(() => new Kept());

export const memory = {
  of: ({ org, side, review }: Scope): Kept => kept.of(org, side, review),
  /** Marks the item of a decision, for whoever goes there from the tray. */
  point(view: DecisionView): void {
    memory.of(view).access = view.access;
  },
};
