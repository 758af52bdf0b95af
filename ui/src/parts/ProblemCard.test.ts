import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { NextStep } from '../lib/ipc/generated';
import { faults } from '../testing/axe';
import { fakeHost, problem } from '../testing/fakehost';
import ProblemCard from './ProblemCard.svelte';

const OKTA = {
  status: 403, errorCode: 'E0000006', summary: 'You do not have permission.', causes: ['role: missing'], requestId: 'req-1', errorId: 'oae1',
  call: 'GET /api/v1/apps',
};

describe('a problem', () => {
  it('says what and why, at once', async () => {
    render(ProblemCard, { problem: problem({ title: 'Can’t connect.', why: 'The network is down.' }), onstep: vi.fn() });
    expect(screen.getByRole('alert').textContent).toContain('Can’t connect.');
    expect(screen.getByRole('alert').textContent).toContain('The network is down.');
    expect(screen.queryByText('What Okta said')).toBeNull();
    expect(await faults()).toEqual([]);
  });

  it('has one button for each next step, and hands that step on', async () => {
    const next: NextStep[] = [{ kind: 'retryKeychain' }, { kind: 'sessionOnly' }, { kind: 'copy', label: 'Copy the link', text: 'https://x' }];
    const onstep = vi.fn();
    render(ProblemCard, { problem: problem({ next }), onstep });
    expect(screen.getAllByRole('button').map((one) => one.textContent?.trim())).toEqual([
      'Try the keychain again', 'Keep it for this session only', 'Copy the link',
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'Copy the link' }));
    expect(onstep).toHaveBeenCalledExactlyOnceWith(next[2]);
  });

  it('a step under way is not started twice', async () => {
    let finish = () => {};
    const onstep = vi.fn(() => new Promise<void>((done) => (finish = done)));
    render(ProblemCard, { problem: problem({ next: [{ kind: 'retry' }] }), onstep });
    const button = screen.getByRole('button', { name: /Try again/ });
    await userEvent.click(button);
    await userEvent.click(button);
    expect(onstep).toHaveBeenCalledOnce();
    finish();
    await vi.waitFor(() => expect(button.getAttribute('aria-busy')).toBeNull());
    await userEvent.click(button);
    expect(onstep).toHaveBeenCalledTimes(2);
  });

  it('counts down to when trying again makes sense', () => {
    const retryAt = new Date(Date.now() + 30_000).toISOString();
    render(ProblemCard, { problem: problem({ code: 'rateLimited', next: [{ kind: 'retry' }], retryAt }), onstep: vi.fn() });
    expect(screen.getByRole('button').textContent).toMatch(/\((29|30) s\)/);
  });

  it('shows what Okta said, with the request id to copy', async () => {
    const host = fakeHost({ copy: () => ({}) });
    render(ProblemCard, { problem: problem({ okta: OKTA }), onstep: vi.fn() });
    const details = screen.getByText('What Okta said').closest('details');
    for (const words of ['HTTP 403', 'E0000006', 'You do not have permission.', 'role: missing', 'GET /api/v1/apps', 'oae1', 'req-1']) {
      expect(details?.textContent).toContain(words);
    }
    details?.setAttribute('open', '');
    await userEvent.click(screen.getByRole('button', { name: 'Copy request id' }));
    expect(host.asked).toEqual([{ name: 'copy', args: { text: 'req-1' } }]);
  });

  it('text from Okta never becomes markup', () => {
    render(ProblemCard, { problem: problem({ title: '<img src=x onerror=alert(1)>', okta: { ...OKTA, summary: '<b>x</b>' } }), onstep: vi.fn() });
    expect(document.querySelector('img, b')).toBeNull();
    expect(screen.getByRole('alert').textContent).toContain('<img src=x onerror=alert(1)>');
  });
});
