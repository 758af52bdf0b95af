/** What was searched, chosen and marked in each list of reviews, so that coming back from a review finds it as it was. */

import type { ReviewTab, Side } from '../../../lib/ipc/generated';
import { OfOrg } from '../../../lib/oforg';
import { firstArrangement, type Arrangement } from '../../../lib/reviewlist.svelte';

/** One tab. */
export class Place {
  order = $state.raw<Arrangement>({ by: 'created', descending: true });
  /** The marked row. */
  review = $state<string | null>(null);
  /** How far it was scrolled, in pixels. */
  scrolled = 0;

  constructor(tab: ReviewTab) {
    this.order = firstArrangement(tab);
  }
}

export class Kept {
  text = $state('');
  tab = $state<ReviewTab>('active');
  readonly places: Readonly<Record<ReviewTab, Place>> = {
    active: new Place('active'),
    pending: new Place('pending'),
    closed: new Place('closed'),
    error: new Place('error'),
    all: new Place('all'),
  };
}

export const memory = new OfOrg<Kept, [Side]>(() => new Kept());
