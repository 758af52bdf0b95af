import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { apps } from '../lib/apps.svelte';
import { router } from '../lib/route.svelte';
import { haystack } from '../lib/search';
import { session } from '../lib/session.svelte';
import { faults } from '../testing/axe';
import { manyRows, org, row } from '../testing/data';
import { fakeHost, type FakeHost } from '../testing/fakehost';
import { paletteEntries } from './entries';
import { filterEntries, findApps, MOST_APPS } from './palette';
import Palette from './Palette.svelte';

const known = (rows: ReturnType<typeof row>[]) => ({ rows, hay: rows.map((one) => haystack(one.label, one.name, one.id)) });
const panels = { calls: vi.fn(), shortcuts: vi.fn() };

describe('apps by name', () => {
  it('what can be set up comes first; nothing is offered before a word is typed', () => {
    const list = known([row('1', { label: 'Zoom rooms', supported: false }), row('2', { label: 'Zoom' })]);
    expect(findApps(list, 'zoom').map((one) => one.id)).toEqual(['2', '1']);
    expect(findApps(list, '  ')).toEqual([]);
  });
  it('is quick and short with ten thousand apps', () => {
    expect(findApps(known(manyRows(10_000)), 'finance').length).toBe(MOST_APPS);
  });
});

describe('entries', () => {
  let host: FakeHost;
  beforeEach(() => {
    session.orgs = [org('acme'), org('preview', { name: 'Acme preview' })];
    session.current = 'acme';
    router.current = { name: 'home' };
    host = fakeHost({
      settings_save: (args) => args, page_open: () => ({}), lock: () => ({}), practice_start: () => org('practice', { tag: 'practice' }), org_select: ({ org: key }) => org(key),
    });
  });

  it('have ids of their own, and each does something', async () => {
    const entries = paletteEntries(panels);
    expect(new Set(entries.map((one) => one.id)).size).toBe(entries.length);
    for (const entry of entries) {
      session.current = 'acme';
      router.current = { name: 'features', app: 'somewhere' };
      const before = host.asked.length + panels.calls.mock.calls.length + panels.shortcuts.mock.calls.length;
      await entry.run();
      const did = host.asked.length + panels.calls.mock.calls.length + panels.shortcuts.mock.calls.length > before;
      expect(did || router.current.name !== 'features' || entry.id === 'org:acme', entry.label).toBe(true);
    }
  });
  it('are found by other words too', () => {
    const found = (text: string) => filterEntries(paletteEntries(panels), text).map((one) => one.label);
    expect(found('theme dark')).toEqual(['Appearance: dark']);
    expect(found('preview')).toEqual(['Acme preview']);
    expect(found('forget')).toEqual(['Settings of Acme']);
    expect(found('sign in')).toEqual(['Sign-in of Acme']);
    expect(found('rights')).toEqual(['Permissions of Acme']);
    expect(found('keychain')).toEqual(['Keychain']);
    expect(found('my reviews')).toEqual(['My reviews']);
    expect(found('launch')).toEqual(['Launch a review', 'Launch for many people']);
    expect(found('incident')).toEqual(['Launch for many people']);
    expect(found('doctor')).toEqual(['Set up access reviews']);
    expect(found('endpoints')).toEqual(['API reference']);
    expect(found('zzz')).toEqual([]);
  });
});

describe('the palette', () => {
  beforeEach(async () => {
    session.orgs = [org('acme')];
    session.current = 'acme';
    fakeHost({
      apps_load: () => ({ generation: 1, rows: [row('0oa1', { label: 'Google Workspace' }), row('0oa2', { label: 'Slack', name: 'slack' })], done: true, problem: null }),
    });
    apps.start();
    apps.open('acme');
    await new Promise((done) => setTimeout(done, 60));
  });
  afterEach(() => apps.stop());

  async function open() {
    const onclose = vi.fn();
    render(Palette, { entries: paletteEntries(panels), onclose });
    return { onclose, input: await screen.findByRole('combobox') };
  }
  const marked = () => screen.getByRole('option', { selected: true }).textContent?.trim();

  it('goes to an app by a few letters', async () => {
    const { onclose, input } = await open();
    expect(document.activeElement).toBe(input);
    await userEvent.keyboard('sla');
    expect(marked()).toContain('Slack');
    expect(document.getElementById(input.getAttribute('aria-activedescendant') ?? '')?.textContent).toContain('Slack');
    expect(await faults()).toEqual([]);
    await userEvent.keyboard('{Enter}');
    expect(onclose).toHaveBeenCalledOnce();
    await vi.waitFor(() => expect(router.current).toEqual({ name: 'connection', app: '0oa2' }));
  });

  it('arrows go round, and typing starts at the top again', async () => {
    await open();
    const first = marked();
    await userEvent.keyboard('{ArrowUp}');
    expect(marked()).toBe(screen.getAllByRole('option').at(-1)?.textContent?.trim());
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    expect(marked()).not.toBe(first);
    await userEvent.keyboard('goo');
    expect(marked()).toContain('Google Workspace');
  });

  it('says when nothing is found, and Enter then does nothing', async () => {
    const { onclose } = await open();
    await userEvent.keyboard('qqq{Enter}');
    expect(screen.getByRole('status').textContent).toContain('Nothing found for “qqq”.');
    expect(onclose).not.toHaveBeenCalled();
  });
});
