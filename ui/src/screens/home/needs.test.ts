import { describe, expect, it } from 'vitest';
import { AT, checked, org, pending, row } from '../../testing/data';
import { problem } from '../../testing/fakehost';
import { credentials, held } from '../../testing/signin';
import { needs, orgNeeds } from './needs';

describe('what needs somebody', () => {
  it('consents of every org first, then half-done apps of this one', () => {
    const all = needs(
      [pending('1'), pending('9', { org: 'other', orgName: 'Other', earlierRun: true })],
      'acme',
      [
        row('1', { waiting: true, checked: checked({ status: 'disabled', needsConsent: true }) }),
        row('2', { checked: checked({ status: 'disabled', needsConsent: true }) }),
        row('3', { checked: checked({ status: 'disabled' }) }),
        row('4', { checked: checked({ status: 'unknown', scheme: null, problem: problem({ title: 'No.' }) }) }),
        row('5', { checked: checked() }),
        row('6', { supported: false }),
      ],
    );
    expect(all.map((one) => [one.kind, one.org, one.app, one.orgName])).toEqual([
      ['consent', 'acme', '1', null],
      ['consent', 'other', '9', 'Other'],
      ['needsConsent', 'acme', '2', null],
      ['disabled', 'acme', '3', null],
      ['problem', 'acme', '4', null],
    ]);
    expect(all[1]?.says).toContain('earlier run');
    expect(all[4]?.says).toBe('No.');
  });
  it('orgs that are not signed in, and tokens that end within a week', () => {
    const now = Date.parse(AT);
    const token = (key: string, days: number | null) =>
      credentials(key, { items: [held('apiToken', { expires: days === null ? null : new Date(now + days * 86_400_000).toISOString() })] });
    const all = orgNeeds(
      [
        org('out', { credential: null, secret: 'missing' }), org('soon'), org('ended'), org('later'), org('unread'), org('unknown'),
        org('app', { credential: 'serviceApp' }),
      ],
      [token('soon', 6), token('ended', -1), token('later', 8), token('unknown', null), token('app', 1)],
      now,
    );
    expect(all.map((one) => [one.kind, one.org, one.app])).toEqual([['signIn', 'out', null], ['tokenEnds', 'soon', null], ['tokenEnds', 'ended', null]]);
    expect(all[2]?.says).toBe('Its API token has ended.');
  });

  it('nothing is nothing', () => {
    expect(needs([], null, [row('1', { checked: checked({ status: 'disabled' }) })])).toEqual([]);
  });
});
