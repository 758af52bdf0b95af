import { afterEach, describe, expect, it } from 'vitest';
import { org, pending } from '../testing/data';
import { fakeHost, problem } from '../testing/fakehost';
import type { AppState, Settings } from './ipc/generated';
import { session } from './session.svelte';

const SETTINGS: Settings = { theme: 'dark', density: 'compact', clipboardLook: 'no', autoActivate: false, idleMinutes: 15 };

function state(more: Partial<AppState> = {}): AppState {
  return {
    version: '0.1.0', orgs: [org(), org('preview')], current: 'acme', settings: SETTINGS, pending: [pending()], notices: [],
    practiceOnStart: false, ...more,
  };
}

afterEach(() => session.stop());

describe('the session', () => {
  it('starts from the state and follows the events', async () => {
    const host = fakeHost({ app_state: () => state() });
    await session.start();
    expect([session.ready, session.version, session.org?.key, session.settings.theme]).toEqual([true, '0.1.0', 'acme', 'dark']);
    expect(session.waitingHere).toHaveLength(1);

    host.send({ kind: 'orgs', orgs: [org('preview', { name: 'New name' })], current: 'preview' });
    expect([session.org?.name, session.waitingHere.length]).toEqual(['New name', 0]);
    host.send({ kind: 'pending', pending: [] });
    expect(session.pending).toEqual([]);
  });

  it('starts the practice org when it was asked for at the start, once', async () => {
    const host = fakeHost({ app_state: () => state({ practiceOnStart: true }), practice_start: () => org('practice', { tag: 'practice' }) });
    await session.start();
    expect(host.count('practice_start')).toBe(1);
    const running = fakeHost({ app_state: () => state({ practiceOnStart: true, orgs: [org('practice', { tag: 'practice' })] }) });
    await session.start();
    expect(running.count('practice_start')).toBe(0);
  });

  it('tells why it could not start', async () => {
    fakeHost({
      app_state: () => {
        throw problem({ code: 'storage', title: 'The file is broken.' });
      },
    });
    await session.start();
    expect(session.problem?.title).toBe('The file is broken.');
  });

  it('reads everything again when events were lost', async () => {
    let orgs = [org()];
    const host = fakeHost({ app_state: () => state({ orgs, pending: [] }) });
    await session.start();
    orgs = [org('acme', { name: 'Renamed' })];
    host.send({ kind: 'changed', topic: 'orgs', org: null, app: null });
    await new Promise((done) => setTimeout(done));
    expect(session.org?.name).toBe('Renamed');
  });

  it('shows a setting at once and puts it back when saving fails', async () => {
    let fails = false;
    fakeHost({
      app_state: () => state(),
      settings_save: (args) => {
        if (fails) throw problem({ code: 'storage' });
        return args;
      },
    });
    await session.start();
    await session.change({ theme: 'light' });
    expect(session.settings.theme).toBe('light');
    fails = true;
    const going = session.change({ theme: 'contrast' });
    expect(session.settings.theme).toBe('contrast');
    await expect(going).rejects.toThrow();
    expect(session.settings).toEqual({ ...SETTINGS, theme: 'light' });
  });

  it('selects an org only when it is another one', async () => {
    const host = fakeHost({ app_state: () => state(), org_select: ({ org: key }) => org(key) });
    await session.start();
    await session.select('acme');
    expect(host.count('org_select')).toBe(0);
    await session.select('preview');
    expect([session.current, host.count('org_select')]).toEqual(['preview', 1]);
  });
});
