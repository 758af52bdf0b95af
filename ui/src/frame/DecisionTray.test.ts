import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { router } from '../lib/route.svelte';
import { session } from '../lib/session.svelte';
import { decision } from '../screens/reviews/workspace/fixtures';
import { faults } from '../testing/axe';
import { org } from '../testing/data';
import { fakeHost, problem, type FakeHost } from '../testing/fakehost';
import DecisionTray from './DecisionTray.svelte';

let host: FakeHost;

beforeEach(() => {
  session.orgs = [org('acme')];
  session.current = 'acme';
  router.current = { name: 'review', side: 'admin', review: 'sar1' };
});

async function shown() {
  host = fakeHost({
    decisions_list: () => [decision(3, 'c', { review: 'sar2', reviewName: 'Leaver check: Kim Example' }), decision(2, 'b'), decision(1, 'a')],
    decision_undo: ({ id }) => decision(id, 'b', { state: 'undone' }),
    decision_send: ({ id }) => decision(id, 'a', { state: 'sending' }),
  });
  render(DecisionTray);
  await vi.waitFor(() => expect(screen.queryByRole('region', { name: 'Decisions' })).not.toBeNull());
}
const tray = () => screen.getByRole('region', { name: 'Decisions' });
const lines = () => [...tray().querySelectorAll('.line')].map((one) => one.textContent?.replace(/\s+/g, ' ').trim());

describe('decisions that wait', () => {
  it('in its review: each with the time left; U is that of the latest of this review', async () => {
    await shown();
    expect(lines()).toHaveLength(3);
    expect(lines()[1]).toMatch(/^Revoke access: App b in [78] s Undo/);
    const undos = within(tray()).getAllByRole('button', { name: 'Undo' });
    expect(undos.map((one) => one.getAttribute('aria-keyshortcuts'))).toEqual([null, 'U', null]);
    await userEvent.click(undos[1] as HTMLElement);
    expect(host.asked.at(-1)).toEqual({ name: 'decision_undo', args: { id: 2 } });
    await vi.waitFor(() => expect(lines()).toHaveLength(2));
    await userEvent.click(within(tray()).getAllByRole('button', { name: 'Send now' })[1] as HTMLElement);
    await vi.waitFor(() => expect(lines()).toHaveLength(1));
    expect(await faults()).toEqual([]);
  });

  it('on another screen: one line, with the review’s name and the way there', async () => {
    router.current = { name: 'home' };
    await shown();
    expect(lines()).toEqual([expect.stringContaining('Leaver check: Kim Example')]);
    expect(tray().textContent).toContain('and 2 more');
    await userEvent.click(within(tray()).getByRole('button', { name: 'Show' }));
    expect(router.current).toEqual({ name: 'review', side: 'admin', review: 'sar2' });
  });

  it('what failed stays until it is put away, wherever one is', async () => {
    router.current = { name: 'history' };
    await shown();
    for (const [id, at] of [[3, 'c'], [2, 'b'], [1, 'a']] as const) host.send({ kind: 'decision', view: decision(id, at, { review: id === 3 ? 'sar2' : 'sar1', state: 'settled' }) });
    await vi.waitFor(() => expect(screen.queryByRole('region', { name: 'Decisions' })).toBeNull());
    host.send({ kind: 'decision', view: decision(4, 'd', { state: 'failed', problem: problem({ title: 'Okta refused it.' }) }) });
    await vi.waitFor(() => expect(tray().textContent).toContain('Okta refused it.'));
    await userEvent.click(within(tray()).getByRole('button', { name: 'Put away' }));
    expect(screen.queryByRole('region', { name: 'Decisions' })).toBeNull();
  });
});
