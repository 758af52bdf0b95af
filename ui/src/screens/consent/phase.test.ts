import { describe, expect, it } from 'vitest';
import type { Stage } from '../../lib/ipc/generated';
import { view, waiting } from '../connection/fixtures';
import { fromEarlierRun, mayHaveExpired, phase, says, type Phase } from './phase';

const table: [Stage, Phase][] = [
  ['idle', 'gone'], ['saving', 'working'], ['finishing', 'working'], ['authorized', 'authorized'], ['activating', 'working'],
  ['readingBack', 'working'], ['done', 'done'], ['failed', 'failed'], ['cancelled', 'gone'],
];

describe('the face of the sheet', () => {
  it.each(table)('%s: %s', (stage, face) => expect(phase(view({ stage }))).toBe(face));
  it('is “before” until a link went out, then “opened”', () => {
    expect(phase(waiting({ openedAt: null }))).toBe('before');
    expect(phase(waiting())).toBe('opened');
  });
  it('has a sentence for each', () => {
    for (const [stage, face] of table) expect(says(face, view({ stage }))).toMatch(/\.$/);
  });
});

it('hints at an old code after ten minutes, not before', () => {
  const opened = Date.parse('2026-11-24T09:00:00Z');
  expect(mayHaveExpired('2026-11-24T09:00:00Z', opened + 10 * 60_000 - 1)).toBe(false);
  expect(mayHaveExpired('2026-11-24T09:00:00Z', opened + 10 * 60_000)).toBe(true);
});

it('knows a consent of an earlier run until it is opened anew', () => {
  expect(fromEarlierRun(waiting({ consentHost: null }))).toBe(true);
  expect(fromEarlierRun(waiting())).toBe(false);
  expect(fromEarlierRun(waiting({ consentHost: null, openedAt: null }))).toBe(false);
  expect(fromEarlierRun(view({ stage: 'failed', openedAt: '2026-11-24T09:00:00Z' }))).toBe(false);
});
