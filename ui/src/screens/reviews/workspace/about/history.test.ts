import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DecisionView, ReviewHistoryArgs, ReviewHistoryPage } from '../../../../lib/ipc/generated';
import { faults } from '../../../../testing/axe';
import { fakeHost, problem } from '../../../../testing/fakehost';
import { showIn } from '../../../../testing/onshow';
import { ABOUT, decision, entry, ORG, page, startSession } from './fixtures';
import { Entries } from './history.svelte';
import History from './History.svelte';

beforeEach(() => startSession());

const messages = (entries: Entries) => entries.all.map(({ row }) => row.message);
const items = () => screen.getAllByRole('listitem').map((it) => it.querySelector('.what')?.textContent);

describe('pages', () => {
  it('puts what is new on top and keeps the earlier pages on show', async () => {
    const pages: Record<string, ReviewHistoryPage> = {
      '': page([entry('d', 'd'), entry('c', 'c')], 'p2'),
      p2: page([entry('b', 'b'), entry('a', 'a')]),
    };
    fakeHost({ review_history: ({ after }) => pages[after ?? ''] ?? page([]) });
    const entries = new Entries(ABOUT);
    await entries.refresh();
    await entries.earlier();
    expect(messages(entries)).toEqual(['d', 'c', 'b', 'a']);
    pages[''] = page([entry('e', 'e'), entry('d', 'd')], 'other');
    await entries.refresh();
    expect(messages(entries)).toEqual(['e', 'd', 'c', 'b', 'a']);
    expect(entries.next).toBeNull();
  });

  it('begins anew where something may lie between', async () => {
    let first = page([entry('b', 'b'), entry('a', 'a')]);
    fakeHost({ review_history: () => first });
    const entries = new Entries(ABOUT);
    await entries.refresh();
    first = page([entry('z', 'z'), entry('y', 'y')], 'more');
    await entries.refresh();
    expect(messages(entries)).toEqual(['z', 'y']);
    expect(entries.next).toBe('more');
  });

  it('keeps two entries apart that Okta gave no id and the same words', async () => {
    fakeHost({ review_history: () => page([entry('', 'ok'), entry('', 'ok')]) });
    const entries = new Entries(ABOUT);
    await entries.refresh();
    await entries.refresh();
    expect(messages(entries)).toEqual(['ok', 'ok']);
    expect(new Set(entries.all.map(({ key }) => key)).size).toBe(2);
  });

  it('drops an answer that was overtaken', async () => {
    const answers: ((it: ReviewHistoryPage) => void)[] = [];
    fakeHost({ review_history: () => new Promise<ReviewHistoryPage>((done) => answers.push(done)) });
    const entries = new Entries(ABOUT);
    const slow = entries.refresh();
    entries.take(page([entry('new', 'new')]));
    answers[0]?.(page([entry('old', 'old')]));
    await slow;
    expect(messages(entries)).toEqual(['new']);
    expect(entries.loading).toBe(false);
  });
});

describe('the card', () => {
  it('reads, refreshes on its topic, and keeps what it has when that fails', async () => {
    let fails = false;
    const host = fakeHost({
      review_history: () => {
        if (fails) throw problem({ title: 'Can’t connect.' });
        return page([entry('a', 'revoked access to Figma'), entry('s', 'access was removed', { system: true, who: null })]);
      },
    });
    showIn(History, ABOUT);
    await screen.findByText('revoked access to Figma');
    expect(screen.getByText('Okta')).toBeTruthy();
    expect(await faults()).toEqual([]);
    fails = true;
    host.send({ kind: 'changed', topic: 'reviews', org: 'other', app: null });
    expect(host.count('review_history')).toBe(1);
    host.send({ kind: 'changed', topic: 'reviews', org: ORG, app: null });
    await screen.findByText('Can’t connect.');
    expect(items()).toEqual(['revoked access to Figma', 'access was removed']);
  });

  it('looks once after several decisions that Okta took, and not for those that wait', async () => {
    const host = fakeHost({ review_history: () => page([]) });
    render(History, ABOUT);
    await waitFor(() => expect(host.count('review_history')).toBe(1));
    const send = (id: number, more: Partial<DecisionView>) => host.send({ kind: 'decision', view: decision(id, more) });
    send(1, { state: 'waiting' });
    send(2, { state: 'following', review: 'other' });
    await new Promise((done) => setTimeout(done, 600));
    expect(host.count('review_history')).toBe(1);
    for (const id of [1, 2, 3]) send(id, { state: 'following' });
    await waitFor(() => expect(host.count('review_history')).toBe(2));
    await new Promise((done) => setTimeout(done, 600));
    expect(host.count('review_history')).toBe(2);
  });

  it('shows earlier ones and moves the focus to the first of them when there are no more', async () => {
    const asked: (string | null | undefined)[] = [];
    fakeHost({
      review_history: ({ after }: ReviewHistoryArgs) => {
        asked.push(after);
        return after ? page([entry('a', 'a')]) : page([entry('b', 'b')], 'c1');
      },
    });
    render(History, ABOUT);
    await userEvent.click(await screen.findByRole('button', { name: 'Show earlier' }));
    await waitFor(() => expect(items()).toEqual(['b', 'a']));
    expect(asked).toEqual([null, 'c1']);
    await waitFor(() => expect(document.activeElement?.textContent).toContain('a'));
    expect(document.activeElement?.tagName).toBe('LI');
  });

  it('offers no comment on a review that rests', async () => {
    fakeHost({ review_history: () => page([]) });
    render(History, { ...ABOUT, resting: 'This review is closed.' });
    await screen.findByText('This review is closed.');
    expect(screen.queryByLabelText('Comment')).toBeNull();
  });
});

describe('a comment', () => {
  const box = () => screen.getByLabelText<HTMLTextAreaElement>('Comment');

  it('is sent once, and the page read back is shown', async () => {
    let answer: (it: ReviewHistoryPage) => void = () => undefined;
    const host = fakeHost({
      review_history: () => page([]),
      review_comment: () => new Promise<ReviewHistoryPage>((done) => (answer = done)),
    });
    render(History, ABOUT);
    await userEvent.type(box(), '  Stolen on the train.  ');
    await userEvent.keyboard('{Control>}{Enter}{Enter}{/Control}');
    await userEvent.click(screen.getByRole('button', { name: 'Comment' }));
    expect(host.asked.filter(({ name }) => name === 'review_comment')).toEqual([
      { name: 'review_comment', args: { ...ABOUT, text: 'Stolen on the train.' } },
    ]);
    answer(page([entry('c', 'Stolen on the train.')]));
    await screen.findByText('Stolen on the train.', { selector: '.what' });
    expect(box().value).toBe('');
    await waitFor(() => expect(document.activeElement).toBe(box()));
  });

  it('can be begun and sent after coming back', async () => {
    fakeHost({ review_history: () => page([]) });
    const button = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Comment' });
    const first = render(History, ABOUT);
    expect(button().disabled).toBe(true);
    first.unmount();
    render(History, ABOUT);
    await userEvent.type(box(), 'Stolen');
    expect(button().disabled).toBe(false);
  });

  it('on its way, or not sent yet, it is there on coming back, and goes once', async () => {
    let answer: (it: ReviewHistoryPage) => void = () => undefined;
    const host = fakeHost({
      review_history: () => page([]),
      review_comment: () => new Promise<ReviewHistoryPage>((done) => (answer = done)),
    });
    const first = render(History, ABOUT);
    await userEvent.type(box(), 'Stolen');
    first.unmount();
    const second = render(History, ABOUT);
    expect(box().value).toBe('Stolen');
    await userEvent.click(screen.getByRole('button', { name: 'Comment' }));
    second.unmount();
    render(History, ABOUT);
    await userEvent.click(box());
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(host.count('review_comment')).toBe(1);
    answer(page([entry('c', 'Stolen')]));
    await screen.findByText('Stolen', { selector: '.what' });
    expect(box().value).toBe('');
  });

  it('another review has a box of its own', async () => {
    fakeHost({ review_history: () => page([]) });
    const { rerender } = render(History, ABOUT);
    await userEvent.type(box(), 'Stolen');
    await rerender({ ...ABOUT, review: 'sar2' });
    expect(box().value).toBe('');
  });

  it('keeps the text when it is refused, and never sends a lost one again by itself', async () => {
    const host = fakeHost({
      review_history: () => page([]),
      review_comment: () => Promise.reject(problem({ code: 'outcomeUnknown', title: 'The answer was lost.', next: [{ kind: 'checkAgain' }] })),
    });
    render(History, ABOUT);
    await userEvent.type(box(), 'Stolen');
    await userEvent.click(screen.getByRole('button', { name: 'Comment' }));
    await screen.findByText('The answer was lost.');
    expect(box().value).toBe('Stolen');
    await userEvent.click(screen.getByRole('button', { name: 'Check again' }));
    await waitFor(() => expect(host.count('review_history')).toBe(2));
    expect(host.count('review_comment')).toBe(1);
    expect(screen.getByRole('button', { name: 'Send it anyway' })).toBeTruthy();
  });

  it('counts as Okta does, near the end only, and refuses what is too long', async () => {
    const host = fakeHost({ review_history: () => page([]) });
    render(History, ABOUT);
    await userEvent.click(box());
    await userEvent.paste('😀'.repeat(799));
    expect(screen.queryByText(/of 1,000/)).toBeNull();
    await userEvent.paste('😀'.repeat(201));
    expect(screen.getByText('1,000 of 1,000')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Comment' })).toHaveProperty('disabled', false);
    await userEvent.paste('😀');
    expect(screen.getByText(/1 character too long/)).toBeTruthy();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(host.count('review_comment')).toBe(0);
  });

  it('says beside the box what is wrong with the text', async () => {
    fakeHost({
      review_history: () => page([]),
      review_comment: () => Promise.reject(problem({ code: 'badInput', field: 'text', title: 'The comment is empty.', why: 'Write something.' })),
    });
    render(History, ABOUT);
    await userEvent.type(box(), 'x');
    await userEvent.click(screen.getByRole('button', { name: 'Comment' }));
    await screen.findByText('The comment is empty. Write something.');
    expect(box().getAttribute('aria-invalid')).toBe('true');
  });
});
