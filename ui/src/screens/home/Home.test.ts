import { screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CredentialKind, LaunchView } from '../../lib/ipc/generated';
import { reviews } from '../../lib/reviews.svelte';
import { router } from '../../lib/route.svelte';
import { session } from '../../lib/session.svelte';
import { faults } from '../../testing/axe';
import { org } from '../../testing/data';
import { fakeHost, problem, type FakeHost } from '../../testing/fakehost';
import { showIn } from '../../testing/onshow';
import { launch, launchForm, review, reviewsSnapshot } from '../../testing/reviews';
import { credentials, held } from '../../testing/signin';
import Home from './Home.svelte';

const SCOPES = ['okta.governance.securityAccessReviews.admin.read', 'okta.governance.securityAccessReviews.endUser.read'];
const soon = () => new Date(Date.now() + 5 * 3_600_000).toISOString();
let host: FakeHost;

beforeEach(() => {
  router.current = { name: 'home' };
});
afterEach(() => reviews.stop());

async function shown(kind: CredentialKind | null, { fails = false, launches = [] as LaunchView[] } = {}) {
  session.orgs = [org('acme', { credential: kind })];
  session.current = 'acme';
  session.pending = [];
  host = fakeHost({
    credentials_get: () => credentials('acme', { active: kind, items: kind === null ? [] : [held(kind, kind === 'apiToken' ? {} : { scopes: SCOPES })] }),
    history_list: () => [],
    launch_form: () => launchForm(launches),
    reviews_load: ({ side }) => {
      if (fails) throw problem({ title: 'This org has no security access reviews.' });
      return reviewsSnapshot({ done: true, rows: side === 'my' ? [] : [review('1', { endTime: soon() })] });
    },
    org_select: ({ org: key }) => org(key),
  });
  reviews.start();
  showIn(Home, {});
  await new Promise((done) => setTimeout(done, 80));
}

describe('access reviews on Home', () => {
  it('one that ends within a day needs you, and opens', async () => {
    await shown('signIn');
    expect(await faults()).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Open: Lost laptop: Hugo Abara' }));
    await vi.waitFor(() => expect(router.current).toEqual({ name: 'review', side: 'admin', review: '1' }));
    expect(host.asked.filter((one) => one.name === 'reviews_load').map((one) => one.args)).toMatchObject([{ side: 'admin', tab: 'active' }, { side: 'my', tab: 'active' }]);
  });

  it.each([['apiToken'], [null]] as const)('with %s Okta is asked nothing', async (kind) => {
    await shown(kind);
    expect(host.count('reviews_load')).toBe(0);
    expect(host.count('reviews_stats')).toBe(0);
  });

  it('what can’t be read is no matter for Home, and is not asked for again and again', async () => {
    await shown('signIn', { fails: true });
    expect(screen.queryByRole('alert')).toBeNull();
    expect(host.count('reviews_load')).toBe(2);
    showIn(Home, {});
    await new Promise((done) => setTimeout(done, 80));
    expect(host.count('reviews_load')).toBe(2);
  });

  it('a launch that was refused leads to the list', async () => {
    await shown('apiToken', { launches: [launch(1, { state: 'refused', problem: problem({ title: 'Okta refused it.' }) }), launch(2)] });
    expect(screen.queryByText(/Lost phone 2/)).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Look: Lost phone 1' }));
    await vi.waitFor(() => expect(router.current).toEqual({ name: 'reviews', side: 'admin' }));
  });
});
