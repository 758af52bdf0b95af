import { describe, expect, it } from 'vitest';
import { offset, search, zones } from './zones';

const names = (query: string) => search(query, 'Europe/Berlin').map((zone) => zone.name);

describe('zones', () => {
  it('have UTC among them, once', () => {
    expect(zones().filter((zone) => zone.name === 'UTC')).toHaveLength(1);
    expect(zones().length).toBeGreaterThan(300);
  });
  it('begin with the person’s own where nothing is typed', () => {
    expect(names('').slice(0, 2)).toEqual(['Europe/Berlin', 'UTC']);
    expect(names('')).toHaveLength(zones().length);
    expect(search('', 'UTC').map((zone) => zone.name).filter((name) => name === 'UTC')).toHaveLength(1);
    expect(search('', 'Mars/Base')[0]?.name).toBe('UTC');
  });
  it.each([
    ['new york', 'America/New_York'],
    ['NEW_YORK', 'America/New_York'],
    ['america/new', 'America/New_York'],
    ['eastern', 'America/New_York'],
    ['tokyo', 'Asia/Tokyo'],
    ['zulu', 'UTC'],
  ])('%s finds %s first', (query, zone) => expect(names(query)[0]).toBe(zone));
  it('are found by the name of today where the list has an old one', () => {
    expect(names('kolkata').some((name) => /Calcutta|Kolkata/.test(name))).toBe(true);
  });
  it('are none for nonsense', () => expect(names('atlantis city')).toEqual([]));
  it('say how far off they are, by the season', () => {
    expect(offset('America/New_York', Date.parse('2026-01-15T12:00:00Z'))).toBe('UTC-05:00');
    expect(offset('America/New_York', Date.parse('2026-07-15T12:00:00Z'))).toBe('UTC-04:00');
    expect(offset('UTC', 0)).toBe('UTC+00:00');
    expect(offset('Mars/Base', 0)).toBe('');
  });
});
