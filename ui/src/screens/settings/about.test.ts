import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { router } from '../../lib/route.svelte';
import { session } from '../../lib/session.svelte';
import { org } from '../../testing/data';
import { fakeHost } from '../../testing/fakehost';
import About from './About.svelte';

it('leads to the API reference of the org, where there is one, and to Okta’s', async () => {
  const host = fakeHost({ page_open: () => ({}) });
  router.current = { name: 'settings' };
  session.orgs = [org()];
  session.current = null;
  const page = render(About);
  expect(screen.queryByRole('button', { name: 'API reference with examples' })).toBeNull();
  page.unmount();
  session.current = 'acme';
  render(About);
  await userEvent.click(screen.getByRole('button', { name: 'Okta’s API reference' }));
  expect(host.asked).toEqual([{ name: 'page_open', args: { page: 'connectionsReference' } }]);
  await userEvent.click(screen.getByRole('button', { name: 'API reference with examples' }));
  expect(router.current).toEqual({ name: 'reference' });
});
