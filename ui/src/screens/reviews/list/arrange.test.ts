import { describe, expect, it } from 'vitest';
import { profile, review } from '../../../testing/reviews';
import { arrange, findReviews } from './arrange';
import { ORDERS, orderOf, orderText } from './words';

const ids = (rows: { id: string }[]) => rows.map((row) => row.id);

describe('search', () => {
  const rows = [
    review('sar1', { name: 'Lost laptop', subject: profile('Hugo Abara') }),
    review('sar2', { name: 'Leaver', reviewers: [profile('José Ruiz'), profile('Ines Abara', { email: 'ines@mail.example.com' })] }),
  ];
  it.each([
    ['', ['sar1', 'sar2']],
    ['  ', ['sar1', 'sar2']],
    ['LAPTOP lost', ['sar1']],
    ['hugo', ['sar1']],
    ['jose', ['sar2']],
    ['ines@mail', ['sar2']],
    ['SAR2', ['sar2']],
    ['hugo leaver', []],
  ])('%j finds %j', (text, found) => {
    expect(ids(findReviews(rows, text))).toEqual(found);
  });
});

describe('order', () => {
  const rows = [
    review('b', { name: 'item 10', endTime: '2026-12-02T00:00:00Z', created: '2026-11-02T00:00:00.500Z', status: 'PENDING' }),
    review('none', { name: 'Émile', endTime: null, created: null, status: 'CLOSED' }),
    review('a', { name: 'Item 9', endTime: '2026-12-01T00:00:00Z', created: '2026-11-02T00:00:00Z', status: 'ACTIVE' }),
  ];
  it.each([
    ['endTime up', ['a', 'b', 'none']],
    ['endTime down', ['b', 'a', 'none']],
    ['created up', ['a', 'b', 'none']],
    ['created down', ['b', 'a', 'none']],
    ['name up', ['none', 'a', 'b']],
    ['name down', ['b', 'a', 'none']],
    ['status up', ['a', 'none', 'b']],
  ])('%s', (text, found) => {
    expect(ids(arrange(rows, orderOf(text)))).toEqual(found);
  });
  it('every order that is offered comes back from its own text', () => {
    for (const { value } of ORDERS) expect(orderText(orderOf(value))).toBe(value);
  });
  it('leaves the rows it was given alone', () => {
    arrange(rows, orderOf('name up'));
    expect(ids(rows)).toEqual(['b', 'none', 'a']);
  });
});
