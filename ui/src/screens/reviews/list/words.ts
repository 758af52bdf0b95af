/** What the list of reviews says where it has nothing to show, and how it can be ordered. */

import type { ReviewOrder, ReviewStats, ReviewTab, Side } from '../../../lib/ipc/generated';
import { count } from '../../../lib/number';
import type { Arrangement } from '../../../lib/reviewlist.svelte';

export const TABS: readonly { id: ReviewTab; label: string }[] = [
  { id: 'active', label: 'Active' },
  { id: 'pending', label: 'Pending' },
  { id: 'closed', label: 'Closed' },
  { id: 'error', label: 'Error' },
  { id: 'all', label: 'All' },
];


export const countOf = (stats: ReviewStats, tab: ReviewTab): number =>
  tab === 'all' ? stats.active + stats.pending + stats.closed + stats.error : stats[tab];

/** “1 review”, “2,000 reviews”. */
export const reviewsWords = (n: number): string => count(n, 'review');

export interface Said {
  title: string;
  text: string;
}

const NONE: Readonly<Record<ReviewTab, Said>> = {
  active: { title: 'No active reviews', text: 'No review is being worked through at the moment.' },
  pending: { title: 'No pending reviews', text: 'Okta is not gathering anything for a review at the moment.' },
  closed: { title: 'No closed reviews', text: 'A review closes by itself when its time is over, or when somebody closes it.' },
  error: { title: 'No reviews in error', text: 'Okta could make every review ready.' },
  all: { title: 'No reviews', text: 'There is nothing to show.' },
};
export const noneIn = (tab: ReviewTab): Said => NONE[tab];

export const NOTHING: Readonly<Record<Side, Said>> = {
  admin: {
    title: 'This org has no access reviews yet',
    text: 'Launch a security access review to see all the access one person has, and to take away what they should not have.',
  },
  my: {
    title: 'You are not a reviewer of any review',
    text: 'When somebody launches a review and chooses you as a reviewer, it appears here.',
  },
};

/** Each column that can be ordered by, and the direction it starts with. */
export const FIRST_WAY: Readonly<Record<ReviewOrder, boolean>> = { endTime: false, created: true, name: false, status: false };

export const ORDERS: readonly { value: string; label: string }[] = [
  { value: 'endTime up', label: 'Ends soonest first' },
  { value: 'endTime down', label: 'Ends latest first' },
  { value: 'created down', label: 'Newest first' },
  { value: 'created up', label: 'Oldest first' },
  { value: 'name up', label: 'Name, A to Z' },
  { value: 'name down', label: 'Name, Z to A' },
  { value: 'status up', label: 'Status, A to Z' },
  { value: 'status down', label: 'Status, Z to A' },
];
export const orderText = ({ by, descending }: Arrangement): string => `${by} ${descending ? 'down' : 'up'}`;
export function orderOf(text: string): Arrangement {
  const [by = '', way] = text.split(' ');
  return { by: by as ReviewOrder, descending: way === 'down' };
}
