import { describe, expect, it } from 'vitest';
import type { AppRow } from '../../lib/ipc/generated';
import { haystack } from '../../lib/search';
import { checked, manyRows, row } from '../../testing/data';
import { problem } from '../../testing/fakehost';
import { filterRows, type Chip } from './filter';

const ROWS: AppRow[] = [
  row('u1', { supported: false, name: 'bookmark', label: 'Staff handbook' }),
  row('e1', { label: 'Zoom', name: 'zoomus', checked: checked() }),
  row('n1', { label: 'Google Workspace', checked: checked({ status: 'unknown', scheme: null }) }),
  row('d1', { label: 'Slack', name: 'slack', checked: checked({ status: 'disabled' }) }),
  row('w1', { label: 'Google (contractors)', waiting: true }),
  row('p1', { label: 'Zscaler 2.0', name: 'zscalerbyz', checked: checked({ status: 'unknown', scheme: null, problem: problem() }) }),
  row('x1', { label: 'Office 365', name: 'office365' }),
];
const hay = (rows: readonly AppRow[]) => rows.map((one) => haystack(one.label, one.name, one.id));
const ids = (chip: Chip, text = '') => filterRows(ROWS, hay(ROWS), chip, text).rows.map((one) => one.id);

describe('the list', () => {
  it('shows what can be set up first, else in Okta’s order', () => {
    expect(ids('all')).toEqual(['e1', 'n1', 'd1', 'w1', 'p1', 'x1', 'u1']);
  });
  it.each<[Chip, string[]]>([
    ['attention', ['d1', 'w1', 'p1']],
    ['enabled', ['e1']],
    ['notSetUp', ['n1']],
    ['unsupported', ['u1']],
  ])('%s', (chip, found) => {
    expect(ids(chip)).toEqual(found);
  });
  it('searches label, key and id, together with the chip', () => {
    expect(ids('all', 'google')).toEqual(['n1', 'w1', 'd1', 'p1', 'x1'].filter((id) => ['n1', 'w1'].includes(id)));
    expect(ids('all', 'zscalerbyz')).toEqual(['p1']);
    expect(ids('all', 'U1')).toEqual(['u1']);
    expect(ids('notSetUp', 'contractors')).toEqual([]);
  });
  it('each chip says how many it would show with these words', () => {
    expect(filterRows(ROWS, hay(ROWS), 'enabled', 'google').counts).toEqual({ all: 2, attention: 1, enabled: 0, notSetUp: 1, unsupported: 0 });
  });
  it('looks at each of ten thousand rows once', () => {
    const rows = manyRows(10_000);
    let looks = 0;
    const counted = new Proxy(hay(rows), {
      get(heaps, key) {
        if (typeof key === 'string' && /^\d+$/.test(key)) looks++;
        return Reflect.get(heaps, key) as unknown;
      },
    });
    filterRows(rows, counted, 'all', 'finance 99');
    expect(looks).toBe(10_000);
  });
});
