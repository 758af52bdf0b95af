import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endWrong, fromFields, presetEnd, presetTight, toFields } from '../lib/endtime';
import { faults } from '../testing/axe';
import EndDemo from '../testing/EndDemo.svelte';

const DAY = 86_400_000;
const MINUTE = 60_000;
const NOW = Date.parse('2026-11-25T10:00:20Z');

describe('times', () => {
  it('a day is a few minutes more, by whichever clock is later', () => {
    expect(presetEnd(1, NOW, NOW + DAY)).toBe('2026-11-26T10:06:00Z');
    expect(presetEnd(1, NOW, NOW + DAY + 10 * MINUTE)).toBe('2026-11-26T10:16:00Z');
    expect(presetTight(1, presetEnd(1, NOW, NOW + DAY), NOW, NOW + DAY)).toBe(false);
    expect(presetTight(1, presetEnd(1, NOW, NOW + DAY), NOW + 4 * MINUTE, NOW + DAY + 4 * MINUTE)).toBe(true);
  });

  it('reads a date and a time in the person’s zone, and back', () => {
    const end = fromFields('2026-12-01', '14:05');
    expect(end).toBe(new Date(2026, 11, 1, 14, 5).toISOString().replace('.000Z', 'Z'));
    expect(toFields(end ?? '')).toEqual({ date: '2026-12-01', time: '14:05' });
    for (const [date, time] of [['', '14:05'], ['2026-12-01', ''], ['2026-02-31', '10:00'], ['2026-13-01', '10:00'], ['1.12.2026', '10:00'], ['2026-12-01', '25:00']] as const) {
      expect(fromFields(date, time), `${date} ${time}`).toBeNull();
    }
    expect(toFields('soon')).toEqual({ date: '', time: '' });
  });

  it('tells what is too early and too late', () => {
    expect(endWrong('2026-11-26T10:00:00Z', NOW + DAY, NOW + 9 * DAY)).toMatch(/too early/);
    expect(endWrong('2027-11-26T10:00:00Z', NOW + DAY, NOW + 9 * DAY)).toMatch(/too late/);
    expect(endWrong('2026-11-27T10:00:00Z', NOW + DAY, NOW + 9 * DAY)).toBeNull();
  });
});

describe('the picker', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW, toFake: ['Date', 'setInterval', 'clearInterval'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const bounds = () => ({ least: new Date(NOW + DAY), most: new Date(NOW + 180 * DAY) });

  it('keeps a preset whole while time goes by', async () => {
    let value: string | null = null;
    render(EndDemo, { preset: 1, value: presetEnd(1, NOW, NOW + DAY), ...bounds(), onvalue: (it: string | null) => (value = it) });
    expect(await faults()).toEqual([]);
    vi.advanceTimersByTime(20 * MINUTE);
    await waitFor(() => expect(Date.parse(value ?? '')).toBeGreaterThan(NOW + 20 * MINUTE + DAY + 2 * MINUTE));
    expect(Date.parse(value ?? '')).toBeLessThan(NOW + 20 * MINUTE + DAY + 7 * MINUTE);
  });

  it('another date begins with the end so far, and is said in full', async () => {
    let value: string | null = null;
    render(EndDemo, { preset: 3, value: presetEnd(3, NOW, NOW + DAY), ...bounds(), onvalue: (it: string | null) => (value = it) });
    const user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
    await user.click(screen.getByRole('radio', { name: 'Another date' }));
    expect(value).toBe('2026-11-28T10:06:00Z');
    await fireEvent.input(screen.getByLabelText('Date'), { target: { value: '2026-12-24' } });
    await fireEvent.input(screen.getByLabelText(/^Time/), { target: { value: '17:30' } });
    await waitFor(() => expect(value).toBe(fromFields('2026-12-24', '17:30')));
    expect(screen.getByText(/Thursday, 24 December 2026 at 17:30/)).toBeTruthy();
    // A chosen date stays where it is.
    const before = value;
    vi.advanceTimersByTime(60 * MINUTE);
    await fireEvent.input(screen.getByLabelText('Date'), { target: { value: '2026-11-25' } });
    expect(screen.getByText(/That is too early\. Choose/)).toBeTruthy();
    expect(value).not.toBe(before);
    await fireEvent.input(screen.getByLabelText('Date'), { target: { value: '' } });
    await waitFor(() => expect(value).toBeNull());
    expect(screen.getByText('Choose when it ends.')).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: '7 days' }));
    expect(value).toBe(presetEnd(7, NOW + 60 * MINUTE, 0));
  });

  it('an end that is there already is shown as a date; a problem of the engine goes before its own', () => {
    render(EndDemo, { value: '2026-11-25T12:00:00Z', ...bounds(), problem: 'Okta says no.' });
    expect(screen.getByRole('radio', { name: 'Another date' })).toHaveProperty('checked', true);
    expect(screen.getByLabelText('Date')).toHaveProperty('value', toFields('2026-11-25T12:00:00Z').date);
    expect(screen.getByText('Okta says no.')).toBeTruthy();
    expect(screen.queryByText(/too early/)).toBeNull();
  });
});
