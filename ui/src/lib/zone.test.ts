import { afterEach, describe, expect, it, vi } from 'vitest';
import { isUtc, localZone, zoneWords } from './zone';

afterEach(() => vi.restoreAllMocks());

const inZone = (timeZone: string) =>
  vi.spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions').mockReturnValue({ timeZone } as Intl.ResolvedDateTimeFormatOptions);

describe('the person’s own time zone', () => {
  it.each([
    ['America/New_York', 'America/New York', false],
    ['Etc/UTC', 'Etc/UTC', true],
    ['GMT', 'GMT', true],
  ])('%s is said as %s', (zone, words, utc) => {
    inZone(zone);
    expect([localZone(), zoneWords(), isUtc()]).toEqual([zone, words, utc]);
  });

  it('one that the runtime does not tell is taken for UTC', () => {
    inZone('');
    expect([localZone(), zoneWords(), isUtc()]).toEqual(['UTC', 'UTC', true]);
  });
});
