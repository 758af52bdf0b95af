import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeHost, problem } from '../../testing/fakehost';
import { Hand, type Told } from './hand';

const ANSWER = '{"continue_oauth_flow_url":{"href":"https://acme.okta.com/x?code=c&state=s","method":"POST"}}';
const ME = { org: 'acme', app: '0oa1' };
const OTHER = { org: 'beta', app: '0oa2' };
const other = problem({ code: 'consentOther', next: [{ kind: 'finishOther', ...OTHER, label: 'Slack' }] });

function make(send: (text: string) => Promise<unknown> = () => Promise.resolve()) {
  const told: Told[] = [];
  const sent = vi.fn(send);
  return { hand: new Hand(ME, (now) => told.push(now), sent), told, sent, last: () => told.at(-1) };
}

afterEach(() => void vi.useRealTimers());

describe('what comes in', () => {
  it('goes on at once, and how it came is kept', async () => {
    const { hand, sent, told } = make();
    await hand.typed(ANSWER);
    expect(sent).toHaveBeenCalledExactlyOnceWith(ANSWER);
    expect(told.map((it) => it.busy)).toEqual([true, false]);
    expect(told.at(-1)?.took).toBe('typed');
    expect(JSON.stringify(told)).not.toContain('code=c');
  });
  it('is nothing where there is nothing', async () => {
    const { hand, sent, told } = make();
    await hand.typed('  \n');
    expect(sent).not.toHaveBeenCalled();
    expect(told).toEqual([]);
  });
  it('is refused with a sentence, unsent', async () => {
    const { hand, sent, last } = make();
    await hand.handed({ files: [new File(['x'], 'page.pdf')], getData: () => '' }, 'drop');
    expect(sent).not.toHaveBeenCalled();
    expect(last()?.problem?.title).toMatch(/^Only \.json/);
  });
  it('is not sent twice while the first is looked at', async () => {
    let settle: () => void = () => undefined;
    const { hand, sent } = make(() => new Promise<void>((done) => (settle = done)));
    const first = hand.typed(ANSWER);
    await hand.typed(ANSWER);
    settle();
    await first;
    expect(sent).toHaveBeenCalledTimes(1);
  });
});

describe('the clipboard', () => {
  it('asked: says what is wrong', async () => {
    fakeHost({ connect_finish_clipboard: () => Promise.reject(problem({ code: 'consentUnreadable', title: 'No.' })) });
    const { hand, last } = make();
    await hand.clipboard(true);
    expect(last()?.problem?.title).toBe('No.');
  });
  it('not asked: passes over what is nothing, and leaves what is on show alone', async () => {
    const host = fakeHost({ connect_finish_clipboard: () => 'nothing' });
    const { hand, told } = make();
    await hand.clipboard(false);
    expect(told).toEqual([]);
    expect(host.asked).toEqual([{ name: 'connect_finish_clipboard', args: { ...ME, asked: false } }]);
  });
  it('looks once where two returns come together', async () => {
    const host = fakeHost({ connect_finish_clipboard: () => 'taken' });
    const { hand, last } = make();
    await Promise.all([hand.clipboard(false), hand.clipboard(false)]);
    expect(host.count('connect_finish_clipboard')).toBe(1);
    expect(last()?.took).toBe('clipboard');
  });
});

describe('an answer of another consent', () => {
  it('is held, out of what is told, and finishes that one', async () => {
    const host = fakeHost({ connect_finish: () => ({}) as never });
    const { hand, told } = make(() => Promise.reject(other));
    await hand.typed(ANSWER);
    expect(told.at(-1)?.problem?.code).toBe('consentOther');
    expect(JSON.stringify(told)).not.toContain('code=c');
    await hand.finishOther(OTHER);
    expect(host.asked).toEqual([{ name: 'connect_finish', args: { ...OTHER, text: ANSWER } }]);
  });
  it('from the clipboard is read there again', async () => {
    let first = true;
    const host = fakeHost({
      connect_finish_clipboard: () => {
        if (!first) return 'taken';
        first = false;
        throw other;
      },
    });
    const { hand } = make();
    await hand.clipboard(true);
    await hand.finishOther(OTHER);
    expect(host.asked.at(-1)).toEqual({ name: 'connect_finish_clipboard', args: { ...OTHER, asked: true } });
  });
  it.each([
    ['another paste', async (hand: Hand) => hand.typed('other text')],
    ['some minutes', () => vi.advanceTimersByTimeAsync(5 * 60_000)],
    ['leaving', async (hand: Hand) => hand.drop()],
  ])('is dropped by %s', async (_, then) => {
    vi.useFakeTimers();
    const host = fakeHost({ connect_finish_clipboard: () => 'nothing' });
    let once = true;
    const { hand } = make(() => {
      if (!once) return Promise.resolve();
      once = false;
      return Promise.reject(other);
    });
    await hand.typed(ANSWER);
    await then(hand);
    await hand.finishOther(OTHER);
    expect(host.count('connect_finish')).toBe(0);
  });
});
