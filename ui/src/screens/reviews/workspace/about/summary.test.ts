import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SummaryView } from '../../../../lib/ipc/generated';
import { faults } from '../../../../testing/axe';
import { fakeHost, problem } from '../../../../testing/fakehost';
import { showIn } from '../../../../testing/onshow';
import { ABOUT, detail, ORG, startSession, summary } from './fixtures';
import PrincipalCard from './PrincipalCard.svelte';
import Summary from './Summary.svelte';

beforeEach(() => startSession());

const REVIEW_SUMMARY = { ...ABOUT, ai: 'on' as const, kept: null };
const ask = () => userEvent.click(screen.getByRole('button', { name: 'Ask for a summary' }));

describe('a summary', () => {
  it('is asked for only by a person, and is marked as the AI’s', async () => {
    const host = fakeHost({ review_summary: () => summary() });
    showIn(Summary, REVIEW_SUMMARY);
    expect(host.asked).toEqual([]);
    await ask();
    const text = await screen.findByText(/Two things/);
    expect(text.textContent).toBe('Two things\nare unusual.');
    expect(screen.getByText(/Written by Okta’s AI.*may be wrong/)).toBeTruthy();
    expect(host.asked).toEqual([{ name: 'review_summary', args: ABOUT }]);
    expect(await faults()).toEqual([]);
  });

  it('goes on while another item is looked at, and is there on coming back', async () => {
    let answer: (it: SummaryView) => void = () => undefined;
    const host = fakeHost({ access_summary: () => new Promise<SummaryView>((done) => (answer = done)) });
    const { rerender } = render(Summary, { ...REVIEW_SUMMARY, access: 'aim1' });
    await ask();
    expect(screen.getByText(/is writing/)).toBeTruthy();
    await rerender({ ...REVIEW_SUMMARY, access: 'aim2' });
    expect(screen.queryByText(/is writing/)).toBeNull();
    answer(summary());
    await waitFor(() => expect(screen.queryByText(/Two things/)).toBeNull());
    await rerender({ ...REVIEW_SUMMARY, access: 'aim1' });
    await screen.findByText(/Two things/);
    expect(host.asked).toEqual([{ name: 'access_summary', args: { ...ABOUT, access: 'aim1', sub: null } }]);
  });

  it('shows Okta’s errors as sentences, and asks again', async () => {
    let turn = 0;
    fakeHost({ review_summary: () => (turn++ === 0 ? summary({ state: 'failed', text: '', errors: ['The generator is away.'] }) : summary()) });
    render(Summary, REVIEW_SUMMARY);
    await ask();
    await screen.findByText('The generator is away.');
    await userEvent.click(screen.getByRole('button', { name: 'Ask again' }));
    await screen.findByText(/Two things/);
    expect(screen.queryByText('The generator is away.')).toBeNull();
  });

  it('says where they are switched on when they are off, known before or by the answer', async () => {
    fakeHost({ review_summary: () => summary({ state: 'off', text: '', errors: [] }) });
    const { unmount } = render(Summary, { ...REVIEW_SUMMARY, ai: 'off' });
    expect(screen.getByText('AI summaries are off in this org.')).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
    unmount();
    render(Summary, { ...REVIEW_SUMMARY, ai: 'unknown' });
    await ask();
    await screen.findByText(/Settings > Features/);
  });

  it('shows what Okta kept, also where new ones are off, and keeps it when asking is refused', async () => {
    const host = fakeHost({ review_summary: () => Promise.reject(problem({ title: 'Not permitted.' })) });
    const { rerender } = render(Summary, { ...REVIEW_SUMMARY, kept: 'From last week.' });
    expect(screen.getByText('From last week.')).toBeTruthy();
    expect(screen.getByText(/kept by Okta/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Ask again' }));
    await screen.findByText('Not permitted.');
    expect(screen.getByText('From last week.')).toBeTruthy();
    expect(host.count('review_summary')).toBe(1);
    await rerender({ ...REVIEW_SUMMARY, ai: 'off', kept: summary({ text: 'Kept.' }) });
    expect(screen.getByText('Kept.')).toBeTruthy();
  });

  it('is forgotten with its org', async () => {
    const host = fakeHost({ review_summary: () => summary() });
    const { unmount } = render(Summary, REVIEW_SUMMARY);
    await ask();
    await screen.findByText(/Two things/);
    unmount();
    host.send({ kind: 'orgs', orgs: [], current: null });
    render(Summary, REVIEW_SUMMARY);
    expect(screen.queryByText(/Two things/)).toBeNull();
  });
});

describe('who is reviewed', () => {
  it('shows what Okta says and leaves out what it does not', async () => {
    showIn(PrincipalCard, { detail: detail() });
    for (const words of ['Hugo Abara', 'hugo@example.com', 'Active', 'Finance', 'Kyoto, Japan', 'Reykjavík, Iceland', '203.0.113.7', 'Help Desk Administrator']) {
      expect(screen.getByText(words)).toBeTruthy();
    }
    for (const label of ['Manager', 'Role', 'Device']) expect(screen.queryByText(label)).toBeNull();
    expect(await faults()).toEqual([]);
  });

  it('shows a status and a time nobody knows as they came', () => {
    const it = detail();
    if (it.principal) it.principal = { ...it.principal, profile: { ...it.principal.profile, status: 'PAUSED' }, lastSignIn: { at: 'last spring', place: null, device: null, ipAddress: null } };
    render(PrincipalCard, { detail: it });
    expect(screen.getByText('PAUSED')).toBeTruthy();
    expect(screen.getByText('last spring')).toBeTruthy();
  });

  it('says that Okta still gathers, with the name where it is known', () => {
    render(PrincipalCard, { detail: detail({ principal: null, resting: 'Okta is still gathering.' }) });
    expect(screen.getByText('Hugo Abara')).toBeTruthy();
    expect(screen.getByText('Okta is still gathering.')).toBeTruthy();
  });

  it('reads again after a problem', async () => {
    const host = fakeHost({ review_open: () => detail() });
    render(PrincipalCard, { detail: detail({ principal: null, principalProblem: problem({ title: 'Not permitted.', next: [{ kind: 'retry' }] }) }) });
    expect(screen.getByText('Not permitted.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByText('Finance');
    expect(host.asked).toEqual([{ name: 'review_open', args: { org: ORG, side: 'admin', review: 'sar1' } }]);
    expect(screen.queryByText('Not permitted.')).toBeNull();
  });
});
