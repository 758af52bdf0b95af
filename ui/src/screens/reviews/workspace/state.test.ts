import { describe, expect, it } from 'vitest';
import { severities, shownRows } from './filter';
import { access, decision, RESTORE } from './fixtures';
import { isUndecided, stateOf } from './state';

describe('where an item stands', () => {
  it.each([
    ['NONE', '', 'none', true],
    ['', '', 'none', true],
    ['IN_PROGRESS', 'Okta is working on it', 'working', false],
    ['REMEDIATED', 'Access was taken away', 'done', false],
    ['PENDING_MANUAL_REMEDIATION', 'Waits for somebody', 'hand', false],
    ['PENDING_REVIEW_BOARD', 'Pending review board', 'other', false],
    ['WHO_KNOWS', '', 'other', false],
  ])('%s', (remediation, remediationWords, kind, undecided) => {
    const row = access('1', { remediation, remediationWords });
    expect([stateOf(row).kind, isUndecided(row)]).toEqual([kind, undecided]);
    if (kind === 'other') expect(stateOf(row).text).toBe(remediationWords || remediation);
  });

  it('what was decided in this run comes before what Okta said last', () => {
    const row = access('1');
    const at = (state: ReturnType<typeof decision>['state']) => [stateOf(row, decision(1, '1', { state })).kind, isUndecided(row, decision(1, '1', { state }))];
    expect(at('waiting')).toEqual(['waiting', false]);
    expect(at('sending')).toEqual(['sending', false]);
    expect(at('following')).toEqual(['working', false]);
    // Taken back, or not got through: it is to be decided still.
    expect(at('undone')).toEqual(['none', true]);
    expect(at('failed')).toEqual(['failed', true]);
    expect(at('unknown')).toEqual(['unclear', true]);
    // Through: the item itself tells.
    expect(at('settled')).toEqual(['none', true]);
  });

  it.each(['failed', 'unknown'] as const)('what %s counts no more once Okta does not offer it: somebody else was faster', (state) => {
    const row = access('1', { actions: [RESTORE], remediation: 'REMEDIATED', remediationWords: 'Access was taken away' });
    expect([stateOf(row, decision(1, '1', { state })).kind, isUndecided(row, decision(1, '1', { state }))]).toEqual(['done', false]);
    // Restoring it failed: that is still to be done.
    expect(stateOf(row, decision(1, '1', { state, action: 'RESTORE_ACCESS' })).kind).toBe(state === 'failed' ? 'failed' : 'unclear');
  });
});

describe('filters', () => {
  const rows = [access('1'), access('2', { severity: 'CRITICAL', rank: 0 }), access('3', { severity: 'LOW', rank: 1 })];
  const hay = ['netsuite crown jewel', 'slack', 'zoom'];

  it('a severity nobody knows gets its own count, and no row is lost', () => {
    expect(severities(rows).map((one) => [one.severity, one.count])).toEqual([['HIGH', 1], ['MEDIUM', 0], ['LOW', 1], ['CRITICAL', 1]]);
    expect(shownRows(rows, hay, { text: '', severity: null, undecided: false }, () => true)).toHaveLength(3);
    expect(shownRows(rows, hay, { text: '', severity: 'CRITICAL', undecided: false }, () => true).map((row) => row.id)).toEqual(['2']);
  });

  it('words, severity and undecided together', () => {
    expect(shownRows(rows, hay, { text: 'JEWEL net', severity: 'HIGH', undecided: true }, () => true).map((row) => row.id)).toEqual(['1']);
    expect(shownRows(rows, hay, { text: 'jewel', severity: null, undecided: true }, () => false)).toEqual([]);
  });
});
