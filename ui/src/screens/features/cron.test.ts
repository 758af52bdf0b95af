import { describe, expect, it } from 'vitest';
import { build, clock, HOUR_STEPS, parse, readClock, reshape, type Shape } from './cron';

describe('parse', () => {
  const table: [string, Shape][] = [
    ['0 */4 * * *', { kind: 'hours', every: 4, minute: 0 }],
    ['15 * * * *', { kind: 'hours', every: 1, minute: 15 }],
    ['30 2 * * *', { kind: 'daily', hour: 2, minute: 30 }],
    ['0 9 * * 1-5', { kind: 'weekdays', hour: 9, minute: 0 }],
    ['0 9 * * mon-fri', { kind: 'weekdays', hour: 9, minute: 0 }],
    ['0 9 * * 5,4,3,2,1', { kind: 'weekdays', hour: 9, minute: 0 }],
    ['0 0 * * 0', { kind: 'weekly', days: [0], hour: 0, minute: 0 }],
    ['0 0 * * 7', { kind: 'weekly', days: [0], hour: 0, minute: 0 }],
    ['00 21 * * Mon,Thu,Fri,Sat', { kind: 'weekly', days: [1, 4, 5, 6], hour: 21, minute: 0 }],
    ['0 6 * * FRI-SUN', { kind: 'weekly', days: [0, 5, 6], hour: 6, minute: 0 }],
    ['0 6 * * 0-6', { kind: 'daily', hour: 6, minute: 0 }],
    ['  0   6  *  *  * ', { kind: 'daily', hour: 6, minute: 0 }],
  ];
  it.each(table)('%s', (expression, shape) => {
    expect(parse(expression)).toEqual(shape);
  });

  it.each([
    '', 'nonsense', '@daily', '0 */5 * * *', '*/15 * * * *', '0 0 1 * *', '0 0 * 1 *', '0 0 * * 1#2', '60 1 * * *',
    '0 24 * * *', '0 1 * * 8', '0 1 * * 5-1', '0 1 * * 1-2-3', '0 0 0 * * *', '0 8,20 * * *', '0 */4 * * 1',
  ])('leaves %j to raw cron, word for word', (expression) => {
    expect(parse(expression)).toEqual({ kind: 'raw', expression });
  });
});

describe('build', () => {
  const shapes: Shape[] = [
    ...HOUR_STEPS.map((every): Shape => ({ kind: 'hours', every, minute: 7 })),
    { kind: 'daily', hour: 23, minute: 59 },
    { kind: 'weekdays', hour: 0, minute: 0 },
    { kind: 'weekly', days: [0, 3, 6], hour: 4, minute: 5 },
    { kind: 'raw', expression: '5 4 1,15 * *' },
  ];
  it.each(shapes.map((shape) => [build(shape), shape] as const))('%s parses back', (expression, shape) => {
    expect(parse(expression)).toEqual(shape);
  });

  it('writes plain UNIX cron', () => {
    expect(build({ kind: 'hours', every: 1, minute: 0 })).toBe('0 * * * *');
    expect(build({ kind: 'weekly', days: [6, 0, 1], hour: 1, minute: 0 })).toBe('0 1 * * 0,1,6');
  });
});

describe('reshape', () => {
  it('keeps the time of day', () => {
    expect(reshape({ kind: 'daily', hour: 7, minute: 45 }, 'weekly')).toEqual({ kind: 'weekly', days: [0], hour: 7, minute: 45 });
  });
  it('turns any shape into the raw cron it stands for', () => {
    expect(reshape({ kind: 'hours', every: 4, minute: 0 }, 'raw')).toEqual({ kind: 'raw', expression: '0 */4 * * *' });
  });
});

describe('the clock field', () => {
  it('goes round', () => {
    expect(readClock(clock(4, 5))).toEqual({ hour: 4, minute: 5 });
    expect(clock(4, 5)).toBe('04:05');
  });
  it.each(['', '4', '25:00', '04:60', 'ab:cd'])('refuses %j', (text) => {
    expect(readClock(text)).toBeNull();
  });
});
