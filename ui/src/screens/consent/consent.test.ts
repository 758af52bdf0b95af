import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppDetail, ConnectView } from '../../lib/ipc/generated';
import { dispatchPaste } from '../../lib/pastehook';
import { router } from '../../lib/route.svelte';
import { session } from '../../lib/session.svelte';
import { faults } from '../../testing/axe';
import { fakeHost, problem, type FakeHost } from '../../testing/fakehost';
import Connection from '../connection/Connection.svelte';
import { APP, checklist, connection, detail, google, ORG, startSession, view, waiting } from '../connection/fixtures';
import { everything, showIn } from '../../testing/onshow';

const ANSWER = '{"continue_oauth_flow_url":{"href":"https://acme.okta.com/x?code=c0de&state=st4te","method":"POST"}}';

beforeEach(startSession);
afterEach(() => void vi.useRealTimers());

type Answers = ConstructorParameters<typeof FakeHost>[0];

/** The page of a google app whose consent is where `connect` says. */
async function show(connect: ConnectView, answers: Answers = {}, more: Partial<AppDetail> = {}) {
  const it = detail(google, { connection: connection({ scheme: 'oauth2', consentOffered: true }), connect, ...more });
  const host = fakeHost({ app_open: () => it, connect_finish: () => view({ stage: 'finishing' }), ...answers });
  showIn(Connection, { org: ORG, app: APP });
  await screen.findByRole('heading', { level: 1, name: it.row.label });
  const say = (next: ConnectView) => host.send({ kind: 'connect', view: next });
  return { host, say, user: userEvent.setup() };
}

const sheet = () => screen.findByRole('dialog', { name: 'Consent for Google Workspace' });
const target = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Paste what the last page shows' });
const sent = (host: FakeHost) => host.asked.filter((it) => it.name === 'connect_finish').map((it) => (it.args as { text: string }).text);

function clipboardEvent(text: string): ClipboardEvent {
  const event = new Event('paste', { bubbles: true, cancelable: true });
  Object.defineProperty(event, 'clipboardData', { value: { files: [], getData: (format: string) => (format === 'text/plain' ? text : '') } });
  return event as ClipboardEvent;
}

function dropEvent(type: string, files: File[], text = ''): Event {
  const event = new Event(type, { bubbles: true, cancelable: true });
  Object.defineProperty(event, 'dataTransfer', { value: { files, getData: (format: string) => (format === 'text/plain' ? text : '') } });
  Object.defineProperty(event, 'relatedTarget', { value: null });
  return event;
}

describe('before', () => {
  it('says which account, what goes wrong and what the last page looks like', async () => {
    const { host, user } = await show(waiting({ openedAt: null }), { connect_browser: () => waiting() });
    const it = within(await sheet());
    expect(it.getByText(google.accountHint)).toBeTruthy();
    expect(it.getByText(google.blockers[0] ?? '')).toBeTruthy();
    expect(it.getByRole('img', { name: /a few lines of code/ })).toBeTruthy();
    expect(it.getByText(/Copy all of it, come back and paste it here/)).toBeTruthy();
    expect(it.getByText('accounts.google.com')).toBeTruthy();
    expect(it.getByText(/activates the connection/)).toBeTruthy();
    expect(await faults()).toEqual([]);
    await user.click(it.getByRole('button', { name: 'Open in browser' }));
    expect(host.count('connect_browser')).toBe(1);
    expect(await target()).toBeTruthy();
  });

  it('warns of a host this app is not known for', async () => {
    await show(waiting({ openedAt: null, consentHost: 'login.example.net', consentHostUnknown: true }));
    expect(within(await sheet()).getByText(/not a host Gatehouse knows of Google/)).toBeTruthy();
  });

  it('copies the link for another profile, and shows it only where it has to', async () => {
    let url = '';
    const { user, say } = await show(waiting({ openedAt: null }), { connect_link: () => ({ url, host: 'accounts.google.com', copied: url === '' }) });
    await user.click(within(await sheet()).getByRole('button', { name: 'Copy link' }));
    expect(await screen.findByText(/The link is on the clipboard. It leads to/)).toBeTruthy();
    url = 'https://accounts.google.com/o?state=x';
    say(waiting({ browserFailed: true }));
    expect(await screen.findByText(/could not be opened/)).toBeTruthy();
    await user.click(within(await sheet()).getByRole('button', { name: 'Copy link' }));
    expect(await screen.findByText(url)).toBeTruthy();
  });

  it('takes a consent up that nobody began here', async () => {
    const { host, user } = await show(view(), { connect_resume: () => waiting({ openedAt: null }) });
    await user.click(screen.getByRole('button', { name: 'Give consent' }));
    expect(host.count('connect_resume')).toBe(1);
    const open = within(await sheet()).getByRole('button', { name: 'Open in browser' });
    await waitFor(() => expect(document.activeElement).toBe(open));
  });
});

describe('the ways in', () => {
  it('has the focus in its one target', async () => {
    await show(waiting());
    expect(document.activeElement).toBe(await target());
    expect(await faults()).toEqual([]);
  });

  it('a paste into the target', async () => {
    const { host } = await show(waiting());
    const area = await target();
    await fireEvent(area, clipboardEvent(ANSWER));
    await waitFor(() => expect(sent(host)).toEqual([ANSWER]));
    expect(everything()).not.toContain('c0de');
  });

  it('a paste anywhere in the window, with the sheet closed too', async () => {
    const { host, user } = await show(waiting());
    await user.click(within(await sheet()).getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    const event = clipboardEvent(ANSWER);
    document.body.dispatchEvent(event);
    dispatchPaste(event);
    await waitFor(() => expect(sent(host)).toEqual([ANSWER]));
    expect(await sheet()).toBeTruthy();
  });

  it('typed text goes on with Enter and leaves nothing behind', async () => {
    const { host, user } = await show(waiting(), { connect_finish: () => Promise.reject(problem({ code: 'consentUnreadable', title: 'Not that.' })) });
    const area = await target();
    await user.type(area, 'https://acme.okta.com/?code=c0de');
    expect(screen.getByRole('button', { name: 'Use this text' })).toBeTruthy();
    await user.keyboard('{Enter}');
    expect(await screen.findByText('Not that.')).toBeTruthy();
    expect(sent(host)).toEqual(['https://acme.okta.com/?code=c0de']);
    expect(area.value).toBe('');
    expect(everything()).not.toContain('c0de');
    expect(screen.queryByRole('button', { name: 'Use this text' })).toBeNull();
  });

  it('a dropped file', async () => {
    const { host } = await show(waiting());
    await target();
    await fireEvent(window, dropEvent('dragover', []));
    await fireEvent(window, dropEvent('drop', [new File([ANSWER], 'answer.json')]));
    await waitFor(() => expect(sent(host)).toEqual([ANSWER]));
  });

  it('dragged text', async () => {
    const { host } = await show(waiting());
    const area = await target();
    const event = dropEvent('drop', [], ANSWER);
    await fireEvent(area, event);
    await waitFor(() => expect(sent(host)).toEqual([ANSWER]));
    // Used up, so that the browser does not put it into the field as well.
    expect(event.defaultPrevented).toBe(true);
  });

  it('the button, read by Rust', async () => {
    const { host, user } = await show(waiting(), { connect_finish_clipboard: () => 'taken' });
    await user.click(within(await sheet()).getByRole('button', { name: 'Paste from clipboard' }));
    expect(host.asked.at(-1)).toEqual({ name: 'connect_finish_clipboard', args: { org: ORG, app: APP, asked: true } });
  });

  it('the clipboard on return, only after a yes', async () => {
    const { host, user } = await show(waiting(), { connect_finish_clipboard: () => 'nothing', settings_save: (it) => it });
    await target();
    window.dispatchEvent(new Event('focus'));
    expect(host.count('connect_finish_clipboard')).toBe(0);
    await user.click(screen.getByRole('button', { name: 'Yes, look' }));
    await waitFor(() => expect(session.settings.clipboardLook).toBe('yes'));
    expect(screen.queryByText(/Look at my clipboard/)).toBeNull();
    window.dispatchEvent(new Event('focus'));
    await waitFor(() => expect(host.asked.at(-1)).toEqual({ name: 'connect_finish_clipboard', args: { org: ORG, app: APP, asked: false } }));
  });
});

describe('what is said', () => {
  const refuse = (more: Parameters<typeof problem>[0]) => ({ connect_finish: () => Promise.reject(problem(more)) });

  async function paste() {
    await fireEvent(await target(), clipboardEvent(ANSWER));
  }

  it('each refusal in its own sentence with its own button', async () => {
    const { host, user } = await show(waiting(), {
      ...refuse({ code: 'consentMismatch', title: 'This is from your earlier attempt.', why: 'Only the latest one counts.', next: [{ kind: 'reopenConsent' }] }),
      connect_resume: () => waiting(),
      connect_browser: () => waiting(),
    });
    await paste();
    expect(await screen.findByText('This is from your earlier attempt.')).toBeTruthy();
    expect(await faults()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Open consent again' }));
    await waitFor(() => expect(host.asked.map((it) => it.name).slice(-2)).toEqual(['connect_resume', 'connect_browser']));
    expect(screen.queryByText('This is from your earlier attempt.')).toBeNull();
  });

  it('a no is calm, and leads on', async () => {
    await show(waiting(), refuse({ code: 'consentDenied', title: 'The consent was refused.', why: 'Nothing has changed in Okta.', next: [{ kind: 'reopenConsent' }] }));
    await paste();
    expect(await screen.findByRole('heading', { name: 'The consent was refused.' })).toBeTruthy();
    expect(document.querySelector('dialog [role="alert"]')).toBeNull();
    expect(screen.getByRole('button', { name: 'Open consent again' })).toBeTruthy();
    expect(await faults()).toEqual([]);
    await userEvent.setup().click(screen.getByRole('button', { name: 'I have another answer to paste' }));
    expect(await target()).toBeTruthy();
  });

  it('an answer of another consent finishes that one there', async () => {
    let refused = false;
    const { host, user } = await show(waiting(), {
      connect_finish: () => {
        if (refused) return view({ stage: 'finishing', app: '0oa9' });
        refused = true;
        throw problem({ code: 'consentOther', title: 'This answer belongs to Slack.', next: [{ kind: 'finishOther', org: ORG, app: '0oa9', label: 'Slack' }] });
      },
    });
    await paste();
    await user.click(await screen.findByRole('button', { name: 'Finish Slack instead' }));
    await waitFor(() => expect(router.current).toEqual({ name: 'connection', app: '0oa9' }));
    expect(host.asked.filter((it) => it.name === 'connect_finish').at(-1)?.args).toEqual({ org: ORG, app: '0oa9', text: ANSWER });
    expect(everything()).not.toContain('c0de');
  });

  it('how long ago, and after ten minutes that it may have expired', async () => {
    vi.useFakeTimers({ now: Date.parse('2026-11-24T09:03:00Z'), toFake: ['Date', 'setInterval', 'clearInterval'] });
    await show(waiting());
    await target();
    expect(screen.getByText(/Opened 3 minutes ago at accounts.google.com/)).toBeTruthy();
    expect(screen.queryByText(/may have expired/)).toBeNull();
    vi.setSystemTime(Date.parse('2026-11-24T09:10:00Z'));
    vi.advanceTimersByTime(1000);
    await tick();
    expect(screen.getByText(/may have expired; try, or open it again/)).toBeTruthy();
    // Nothing is taken away for it.
    expect(await target()).toBeTruthy();
  });

  it('a consent of an earlier run can be finished, or opened anew', async () => {
    const { host, user } = await show(waiting({ consentHost: null }), { connect_resume: () => waiting(), connect_browser: () => waiting() });
    expect(within(await sheet()).getByText(/opened in an earlier run of Gatehouse/)).toBeTruthy();
    expect(await faults()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Get a fresh link' }));
    await waitFor(() => expect(host.count('connect_browser')).toBe(1));
  });
});

describe('afterwards', () => {
  it('the whole way: paste, checklist, done, clear the clipboard, features', async () => {
    const { host, say, user } = await show(waiting(), { clipboard_clear: () => ({}), connect_finish: () => view({ stage: 'finishing', steps: checklist('callback') }) });
    await fireEvent(await target(), clipboardEvent(ANSWER));
    expect(await screen.findByText('Handing the consent to Okta.')).toBeTruthy();
    say(view({ stage: 'activating', steps: checklist('activate') }));
    expect(await screen.findByText('Activating the connection.')).toBeTruthy();
    say(view({ stage: 'done', steps: checklist('end') }));
    expect(await screen.findByRole('heading', { name: 'Google Workspace is connected' })).toBeTruthy();
    expect(await faults()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Clear clipboard' }));
    expect([host.asked.at(-1)?.name, host.count('copy')]).toEqual(['clipboard_clear', 0]);
    await user.click(screen.getByRole('button', { name: 'Next: features' }));
    expect(router.current).toEqual({ name: 'features', app: APP });
  });

  it('what Rust took from the clipboard, Rust clears', async () => {
    const { host, say, user } = await show(waiting(), { connect_finish_clipboard: () => 'taken', clipboard_clear: () => ({}) });
    await user.click(within(await sheet()).getByRole('button', { name: 'Paste from clipboard' }));
    say(view({ stage: 'finishing' }));
    say(view({ stage: 'done' }));
    await user.click(await screen.findByRole('button', { name: 'Clear clipboard' }));
    expect(host.count('clipboard_clear')).toBe(1);
  });

  it('authorized but not active: one button', async () => {
    const { host, say, user } = await show(waiting({ autoActivate: false }), { connect_activate: () => view({ stage: 'activating' }) });
    say(view({ stage: 'finishing' }));
    say(view({ stage: 'authorized' }));
    await user.click(within(await sheet()).getByRole('button', { name: 'Activate' }));
    expect(host.count('connect_activate')).toBe(1);
  });

  it('finished somewhere else: said, and nothing to paste', async () => {
    const { say } = await show(waiting());
    say(view({ stage: 'done' }));
    expect(await screen.findByRole('heading', { name: 'It was finished somewhere else' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Clear clipboard' })).toBeNull();
  });

  it('an expired code: Okta’s words and a fresh link', async () => {
    const { say } = await show(waiting());
    say(view({ stage: 'finishing' }));
    say(view({ stage: 'failed', steps: checklist('callback', 'failed'), problem: problem({ code: 'consentExpired', title: 'Okta did not take this consent.', next: [{ kind: 'reopenConsent' }] }) }));
    const it = within(await sheet());
    expect(it.getByText('Okta did not take this consent.')).toBeTruthy();
    expect(it.getByRole('button', { name: 'Open consent again' })).toBeTruthy();
  });

  it('cancelled: the sheet is gone and the page says what is left', async () => {
    const { user } = await show(waiting(), { connect_cancel: () => view({ stage: 'cancelled' }) });
    await user.click(within(await sheet()).getByRole('button', { name: 'Cancel the consent' }));
    expect(await screen.findByText(/stays in Okta/)).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
