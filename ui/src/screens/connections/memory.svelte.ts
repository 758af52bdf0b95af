/** What was searched, chosen and marked in each org's list, so that coming back from an app finds it as it was. */

import { OfOrg } from '../../lib/oforg';
import type { Chip } from './filter';

export class Kept {
  text = $state('');
  chip = $state<Chip>('all');
  /** The marked row. */
  app = $state<string | null>(null);
  /** How far it was scrolled, in pixels. */
  scrolled = 0;
}

export const memory = new OfOrg(() => new Kept());
