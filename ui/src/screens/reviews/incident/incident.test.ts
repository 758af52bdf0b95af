import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { IncidentArgs, IncidentView } from '../../../lib/ipc/generated';
import { router } from '../../../lib/route.svelte';
import { faults } from '../../../testing/axe';
import { fakeHost, problem, type FakeHost } from '../../../testing/fakehost';
import { showIn } from '../../../testing/onshow';
import { ADA, among, BEN, form, ORG, startSession } from '../launch/fixtures';
import { forgetDrafts } from './draft.svelte';
import { AT, head, row, view } from './fixtures';
import Incident from './Incident.svelte';

type Answers = ConstructorParameters<typeof FakeHost>[0];

beforeEach(() => {
  forgetDrafts();
  startSession();
  router.current = { name: 'incident' };
});

async function show(start: IncidentView | null, answers: Answers = {}) {
  const host = fakeHost({
    incident_get: () => start,
    launch_form: () => form(),
    people_search: among([ADA, BEN]),
    groups_search: ({ text }) => ({ text, rows: [{ id: '00g1', name: 'Contractors', about: 'Everybody from outside', kind: 'OKTA_GROUP' }], more: false }),
    ...answers,
  });
  showIn(Incident, { org: ORG });
  if (start === null) await screen.findByRole('form');
  else await screen.findByRole('table');
  return { host, user: userEvent.setup() };
}
const text = () => screen.getByLabelText<HTMLTextAreaElement>(/Names, logins/);
const paste = (value: string) => fireEvent.input(text(), { target: { value } });
async function reviewer(user: ReturnType<typeof userEvent.setup>) {
  await user.type(screen.getByRole('combobox', { name: /Reviewers/ }), 'ben');
  await user.click(await screen.findByRole('option', { name: /Ben Abara/ }));
}
const lookUp = () => screen.getByRole('button', { name: 'Look them up' });
const tell = (host: FakeHost, rows: ReturnType<typeof row>[], more: Parameters<typeof head>[1], all = rows) =>
  host.send({ kind: 'incident', org: ORG, head: head(all, more), rows });
const line = (id: number) => document.querySelector<HTMLElement>(`[data-row="${id}"]`) as HTMLElement;

describe('pasting', () => {
  it('counts also after coming back', async () => {
    await show(null);
    expect(screen.getByText('200 at most.')).toBeTruthy();
    cleanup();
    await show(null);
    await paste('ada@example.com, ben@example.com');
    expect(screen.getByText('2 of 200 at most.')).toBeTruthy();
  });

  it('counts, refuses more than two hundred with a sentence, and loses nothing', async () => {
    const { host, user } = await show(null);
    expect(await faults()).toEqual([]);
    await paste('ada@example.com, ben@example.com\nAda@example.com');
    expect(screen.getByText('2 of 200 at most.')).toBeTruthy();
    const many = Array.from({ length: 201 }, (_, at) => `p${at}@example.com`).join('\n');
    await paste(many);
    expect(screen.getByText(/That is 201 people; 200 can be done at once/)).toBeTruthy();
    await reviewer(user);
    await user.click(lookUp());
    expect(host.count('incident_start')).toBe(0);
    expect(text().value).toBe(many);
    await waitFor(() => expect(document.activeElement).toBe(text()));
  });

  it('says what is missing beside each field', async () => {
    const { host, user } = await show(null);
    await user.clear(screen.getByLabelText('Name'));
    await user.click(lookUp());
    expect(screen.getByText(/Nobody is named/)).toBeTruthy();
    expect(screen.getByText(/need a reviewer/)).toBeTruthy();
    expect(screen.getByText(/The reviews need a name/)).toBeTruthy();
    expect(host.count('incident_start')).toBe(0);
  });

  it('hands over text, group, reviewers, name and end once, then shows the rows', async () => {
    let done: (it: IncidentView) => void = () => undefined;
    const { host, user } = await show(null, { incident_start: () => new Promise<IncidentView>((ok) => (done = ok)) });
    await paste('person 1\nperson 2');
    await user.type(screen.getByRole('combobox', { name: /Members of a group/ }), 'con');
    await user.click(await screen.findByRole('option', { name: /Contractors/ }));
    await reviewer(user);
    await user.dblClick(lookUp());
    expect(host.count('incident_start')).toBe(1);
    const args = host.asked.find((one) => one.name === 'incident_start')?.args as IncidentArgs;
    expect(args).toMatchObject({ org: ORG, text: 'person 1\nperson 2', group: '00g1', reviewers: [BEN.id], template: 'Access review: {user}, {date}' });
    expect(Date.parse(args.endTime)).toBeGreaterThan(Date.now() + 7 * 86_400_000);
    // A row that was looked up before the reply is newer than it.
    const begun = [row(1, 'unresolved'), row(2, 'unresolved')];
    tell(host, [row(1)], { state: 'resolving' }, begun);
    done(view(begun, { state: 'resolving' }));
    await screen.findByRole('table');
    expect(within(line(1)).getByText('Ready')).toBeTruthy();
    expect(within(line(2)).getByText('Being looked up')).toBeTruthy();
    tell(host, [row(2, 'notFound', { note: 'Okta has nobody of this name.' })], { state: 'ready' }, [row(1), row(2, 'notFound')]);
    expect(await screen.findByText('Okta has nobody of this name.')).toBeTruthy();
    expect(await faults()).toEqual([]);
  });

  it('keeps what is typed when the engine refuses, and says it at the field', async () => {
    const { user } = await show(null, {
      incident_start: () => Promise.reject(problem({ code: 'badInput', title: 'The group has more than 200 people.', why: 'Choose a smaller one.', field: 'group' })),
    });
    await paste('person 1');
    await reviewer(user);
    await user.click(lookUp());
    expect(await screen.findByText('The group has more than 200 people. Choose a smaller one.')).toBeTruthy();
    expect(text().value).toBe('person 1');
    expect(screen.getByRole('button', { name: 'Remove Ben Abara' })).toBeTruthy();
  });
});

describe('looking over', () => {
  it('chooses among those who fit, leaves out and takes in again', async () => {
    const start = view([row(1), row(2, 'ambiguous', { candidates: [ADA, BEN], note: '2 people fit. Choose one.' }), row(3, 'barred', { note: 'Is among the reviewers.' })]);
    const replies: IncidentView[] = [
      view([row(1), row(2, 'ready', { person: ADA })]),
      view([row(1, 'skipped', { note: 'Left out.' }), row(2, 'ready', { person: ADA })]),
      view([row(1), row(2, 'ready', { person: ADA })]),
    ];
    const { host, user } = await show(start, { incident_row: () => replies.shift() as IncidentView });
    expect(screen.getByText('Is among the reviewers.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Choose Ada Lovelace, ada.lovelace@example.com, for row 2' }));
    await waitFor(() => expect(within(line(2)).getByText('Ready')).toBeTruthy());
    // The button that was pressed is gone; the focus is still in its row.
    await waitFor(() => expect(line(2).contains(document.activeElement)).toBe(true));
    await user.click(screen.getByRole('button', { name: 'Leave out: Person 1' }));
    await user.click(await screen.findByRole('button', { name: 'Take in again: Person 1' }));
    expect(host.asked.filter((one) => one.name === 'incident_row').map((one) => one.args)).toEqual([
      { org: ORG, row: 2, person: ADA.id },
      { org: ORG, row: 1, person: null },
      { org: ORG, row: 1, person: row(1).person?.id },
    ]);
  });

  it('shows those that need a look alone', async () => {
    const { user } = await show(view([row(1), row(2, 'notFound'), row(3)]));
    await user.click(screen.getByRole('button', { name: /Need a look/ }));
    expect(line(1)).toBeNull();
    expect(line(2)).toBeTruthy();
  });

  it('changes what all have in common', async () => {
    const { host, user } = await show(view([row(1)]), { incident_change: () => view([row(1)], { template: 'Laptop: {user}' }) });
    await user.click(screen.getByRole('button', { name: 'Reviewers, name and end' }));
    const sheet = screen.getByRole('dialog');
    const name = await within(sheet).findByLabelText('Name');
    await user.clear(name);
    expect(within(sheet).getByRole('button', { name: 'Save' })).toHaveProperty('disabled', true);
    await user.type(name, 'Laptop: {{user}');
    await user.click(within(sheet).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(host.asked.at(-1)?.args).toEqual({ org: ORG, reviewers: [BEN.id], template: 'Laptop: {user}', endTime: '2036-12-02T09:00:00Z' });
    expect(screen.getByText(/“Laptop: \{user\}”/)).toBeTruthy();
  });

  it('puts the list back into the form', async () => {
    const { user } = await show(view([row(1), row(2, 'notFound'), row(3, 'launched')]), { incident_clear: () => ({}) });
    await user.click(screen.getByRole('button', { name: 'Start anew' }));
    await screen.findByRole('form');
    expect(text().value).toBe('person.1@example.com\nperson 2');
    expect(screen.getByRole('button', { name: 'Remove Ben Abara' })).toBeTruthy();
  });

  it('can’t be launched while the end is wrong', async () => {
    await show(view([row(1)], { problems: [problem({ code: 'badInput', title: 'The end is too early.', why: 'Choose later.', field: 'endTime' })] }));
    expect(screen.getByText(/The end is too early/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Launch 1 review' })).toHaveProperty('disabled', true);
  });
});

describe('launching', () => {
  it('asks with the count and who is mailed, and runs once', async () => {
    let done: (it: IncidentView) => void = () => undefined;
    const rows = [row(1), row(2), row(3, 'barred')];
    const { host, user } = await show(view(rows), { incident_run: () => new Promise<IncidentView>((ok) => (done = ok)) });
    await user.click(screen.getByRole('button', { name: 'Launch 2 reviews' }));
    const dialog = screen.getByRole('dialog', { name: 'Launch 2 reviews?' });
    expect(dialog.textContent).toMatch(/Okta mails the reviewer about each review:\s*Ben Abara/);
    expect(dialog.textContent).toContain('acme.okta.com is a production org.');
    expect(dialog.textContent).toMatch(/1 row that needs a look is left out/);
    await user.dblClick(within(dialog).getByRole('button', { name: 'Launch 2 reviews' }));
    expect(host.count('incident_run')).toBe(1);
    tell(host, [row(1, 'sending')], { state: 'running' }, [row(1, 'sending'), row(2), row(3, 'barred')]);
    done(view(rows, { state: 'running' }));
    expect(await screen.findByRole('button', { name: 'Pause' })).toBeTruthy();
    expect(within(line(1)).getByText('Being launched')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Leave/ })).toBeNull();
  });

  it('pauses, goes on, and shows each result with its review', async () => {
    const rows = [row(1, 'launched', { review: 'sar1' }), row(2)];
    const { host, user } = await show(view(rows, { state: 'running', eta: new Date(Date.now() + 180_500).toISOString(), words: 'Waits for Okta’s rate limit.' }), {
      incident_pause: () => view(rows, { state: 'paused', words: 'Paused. Go on whenever you like.' }),
      incident_run: () => view(rows, { state: 'running' }),
    });
    expect(screen.getByText('Waits for Okta’s rate limit.')).toBeTruthy();
    expect(screen.getByText('in 3 minutes')).toBeTruthy();
    expect(screen.getByRole('progressbar')).toHaveProperty('value', 1);
    await user.click(screen.getByRole('button', { name: 'Pause' }));
    await user.click(await screen.findByRole('button', { name: 'Go on' }));
    await user.click(within(screen.getByRole('dialog', { name: 'Launch 1 review?' })).getByRole('button', { name: 'Launch 1 review' }));
    await screen.findByRole('button', { name: 'Pause' });
    tell(host, [row(2, 'found', { review: 'sar2', note: 'The answer was lost.' })], { state: 'done' }, [row(1, 'launched'), row(2, 'found')]);
    expect(await within(line(2)).findByText('Launched and found')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Open the review of Person 2' }));
    expect(router.current).toEqual({ name: 'review', side: 'admin', review: 'sar2' });
  });

  it('after a restart it is paused, and says so', async () => {
    await show(view([row(1, 'sending'), row(2)], { state: 'paused', words: 'Gatehouse was closed while it was launching.' }));
    expect(screen.getByText('Paused')).toBeTruthy();
    expect(screen.getByText('Gatehouse was closed while it was launching.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Go on' })).toBeTruthy();
  });

  it('cancels only after it was asked', async () => {
    const rows = [row(1, 'launched'), row(2)];
    const { host, user } = await show(view(rows, { state: 'running' }), { incident_cancel: () => view(rows, { state: 'cancelled' }) });
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(host.count('incident_cancel')).toBe(0);
    const dialog = screen.getByRole('dialog', { name: 'Cancel the rest?' });
    expect(dialog.textContent).toMatch(/1 review is not launched then/);
    await user.click(within(dialog).getByRole('button', { name: 'Cancel the rest' }));
    expect(await screen.findByRole('button', { name: 'Clear away' })).toBeTruthy();
  });

  it('launches the failed ones again; all found meanwhile is no failure', async () => {
    const before = [row(1, 'launched'), row(2, 'unknown')];
    const after = [row(1, 'launched'), row(2, 'found', { review: 'sar2' })];
    let now = view(before, { state: 'done' });
    const { host, user } = await show(now, {
      incident_get: () => now,
      incident_retry: () => {
        now = view(after, { state: 'paused' });
        return Promise.reject(problem({ code: 'badInput', title: 'There is nobody to launch for.' }));
      },
    });
    await user.click(screen.getByRole('button', { name: 'Launch the failed ones again' }));
    const dialog = screen.getByRole('dialog', { name: 'Launch 1 review?' });
    expect(dialog.textContent).toContain('are looked for first');
    await user.dblClick(within(dialog).getByRole('button', { name: 'Launch 1 review' }));
    expect(await within(line(2)).findByText('Launched and found')).toBeTruthy();
    expect(host.count('incident_retry')).toBe(1);
    expect(screen.queryByText('There is nobody to launch for.')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Go on' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Clear away' })).toBeTruthy();
  });

  it('says that the rest of a cancelled list goes along with the failed ones', async () => {
    const { host, user } = await show(view([row(1, 'failed'), row(2), row(3)], { state: 'cancelled' }));
    expect(within(line(2)).getByText('Not launched')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Launch the failed ones and the rest' }));
    expect(screen.getByRole('dialog', { name: 'Launch 3 reviews?' })).toBeTruthy();
    expect(host.count('incident_retry')).toBe(0);
  });

  it('says why it was not begun, and keeps the rows', async () => {
    const { user } = await show(view([row(1)]), { incident_run: () => Promise.reject(problem({ code: 'readOnly', title: 'This org is locked.', next: [{ kind: 'unlock' }] })) });
    await user.click(screen.getByRole('button', { name: 'Launch 1 review' }));
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Launch 1 review' }));
    expect(await screen.findByText('This org is locked.')).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(line(1)).toBeTruthy();
  });

  it('copies the result, and clears it away', async () => {
    const { host, user } = await show(view([row(1, 'failed', { text: '=1+1' })], { state: 'done' }), { copy: () => ({}), incident_clear: () => ({}) });
    await user.click(screen.getByRole('button', { name: 'Copy as CSV' }));
    expect((host.asked.at(-1)?.args as { text: string }).text).toContain("1,'=1+1,Person 1");
    await user.click(screen.getByRole('button', { name: 'Clear away' }));
    expect(await screen.findByRole('form')).toBeTruthy();
  });
});

describe('events', () => {
  it('of another org or an older list change nothing; a newer list is read', async () => {
    let now = view([row(1)]);
    const { host } = await show(now, { incident_get: () => now });
    host.send({ kind: 'incident', org: 'other', head: head([row(1, 'failed')]), rows: [row(1, 'failed')] });
    host.send({ kind: 'incident', org: ORG, head: head([], { at: '2026-11-25T08:00:00Z' }), rows: [row(1, 'failed')] });
    expect(within(line(1)).getByText('Ready')).toBeTruthy();
    expect(host.count('incident_get')).toBe(1);
    const later = { at: '2026-11-25T10:00:00Z' };
    now = view([row(1, 'launched'), row(2)], later);
    host.send({ kind: 'incident', org: ORG, head: head(now.rows, later), rows: [row(1, 'launched')] });
    await waitFor(() => expect(line(2)).toBeTruthy());
    host.send({ kind: 'incident', org: ORG, head: null, rows: [] });
    expect(await screen.findByRole('form')).toBeTruthy();
    expect(AT).toBe(head([]).at);
  });

  it('say when the list can’t be read, and try again', async () => {
    let fails = true;
    fakeHost({
      launch_form: () => form(),
      incident_get: () => {
        if (fails) throw problem({ next: [{ kind: 'retry' }] });
        return null;
      },
    });
    showIn(Incident, { org: ORG });
    const again = await screen.findByRole('button', { name: /Try again/ });
    fails = false;
    await userEvent.setup().click(again);
    expect(await screen.findByRole('form')).toBeTruthy();
  });
});
