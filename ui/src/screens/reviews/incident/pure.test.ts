import { describe, expect, it } from 'vitest';
import { asCsv } from './csv';
import { counted, entries } from './entries';
import { row } from './fixtures';
import { rowSaid } from './words';
import { merge } from './work.svelte';

describe('a pasted list', () => {
  it.each([
    ['ada@x.org\nbob@x.org\r\n\n', ['ada@x.org', 'bob@x.org']],
    ['ada@x.org, bob@x.org; carl@x.org\tdora@x.org', ['ada@x.org', 'bob@x.org', 'carl@x.org', 'dora@x.org']],
    ['Ada Lovelace, Bob Smith', ['Ada Lovelace', 'Bob Smith']],
    ['Lovelace, Ada', ['Ada Lovelace']],
    ['"Ada Lovelace" <ada@x.org>,\n• Bob  Smith', ['ada@x.org', 'Bob Smith']],
    ['ADA@x.org\nada@X.org', ['ADA@x.org']],
    ['00ucpjbi6JMmDvdN40g4, Ada', ['00ucpjbi6JMmDvdN40g4', 'Ada']],
    ['  \n,;', []],
  ])('%j', (text, wanted) => {
    // The same as the engine’s own tests have it.
    expect(entries(text)).toEqual(wanted);
  });

  it('is counted, and two hundred is the most', () => {
    expect(counted(0).tooMany).toBe(false);
    expect(counted(200)).toEqual({ text: '200 of 200 at most.', tooMany: false });
    expect(counted(201).text).toBe('That is 201 people; 200 can be done at once. Take out 1, and paste those afterwards.');
  });
});

describe('rows', () => {
  it('changed ones take the place of those of the same number', () => {
    const rows = [row(1), row(2), row(3)];
    const merged = merge(rows, [row(4), row(2, 'launched')]);
    expect(merged.map((one) => `${one.id} ${one.state}`)).toEqual(['1 ready', '2 launched', '3 ready', '4 ready']);
    expect(merged[0]).toBe(rows[0]);
    expect(merge(rows, [])).toBe(rows);
  });

  it('that were not looked up say so once looking up is over', () => {
    expect(rowSaid('unresolved', 'resolving').text).toBe('Being looked up');
    expect(rowSaid('unresolved', 'ready').text).toBe('Not looked up');
    expect(rowSaid('ready', 'cancelled').text).toBe('Not launched');
    expect(rowSaid('somethingNew' as 'ready', 'ready').text).toBe('somethingNew');
  });
});

describe('CSV', () => {
  it('quotes what needs it, and disarms formulas', () => {
    const text = asCsv([
      row(1, 'launched', { text: '=HYPERLINK("x")', review: 'sar1', note: 'one, two' }),
      row(2, 'notFound', { text: ' +1', note: '@x\ny' }),
      row(3, 'failed', { text: '-2', problem: { code: 'refused', title: 'No.', why: 'Because.', next: [], field: null, okta: null, retryAt: null } }),
    ], 'done');
    const lines = text.split('\r\n');
    expect(lines[0]).toBe('Row,Pasted,Person,Login,Id,State,Review,Review id,Note');
    expect(lines[1]).toBe(`1,"'=HYPERLINK(""x"")",Person 1,person.1@example.com,00u-person.1,Launched,Access review: Person 1,sar1,"one, two"`);
    expect(lines[2]).toBe(`2,' +1,,,,Not found,,,"'@x\ny"`);
    expect(lines[3]).toContain(`3,'-2,`);
    expect(lines[3]?.endsWith('No. Because.')).toBe(true);
    expect(lines.at(-1)).toBe('');
  });
});
