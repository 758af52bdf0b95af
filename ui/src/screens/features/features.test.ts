import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FeaturesArgs, FeaturesView } from '../../lib/ipc/generated';
import { go, router } from '../../lib/route.svelte';
import { faults } from '../../testing/axe';
import { fakeHost, problem, type FakeHost } from '../../testing/fakehost';
import { app, APP, change, features, ORG, preview, runs, startSession, toApp } from './fixtures';
import Features from './Features.svelte';

beforeEach(() => {
  startSession();
  history.replaceState(null, '', `#/connections/${APP}/features`);
  router.current = { name: 'features', app: APP };
});

type Answers = ConstructorParameters<typeof FakeHost>[0];

async function show(read: FeaturesView = features(), answers: Answers = {}) {
  const host = fakeHost({ app_open: () => app(), features_get: () => read, schedule_preview: () => runs(), ...answers });
  document.querySelector('main')?.remove();
  render(Features, { target: document.body.appendChild(document.createElement('main')), props: { org: ORG, app: APP } });
  await screen.findByRole('heading', { level: 1, name: 'Features of Google Workspace' });
  await screen.findByRole('switch', { name: 'Create Users' });
  return { host, user: userEvent.setup() };
}

const tab = (name: RegExp) => screen.getByRole('tab', { name });
const asked = (host: FakeHost, name: string) => host.asked.filter((it) => it.name === name).map((it) => it.args as FeaturesArgs);

describe('the form', () => {
  it('has every field of To App, and keeps a value Okta has that nobody knows', async () => {
    await show();
    for (const name of ['Create Users', 'Update User Attributes', 'Deactivate Users', 'Sync Password']) {
      expect(screen.getByRole('switch', { name })).toBeTruthy();
    }
    expect(screen.getByLabelText('Password type')).toHaveProperty('value', 'RANDOM');
    const change = screen.getByLabelText<HTMLSelectElement>('Password change');
    expect(change.value).toBe('CYCLE');
    expect(change.selectedOptions[0]?.textContent).toBe('CYCLE (as Okta has it)');
    expect(screen.queryByRole('region', { name: 'Unsaved changes' })).toBeNull();
    expect(await faults()).toEqual([]);
  });

  it('has every field of To Okta', async () => {
    const { user } = await show();
    await user.click(tab(/To Okta/));
    for (const name of ['Import schedule', 'Allow partial matches', 'Auto-confirm exact matches', 'Auto-confirm partial matches', 'Auto-confirm new users', 'Auto-activate new users']) {
      expect(screen.getByRole('switch', { name })).toBeTruthy();
    }
    expect(screen.getByLabelText('Okta username format')).toHaveProperty('value', 'EMAIL');
    expect(screen.getByRole('radio', { name: 'Email matches' })).toHaveProperty('checked', true);
    expect(screen.getByLabelText('Full import')).toHaveProperty('value', 'weekly');
    expect(screen.getByLabelText('Incremental import')).toHaveProperty('value', 'never');
    expect(await faults()).toEqual([]);
  });

  it('counts what differs, says how it was and what it means for how many people', async () => {
    const { user } = await show();
    await user.click(screen.getByRole('switch', { name: 'Deactivate Users' }));
    expect(screen.getByText('1 change not sent to Okta yet')).toBeTruthy();
    expect(screen.getByText(/loses the account in Google Workspace. Now: 12 assigned people/)).toBeTruthy();
    expect(screen.getByText(/it is “Off” in Okta now/)).toBeTruthy();
    expect(tab(/To App/).textContent).toContain('1 changed');
    await user.click(tab(/To Okta/));
    await user.selectOptions(screen.getByLabelText('Okta username format'), 'CUSTOM');
    await user.type(screen.getByLabelText('Okta username expression'), 'source.userName');
    expect(screen.getByRole('button', { name: 'Review changes (3)' })).toBeTruthy();
    await user.click(tab(/To App/));
    await user.click(screen.getByRole('switch', { name: 'Deactivate Users' }));
    expect(screen.getByRole('button', { name: 'Review changes (2)' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    expect(screen.queryByRole('region', { name: 'Unsaved changes' })).toBeNull();
    await user.click(tab(/To Okta/));
    expect(screen.getByLabelText('Okta username format')).toHaveProperty('value', 'EMAIL');
  });

  it('says where a half is not offered', async () => {
    await show(features({ toOkta: null, toOktaStatus: null }), { app_open: () => app(false) });
    await waitFor(() => expect(tab(/To Okta/)).toHaveProperty('disabled', true));
    expect(tab(/To Okta/).textContent).toContain('not offered');
  });
});

describe('the schedule', () => {
  async function schedule(answers: Answers = {}) {
    const shown = await show(features(), answers);
    await shown.user.click(tab(/To Okta/));
    return shown;
  }
  const expression = (host: FakeHost) => {
    const last = host.asked.filter((it) => it.name === 'schedule_preview').at(-1)?.args as { expression: string; timezone: string };
    return [last.expression, last.timezone];
  };

  it('shows the next five runs in both zones', async () => {
    const { host } = await schedule();
    const table = await screen.findByRole('table', { name: /next five runs of the full import/ });
    expect(within(table).getAllByRole('row')).toHaveLength(6);
    expect(within(table).getByRole('columnheader', { name: /America\/New_York/ })).toBeTruthy();
    expect(within(table).getByRole('columnheader', { name: /Your time/ })).toBeTruthy();
    expect(expression(host)).toEqual(['00 21 * * Mon,Thu', 'America/New_York']);
  });

  it('leaves Okta’s spelling alone until it is changed, and is built from the form then', async () => {
    const { host, user } = await schedule();
    expect(screen.queryByRole('region', { name: 'Unsaved changes' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Fri' }));
    await waitFor(() => expect(expression(host)).toEqual(['0 21 * * 1,4,5', 'America/New_York']));
    await user.selectOptions(screen.getByLabelText('Full import'), 'hours');
    await user.selectOptions(screen.getByLabelText('How often'), '6');
    await waitFor(() => expect(expression(host)[0]).toBe('0 */6 * * *'));
    await user.selectOptions(screen.getByLabelText('Full import'), 'raw');
    expect(screen.getByLabelText('Cron expression')).toHaveProperty('value', '0 */6 * * *');
  });

  it('keeps a week from losing its last day', async () => {
    const { user } = await schedule();
    await user.click(screen.getByRole('button', { name: 'Mon' }));
    await user.click(screen.getByRole('button', { name: 'Thu' }));
    expect(screen.getByRole('button', { name: 'Thu' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('says at the field what cron can’t be used, as it is typed', async () => {
    const bad = problem({ code: 'badInput', field: 'expression', title: 'A schedule has five fields; this one has 1.', why: 'Write five.' });
    const { user } = await schedule({ schedule_preview: (it) => (it.expression === 'x' ? runs({ runs: [], problem: bad }) : runs()) });
    await user.selectOptions(screen.getByLabelText('Full import'), 'raw');
    const field = screen.getByLabelText('Cron expression');
    await user.clear(field);
    await user.type(field, 'x');
    expect(await screen.findByText(/five fields; this one has 1/)).toBeTruthy();
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('a new one starts in the zone of the other', async () => {
    const { host, user } = await schedule();
    await user.selectOptions(screen.getByLabelText('Incremental import'), 'hours');
    await waitFor(() => expect(expression(host)).toEqual(['0 */4 * * *', 'America/New_York']));
  });

  it('finds a zone by typing, by keyboard alone', async () => {
    const { host, user } = await schedule();
    const field = screen.getByRole('combobox', { name: 'Time zone' });
    await user.click(field);
    expect(field.getAttribute('aria-expanded')).toBe('true');
    await user.keyboard('tokyo');
    const list = screen.getByRole('listbox', { name: 'Time zones' });
    expect(within(list).getAllByRole('option').map((it) => it.textContent)).toEqual([expect.stringContaining('Asia/Tokyo')]);
    expect(field.getAttribute('aria-activedescendant')).toBe(within(list).getAllByRole('option')[0]?.id);
    expect(await faults()).toEqual([]);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(expression(host)[1]).toBe('Asia/Tokyo'));
    expect(field).toHaveProperty('value', 'Asia/Tokyo');
    await user.click(field);
    await user.keyboard('paris{Escape}');
    expect(field).toHaveProperty('value', 'Asia/Tokyo');
  });
});

describe('review and apply', () => {
  async function edited(answers: Answers = {}) {
    const shown = await show(features(), { features_preview: () => preview(), ...answers });
    await shown.user.click(screen.getByRole('switch', { name: 'Deactivate Users' }));
    return shown;
  }
  const review = (user: Awaited<ReturnType<typeof show>>['user']) => user.click(screen.getByRole('button', { name: /^Review changes/ }));
  const done = (more = {}) => ({ half: 'toApp' as const, applied: [change()], ignored: [], problem: null, requestId: 'req1', ...more });

  it('shows changed rows only, their risk, and the calls', async () => {
    const { host, user } = await edited();
    await review(user);
    const sheet = within(await screen.findByRole('dialog', { name: 'Review changes' }));
    expect(sheet.getAllByRole('row').map((it) => it.textContent?.trim())).toEqual(['SettingNowAfter', expect.stringContaining('Deactivate Users'), 'People lose their account.']);
    expect(asked(host, 'features_preview')[0]).toEqual({
      org: ORG, app: APP, read: features(), wanted: { toApp: toApp({ deactivateUsers: true }) },
    });
    expect(await faults()).toEqual([]);
    await user.click(sheet.getByRole('tab', { name: /Calls/ }));
    expect(sheet.getByText(/PUT .*USER_PROVISIONING/)).toBeTruthy();
    expect(sheet.getByText(/^curl -X PUT/)).toBeTruthy();
  });

  it('reviews with Ctrl+S', async () => {
    const { host, user } = await edited();
    await user.keyboard('{Control>}s{/Control}');
    await waitFor(() => expect(host.count('features_preview')).toBe(1));
  });

  it('says first what has to be mended, at its field in the other tab', async () => {
    const wrong = problem({ code: 'badInput', field: 'fullImport.expression', title: 'The full import runs more often.', why: 'Okta does not allow that.' });
    const note = problem({ code: 'badInput', field: 'passwordSeed', title: 'No password is sent.', why: '' });
    const { user } = await edited({ features_preview: () => preview({ problems: [wrong], notes: [note] }) });
    await review(user);
    expect(await screen.findByText(/The full import runs more often/)).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(tab(/To Okta/).getAttribute('aria-selected')).toBe('true');
    const field = screen.getByLabelText('Full import');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(field);
    expect(await faults()).toEqual([]);
    // A change to the other import may have settled it; a change elsewhere has not.
    await user.click(screen.getByRole('switch', { name: 'Allow partial matches' }));
    expect(screen.getByText(/The full import runs more often/)).toBeTruthy();
    await user.selectOptions(screen.getByLabelText('Incremental import'), 'hours');
    expect(screen.queryByText(/The full import runs more often/)).toBeNull();
    await user.click(tab(/To App/));
    expect(screen.getByText('No password is sent.')).toBeTruthy();
  });

  it('tells of drift, and takes Okta’s values in under the edits', async () => {
    let read = features();
    const { user } = await edited({
      features_get: () => read,
      features_preview: () => preview({ drifted: read.toApp?.updateAttributes === true ? [] : [change({ field: 'updateAttributes', label: 'Update User Attributes', risk: null })] }),
    });
    await review(user);
    expect(await screen.findByText('Okta has changed since you opened this.')).toBeTruthy();
    read = features({ toApp: toApp({ updateAttributes: true }) });
    await user.click(screen.getByRole('button', { name: /Show Okta’s values/ }));
    await waitFor(() => expect(screen.queryByText('Okta has changed since you opened this.')).toBeNull());
    expect(screen.getByRole('switch', { name: 'Update User Attributes', hidden: true }).getAttribute('aria-checked')).toBe('true');
    expect(screen.getByRole('switch', { name: 'Deactivate Users', hidden: true }).getAttribute('aria-checked')).toBe('true');
  });

  it('applied: said, and nothing is left to send', async () => {
    const now = features({ toApp: toApp({ deactivateUsers: true }) });
    const { user } = await edited({ features_apply: () => ({ halves: [done()], now }) });
    await review(user);
    await user.click(await screen.findByRole('button', { name: 'Apply' }));
    expect(await screen.findByRole('heading', { name: /To App: 1 change applied/ })).toBeTruthy();
    expect(screen.getByText('req1')).toBeTruthy();
    expect(await faults()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Stay here' }));
    expect(screen.queryByRole('region', { name: 'Unsaved changes' })).toBeNull();
    expect(screen.getByRole('switch', { name: 'Deactivate Users' }).getAttribute('aria-checked')).toBe('true');
  });

  it('ignored by Okta: said, and the form follows Okta', async () => {
    const ignored = change({ before: 'Off', after: 'On' });
    const { user } = await edited({ features_apply: () => ({ halves: [done({ applied: [], ignored: [ignored] })], now: features() }) });
    await review(user);
    await user.click(await screen.findByRole('button', { name: 'Apply' }));
    expect(await screen.findByRole('heading', { name: /Okta kept its own values/ })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Stay here' }));
    expect(screen.getByRole('switch', { name: 'Deactivate Users' }).getAttribute('aria-checked')).toBe('false');
    expect(screen.queryByRole('region', { name: 'Unsaved changes' })).toBeNull();
  });

  it('one half failed: only that half is sent again, and its edits are kept until then', async () => {
    let first = true;
    const half = { half: 'toOkta' as const, applied: [change({ half: 'toOkta', field: 'allowPartialMatch', label: 'Allow partial matches' })], ignored: [], problem: null, requestId: null };
    const now = features({ toOkta: { ...features().toOkta!, allowPartialMatch: true } });
    const { host, user } = await edited({
      features_apply: () => {
        if (!first) return { halves: [done()], now: { ...now, toApp: toApp({ deactivateUsers: true }) } };
        first = false;
        return { halves: [done({ applied: [], problem: problem({ title: 'Okta could not answer (503).', next: [{ kind: 'retry' }] }) }), half], now };
      },
    });
    await user.click(tab(/To Okta/));
    await user.click(screen.getByRole('switch', { name: 'Allow partial matches' }));
    await review(user);
    await user.click(await screen.findByRole('button', { name: 'Apply' }));
    expect(await screen.findByText('Okta could not answer (503).')).toBeTruthy();
    expect(screen.getByRole('heading', { name: /To Okta: 1 change applied/ })).toBeTruthy();
    expect(await faults()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Try To App again' }));
    expect(await screen.findByRole('heading', { name: /To App: 1 change applied/ })).toBeTruthy();
    expect(screen.getByRole('heading', { name: /To Okta: 1 change applied/ })).toBeTruthy();
    expect(asked(host, 'features_apply').map((it) => Object.keys(it.wanted))).toEqual([['toApp', 'toOkta'], ['toApp']]);
  });

  it('refused as a whole: the review stays, with the reason', async () => {
    const { user } = await edited({ features_apply: () => Promise.reject(problem({ code: 'readOnly', title: 'Acme is locked as read-only.', next: [{ kind: 'unlock' }] })) });
    await review(user);
    await user.click(await screen.findByRole('button', { name: 'Apply' }));
    expect(await screen.findByText('Acme is locked as read-only.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Unlock this org' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Apply' })).toBeTruthy();
  });
});

describe('leaving', () => {
  it('asks while something is not sent, and goes where it was going', async () => {
    const { user } = await show();
    await user.click(screen.getByRole('switch', { name: 'Deactivate Users' }));
    await user.click(screen.getByRole('button', { name: 'Connection' }));
    expect(await screen.findByRole('dialog', { name: 'Leave without saving?' })).toBeTruthy();
    expect(router.current.name).toBe('features');
    expect(await faults()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Stay' }));
    expect(screen.getByRole('button', { name: 'Review changes (1)' })).toBeTruthy();
    location.hash = '#/history';
    window.dispatchEvent(new HashChangeEvent('hashchange'));
    go({ name: 'connection', app: APP });
    await user.click(await screen.findByRole('button', { name: 'Leave without saving' }));
    await waitFor(() => expect(router.current.name).not.toBe('features'));
  });

  it('does not ask where nothing is lost', async () => {
    const { user } = await show();
    await user.click(screen.getByRole('button', { name: 'Connection' }));
    expect(router.current).toEqual({ name: 'connection', app: APP });
  });
});

describe('nothing to edit', () => {
  async function without(code: 'notConnected' | 'unsupported' | 'network') {
    const host = fakeHost({
      app_open: () => app(),
      features_get: () => Promise.reject(problem({ code, title: 'Provisioning is not active for this app yet.', why: 'Set it up first.', next: [{ kind: 'setUpConnection' }] })),
    });
    document.querySelector('main')?.remove();
    render(Features, { target: document.body.appendChild(document.createElement('main')), props: { org: ORG, app: APP } });
    await screen.findByText('Provisioning is not active for this app yet.');
    return host;
  }

  it('not connected: leads to the connection', async () => {
    await without('notConnected');
    expect(screen.getByRole('heading', { name: 'Provisioning is not active for this app yet.' })).toBeTruthy();
    expect(await faults()).toEqual([]);
    await userEvent.setup().click(screen.getByRole('button', { name: 'Set up the connection' }));
    expect(router.current).toEqual({ name: 'connection', app: APP });
  });
  it('not supported: no red', async () => {
    await without('unsupported');
    expect(screen.queryByRole('alert')).toBeNull();
  });
  it('not read: a problem', async () => {
    await without('network');
    expect(screen.getByRole('alert')).toBeTruthy();
  });
});
