import { render, screen } from '@testing-library/svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { reviews } from '../lib/reviews.svelte';
import { router } from '../lib/route.svelte';
import { session } from '../lib/session.svelte';
import { faults } from '../testing/axe';
import { org } from '../testing/data';
import { fakeHost } from '../testing/fakehost';
import { review, reviewsSnapshot } from '../testing/reviews';
import Side from './Side.svelte';

afterEach(() => reviews.stop());

it('says how many reviews end within a day, once each, of what is known anyway', async () => {
  const soon = new Date(Date.now() + 3_600_000).toISOString();
  session.orgs = [org('acme')];
  session.current = 'acme';
  session.pending = [];
  router.current = { name: 'launch' };
  const host = fakeHost({
    reviews_load: ({ side }) => reviewsSnapshot({ done: true, rows: side === 'my' ? [review('1', { endTime: soon })] : [review('1', { endTime: soon }), review('2', { endTime: soon }), review('3')] }),
  });
  reviews.start();
  render(Side, { onsearch: () => {} });
  const link = screen.getByRole('link', { name: /Access reviews/ });
  expect([link.textContent?.trim(), host.asked.length]).toEqual(['Access reviews', 0]);
  expect(link.getAttribute('aria-current')).toBe('page');
  reviews.show('acme', 'admin', 'active');
  reviews.show('acme', 'my', 'active');
  await vi.waitFor(() => expect(link.textContent).toContain('2 end within a day'));
  expect(await faults()).toEqual([]);
});
