import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { apps } from '../../lib/apps.svelte';
import type { AppsSnapshot } from '../../lib/ipc/generated';
import { router } from '../../lib/route.svelte';
import { faults } from '../../testing/axe';
import { checked, manyRows, row } from '../../testing/data';
import { fakeHost, problem, type FakeHost } from '../../testing/fakehost';
import Connections from './Connections.svelte';

let host: FakeHost;
let number = 0;
let org: string;

/** happy-dom has no layout: a list 400 px high, or TanStack Virtual would show nothing. */
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(400);
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(900);
  // What was searched is kept by org, so each test has its own.
  org = `org${++number}`;
});
afterEach(() => apps.stop());

async function shown(answer: Partial<AppsSnapshot>) {
  host = fakeHost({ apps_load: () => ({ generation: 1, rows: [], done: true, problem: null, ...answer }), apps_stop: () => ({}) });
  apps.start();
  render(Connections, { org });
  await vi.waitFor(() => expect(host.count('apps_load')).toBe(1));
  await new Promise((done) => setTimeout(done, 80));
  await tick();
}
const search = () => screen.getByRole('searchbox', { name: 'Search apps' });
const grid = () => screen.getByRole('grid', { name: 'Apps' });

describe('connections', () => {
  it('shows an app in Okta’s words', async () => {
    await shown({ rows: [row('1', { label: 'Zoom', name: 'zoomus', checked: checked() })] });
    const cells = screen.getAllByRole('gridcell').map((one) => one.textContent?.replace(/\s+/g, ' ').trim());
    expect(cells.slice(0, 5)).toEqual(['Zoom zoomus', 'Enabled', 'OAuth 2.0', 'On', 'Off']);
    expect(await faults()).toEqual([]);
  });

  it('says why an app can’t be set up', async () => {
    await shown({ rows: [row('1', { label: 'Workday', supported: false, reason: 'Use the Admin Console.' })] });
    expect(screen.getByText('Use the Admin Console.')).toBeTruthy();
  });

  it('ten thousand apps: few elements, the true number told, search without a request', async () => {
    await shown({ rows: manyRows(10_000) });
    expect(grid().getAttribute('aria-rowcount')).toBe('10001');
    expect(screen.getAllByRole('row').length).toBeLessThan(80);
    const asked = host.asked.length;
    await userEvent.type(search(), 'finance wiki 99');
    await vi.waitFor(() => expect(Number(grid().getAttribute('aria-rowcount'))).toBeLessThan(400));
    expect(screen.getAllByRole('row').length).toBeGreaterThan(1);
    expect(host.asked.length).toBe(asked);
  });

  it('marks with the arrows and opens with Enter', async () => {
    await shown({ rows: [row('1', { label: 'Google' }), row('2', { label: 'Slack', name: 'slack' })] });
    grid().focus();
    await userEvent.keyboard('{Home}{ArrowDown}');
    const marked = document.getElementById(grid().getAttribute('aria-activedescendant') ?? '');
    expect([marked?.getAttribute('aria-rowindex'), marked?.textContent]).toEqual(['3', expect.stringContaining('Slack')]);
    await userEvent.keyboard('{Enter}');
    expect(router.current).toEqual({ name: 'connection', app: '2' });
  });

  it('shows rows while more are on their way, and can be stopped', async () => {
    await shown({ rows: manyRows(200), done: false });
    expect(screen.getByText('200 apps so far…')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
    expect(host.count('apps_stop')).toBe(1);
    host.send({ kind: 'apps', org, generation: 1, rows: manyRows(300).slice(200), done: true, problem: null });
    await vi.waitFor(() => expect(screen.getByText('300 apps')).toBeTruthy());
    expect(screen.getByRole('button', { name: 'Refresh' })).toBeTruthy();
  });

  it('tells a failure beside what was read, and tries again', async () => {
    await shown({ rows: [row('1')], problem: problem({ title: 'Okta did not answer.', next: [{ kind: 'retry' }] }) });
    expect(screen.getByRole('alert').textContent).toContain('Okta did not answer.');
    expect(screen.getAllByRole('row')).toHaveLength(2);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(host.asked.at(-1)).toEqual({ name: 'apps_load', args: { org, refresh: true } });
  });

  it('an empty org and an empty search are told apart', async () => {
    await shown({ rows: [] });
    expect(screen.getByText('This org has no apps')).toBeTruthy();
  });

  it('a search that finds nothing offers the way back', async () => {
    await shown({ rows: [row('1')] });
    await userEvent.type(search(), 'nothing');
    await userEvent.click(await screen.findByRole('button', { name: 'Show all apps' }));
    expect(screen.getAllByRole('row')).toHaveLength(2);
    expect(await faults()).toEqual([]);
  });
});
