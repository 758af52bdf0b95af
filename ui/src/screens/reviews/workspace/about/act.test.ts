import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReviewAction, ReviewDetail } from '../../../../lib/ipc/generated';
import { faults } from '../../../../testing/axe';
import { fakeHost, problem, type FakeHost } from '../../../../testing/fakehost';
import ActReview from './ActReview.svelte';
import { CLOSE, decision, detail, ORG, RESTORE, REVIEW, row, startSession } from './fixtures';

beforeEach(() => startSession());

const closed = () => detail({ review: row({ status: 'CLOSED' }), actions: [] });
const go = (name = 'Close review') => screen.getByRole<HTMLButtonElement>('button', { name });

async function show(answers: FakeHost['answers'], action: ReviewAction = CLOSE) {
  const ondone = vi.fn();
  const host = fakeHost({ decisions_list: () => [], ...answers });
  render(ActReview, { detail: detail(), action, onclose: () => undefined, ondone });
  await waitFor(() => expect(host.count('decisions_list')).toBe(1));
  return { host, ondone };
}

describe('closing', () => {
  it('says what it does, sends once, and gives the review read back', async () => {
    let answer: (it: ReviewDetail) => void = () => undefined;
    const { host, ondone } = await show({ review_act: () => new Promise<ReviewDetail>((done) => (answer = done)) });
    expect(screen.getByText('Closing is final.')).toBeTruthy();
    expect(await faults()).toEqual([]);
    await userEvent.dblClick(go());
    expect(host.asked.filter(({ name }) => name === 'review_act')).toEqual([
      { name: 'review_act', args: { org: ORG, side: 'admin', review: REVIEW, action: 'CLOSE_REVIEW' } },
    ]);
    answer(closed());
    await waitFor(() => expect(ondone).toHaveBeenCalledOnce());
  });

  it('wants the review’s name typed on a production org, and takes it in any case', async () => {
    startSession('production');
    const { host } = await show({ review_act: closed });
    expect(go().disabled).toBe(true);
    const field = screen.getByLabelText('Type the review’s name');
    await userEvent.type(field, 'Lost laptop{Enter}');
    expect(host.count('review_act')).toBe(0);
    await userEvent.clear(field);
    await userEvent.type(field, ' lost laptop:  Hugo abara{Enter}');
    await waitFor(() => expect(host.count('review_act')).toBe(1));
    await userEvent.type(field, '{Enter}');
    expect(host.count('review_act')).toBe(1);
  });

  it('waits for decisions that are not sent, by name', async () => {
    const { host } = await show({
      decisions_list: () => [
        decision(1),
        decision(2, { state: 'settled' }),
        decision(3, { review: 'other' }),
        decision(4, { state: 'sending' }),
      ],
      decision_send: ({ id }) => decision(id, { state: 'sending' }),
    });
    await screen.findByText('2 decisions have not been sent yet');
    expect(screen.getByText('Revoke access: App 1')).toBeTruthy();
    expect(screen.getByText('Revoke access: App 4, being sent')).toBeTruthy();
    expect(go().disabled).toBe(true);
    await userEvent.click(go('Send them now'));
    expect(host.asked.filter(({ name }) => name === 'decision_send').map(({ args }) => args)).toEqual([{ id: 1 }]);
    host.send({ kind: 'decision', view: decision(1, { state: 'following' }) });
    host.send({ kind: 'decision', view: decision(4, { state: 'failed' }) });
    await waitFor(() => expect(go().disabled).toBe(false));
  });

  it('a decision that was sent while the list was on its way is not waited for', async () => {
    const host = fakeHost();
    host.answers.decisions_list = () => {
      host.send({ kind: 'decision', view: decision(1, { state: 'following' }) });
      return [decision(1)];
    };
    render(ActReview, { detail: detail(), action: CLOSE, onclose: () => undefined, ondone: () => undefined });
    await waitFor(() => expect(go().disabled).toBe(false));
    expect(screen.queryByText(/not been sent yet/)).toBeNull();
  });

  it('is not called done while Okta shows the review as open', async () => {
    const { host, ondone } = await show({ review_act: () => detail() });
    await userEvent.click(go());
    await screen.findByText('Not closed yet');
    expect(ondone).not.toHaveBeenCalled();
    await userEvent.click(go('Back to the review'));
    expect(ondone).toHaveBeenCalledOnce();
    expect(host.count('review_act')).toBe(1);
  });

  it('after a lost answer it looks, and sends nothing again', async () => {
    const { host, ondone } = await show({
      review_act: () => Promise.reject(problem({ code: 'outcomeUnknown', title: 'The answer was lost.', next: [{ kind: 'checkAgain' }] })),
      review_open: closed,
    });
    await userEvent.click(go());
    await screen.findByText('The answer was lost.');
    await userEvent.click(go('Check again'));
    await waitFor(() => expect(ondone).toHaveBeenCalledOnce());
    expect(host.count('review_act')).toBe(1);
  });
});

describe('restoring all access', () => {
  it('is done when Okta took it', async () => {
    const { ondone, host } = await show({ review_act: () => detail() }, RESTORE);
    await userEvent.click(go('Restore all access'));
    await waitFor(() => expect(ondone).toHaveBeenCalledOnce());
    expect(host.asked.at(-1)?.args).toMatchObject({ action: 'RESTORE_ALL_ACCESS' });
  });

  it('never sends what Gatehouse does not know', async () => {
    const { host } = await show({}, { action: 'FREEZE', label: 'Freeze', about: 'Gatehouse does not know this.', known: false });
    expect(go('Freeze').disabled).toBe(true);
    expect(host.count('review_act')).toBe(0);
  });
});
