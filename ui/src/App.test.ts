import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import App from './App.svelte';
import type { AppState, Event } from './lib/ipc/generated';
import { onPaste } from './lib/pastehook';
import { go, router, type Route } from './lib/route.svelte';
import { session } from './lib/session.svelte';
import { toasts } from './lib/toasts.svelte';
import { faults } from './testing/axe';
import { AT, checked, org, pending, row, write } from './testing/data';
import { credentials, health, permissions } from './testing/signin';
import { fakeHost, problem, type FakeHost } from './testing/fakehost';

let host: FakeHost;
let state: AppState;

beforeEach(() => {
  history.replaceState(null, '', '#/home');
  router.current = { name: 'home' };
  session.notices = [];
  for (const toast of toasts.all) toasts.dismiss(toast.id);
  state = {
    version: '0.1.0', orgs: [org(), org('preview', { name: 'Acme preview', tag: 'preview', colour: 'teal' })], current: 'acme',
    settings: { theme: 'dark', density: 'compact', clipboardLook: 'ask', autoActivate: true, idleMinutes: 15 }, pending: [pending('0oa1')], notices: [],
    practiceOnStart: false,
  };
  host = fakeHost({
    app_state: () => state,
    calls_list: () => [],
    credentials_get: ({ org: key }) => credentials(key),
    credentials_look: ({ org: key }) => credentials(key),
    keychain_health: () => health(),
    permissions_check: ({ org: key }) => permissions(key),
    history_list: () => [write(2, { outcome: 'refused', note: 'Okta refused it.' }), write(1)],
    apps_load: () => ({ generation: 1, rows: [row('0oa1', { waiting: true }), row('0oa2', { label: 'Zoom', checked: checked() })], done: true, problem: null }),
    org_select: ({ org: key }) => {
      send({ kind: 'orgs', orgs: state.orgs, current: key });
      return org(key);
    },
    practice_start: () => org('practice', { tag: 'practice' }),
    practice_what_ifs: () => [{ id: 'slow', label: 'Okta answers slowly?', about: 'Every answer takes three seconds.', on: false }],
  });
});
afterEach(() => {
  delete document.documentElement.dataset.theme;
});
const send = (event: Event) => host.send(event);

async function started() {
  const view = render(App);
  await vi.waitFor(() => expect(document.querySelector('main h1')).not.toBeNull());
  return view;
}
const heading = () => document.querySelector('main h1')?.textContent;

describe('the window', () => {
  it('starts on Home with what needs somebody', async () => {
    await started();
    expect(heading()).toBe('Home');
    expect([document.documentElement.dataset.theme, document.documentElement.dataset.density]).toEqual(['dark', 'compact']);
    expect(screen.getByRole('button', { name: 'Finish consent: Google Workspace' })).toBeTruthy();
    expect(document.title).toBe('Acme – Gatehouse');
  });

  it('without an org it starts on Welcome, with the practice org at hand', async () => {
    state = { ...state, orgs: [], current: null, pending: [] };
    await started();
    expect(heading()).toBe('Welcome to Gatehouse');
    await vi.waitFor(() => expect(document.activeElement?.textContent).toContain('Try the practice org'));
    expect(await faults()).toEqual([]);
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(heading()).toBe('Home'));
    expect(await screen.findByRole('button', { name: /What if/ })).toBeTruthy();
  });

  it.each<[Route, string]>([
    [{ name: 'home' }, 'Home'],
    [{ name: 'connections' }, 'Connections'],
    [{ name: 'history' }, 'History'],
    [{ name: 'settings' }, 'Settings'],
    [{ name: 'addOrg' }, 'Add an org'],
    [{ name: 'org', org: 'acme' }, 'Acme'],
    [{ name: 'signin', org: 'acme' }, 'Sign-in'],
    [{ name: 'permissions', org: 'acme' }, 'Permissions'],
    [{ name: 'signin', org: 'no-such-org' }, 'Home'],
    [{ name: 'org', org: 'no-such-org' }, 'Home'],
  ])('%o is sound', async (route, title) => {
    await started();
    go(route);
    await vi.waitFor(() => expect(heading()).toBe(title));
    await vi.waitFor(() => expect(document.querySelectorAll('h1')).toHaveLength(1));
    expect(await faults()).toEqual([]);
  });

  it('a start that fails says why and can be tried again', async () => {
    let broken = true;
    host.answers.app_state = () => {
      if (broken) throw problem({ code: 'storage', title: 'The file is broken.', next: [{ kind: 'retry' }] });
      return state;
    };
    session.ready = false;
    await started();
    expect(screen.getByRole('alert').textContent).toContain('The file is broken.');
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await vi.waitFor(() => expect(heading()).toBe('Home'));
  });

  it('Ctrl+2 goes to the second org, and a page of one app gives way to its list', async () => {
    await started();
    go({ name: 'connections' });
    router.current = { name: 'connection', app: '0oa1' };
    await userEvent.keyboard('{Control>}2{/Control}');
    await vi.waitFor(() => expect(session.current).toBe('preview'));
    expect(router.current).toEqual({ name: 'connections' });
    expect(screen.getByRole('button', { name: /^Acme preview/, current: true })).toBeTruthy();
  });

  it('Ctrl+K, ? and / work, and not while something is typed', async () => {
    await started();
    await userEvent.keyboard('{Control>}k{/Control}');
    expect(await screen.findByRole('combobox')).toBeTruthy();
    await userEvent.keyboard('?');
    expect(screen.queryByText('Keyboard shortcuts', { selector: 'h2' })).toBeNull();
    screen.getByRole('dialog').dispatchEvent(new window.Event('cancel', { cancelable: true }));
    await vi.waitFor(() => expect(screen.queryByRole('combobox')).toBeNull());
    await userEvent.keyboard('?');
    expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toBeTruthy();
    screen.getByRole('dialog').dispatchEvent(new window.Event('cancel', { cancelable: true }));
    go({ name: 'connections' });
    await vi.waitFor(() => expect(heading()).toBe('Connections'));
    await userEvent.keyboard('/');
    expect(document.activeElement).toBe(screen.getByRole('searchbox'));
  });

  it('the bar tells what goes on, and the drawer lists the calls', async () => {
    await started();
    const bar = screen.getByRole('contentinfo', { name: 'Activity' });
    expect(bar.textContent).toContain('Ready');
    send({ kind: 'waiting', org: 'acme', what: 'Waiting for Okta’s rate limit', until: new Date(Date.now() + 20_000).toISOString() });
    await vi.waitFor(() => expect(bar.textContent).toMatch(/Waiting for Okta’s rate limit: (19|20) s/));
    send({ kind: 'waiting', org: 'acme', what: '', until: null });
    send({
      kind: 'call',
      call: { at: AT, org: 'acme', method: 'GET', path: '/api/v1/apps', status: 200, requestId: 'req-7', ms: 12, remaining: 9, limit: 10 },
    });
    await vi.waitFor(() => expect(bar.textContent).toContain('GET /api/v1/apps'));
    await userEvent.click(within(bar).getByRole('button'));
    const drawer = await screen.findByRole('dialog', { name: 'Calls' });
    expect(drawer.textContent).toContain('req-7');
    expect(drawer.textContent).toContain('9 of 10 left');
    expect(await faults(drawer)).toEqual([]);
  });

  it('a paste outside a field goes to the consent that waits', async () => {
    await started();
    const heard = vi.fn();
    const off = onPaste(heard);
    window.dispatchEvent(new window.Event('paste'));
    expect(heard).toHaveBeenCalledOnce();
    off();
  });

  it('notices are told until they were read', async () => {
    state = { ...state, notices: ['The history was mended.'] };
    await started();
    expect(screen.getByText('The history was mended.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Got it' }));
    expect(screen.queryByText('The history was mended.')).toBeNull();
  });

  it('an org whose token was for one session asks for it', async () => {
    state = { ...state, orgs: [org('acme', { secret: 'missing' })] };
    await started();
    await userEvent.click(screen.getByRole('button', { name: 'Enter the token' }));
    expect(router.current).toEqual({ name: 'signin', org: 'acme', way: 'apiToken' });
  });

  it('an org that is not signed in says so, and is quiet where one signs in', async () => {
    state = { ...state, orgs: [org('acme', { credential: null, secret: 'missing' })], pending: [] };
    await started();
    expect(screen.getByText('Not signed in yet')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(router.current).toEqual({ name: 'signin', org: 'acme' });
    await vi.waitFor(() => expect(heading()).toBe('Sign-in'));
    expect(screen.queryByText('Gatehouse is not signed in to Acme yet.')).toBeNull();
  });

  it('secrets dropped from memory are told, with the orgs that lost theirs', async () => {
    await started();
    send({ kind: 'locked', idleMinutes: 15, lost: ['preview'] });
    await vi.waitFor(() => expect(toasts.all.at(-1)).toMatchObject({ tone: 'info' }));
    expect(toasts.all.at(-1)?.text).toContain('15 minutes');
    expect(toasts.all.at(-1)?.more).toContain('Acme preview');
  });

  it('Ctrl+2 on the sign-in page goes to that page of the other org', async () => {
    await started();
    go({ name: 'signin', org: 'acme', way: 'signIn' });
    await vi.waitFor(() => expect(heading()).toBe('Sign-in'));
    await userEvent.keyboard('{Control>}2{/Control}');
    await vi.waitFor(() => expect(router.current).toEqual({ name: 'signin', org: 'preview' }));
  });

});
