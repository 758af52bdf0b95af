import { describe, expect, it } from 'vitest';
import { write } from '../../testing/data';
import { asJson } from './export';

describe('history as JSON', () => {
  const rows = [write(3, { note: 'é'.repeat(200) }), write(2), write(1)];
  it('is the rows', () => {
    const { text, count } = asJson(rows);
    expect([JSON.parse(text), count]).toEqual([rows, 3]);
    expect(JSON.parse(asJson([]).text)).toEqual([]);
  });
  it('stops before the clipboard is full, counted in bytes, and stays JSON', () => {
    for (const most of [100, 900, 1300, 1800]) {
      const { text, count } = asJson(rows, most);
      expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(most);
      expect(JSON.parse(text)).toEqual(rows.slice(0, count));
    }
    expect(asJson(rows, 900).count).toBe(1);
  });
});
