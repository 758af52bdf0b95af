import { describe, expect, it } from 'vitest';
import { AT, checked, org, pending, row } from '../../testing/data';
import { problem } from '../../testing/fakehost';
import { credentials, held } from '../../testing/signin';
import { launch, profile, review } from '../../testing/reviews';
import { needs, orgNeeds, readable, reviewNeeds } from './needs';

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

describe('access reviews', () => {
  const now = Date.parse(AT);
  const ends = (id: string, hours: number, more = {}) => review(id, { name: `Review ${id}`, endTime: new Date(now + hours * 3_600_000).toISOString(), ...more });

  it('those that end within a day, one’s own first and once', () => {
    const all = reviewNeeds(
      'acme',
      [ends('1', 3), ends('2', 2, { reviewers: [profile('Ana Ruiz'), profile('Ben Abara')] }), ends('3', 30), ends('4', 1, { status: 'PENDING' })],
      [ends('1', 3)],
      [],
      now,
    );
    expect(all.map((one) => [one.label, one.to])).toEqual([
      ['Review 1', { name: 'review', side: 'my', review: '1' }],
      ['Review 2', { name: 'review', side: 'admin', review: '2' }],
    ]);
    expect(all[1]?.says).toBe('Reviewers: Ana Ruiz and 1 more.');
  });

  it('many are one line', () => {
    const all = reviewNeeds('acme', [1, 2, 3, 4].map((id) => ends(String(id), id)), [], [1, 2, 3, 4].map((id) => launch(id, { state: 'refused' })), now);
    expect(all.map((one) => [one.label, one.to])).toEqual([
      ['4 access reviews end soon', { name: 'reviews', side: 'admin' }],
      ['4 launches of access reviews', { name: 'reviews', side: 'admin' }],
    ]);
  });

  it('launches that ended badly, not those that go on', () => {
    const states = ['sending', 'looking', 'pending', 'active', 'closed', 'error', 'refused', 'notFound', 'unknown'] as const;
    const all = reviewNeeds('acme', [], [], states.slice(0, 7).map((state, id) => launch(id, { state, name: state })), now);
    expect(all.map((one) => one.label)).toEqual(['error', 'refused']);
    const lost = reviewNeeds('acme', [], [], states.slice(7).map((state, id) => launch(id, { state, problem: problem({ title: 'Not known.' }) })), now);
    expect(lost.map((one) => one.says)).toEqual(['Not known.', 'Not known.']);
    expect(new Set(lost.map((one) => one.id)).size).toBe(2);
  });

  it('only what the sign-in can read is asked for', () => {
    const admin = 'okta.governance.securityAccessReviews.admin.manage';
    const own = 'okta.governance.securityAccessReviews.endUser.read';
    expect(readable(undefined)).toEqual([]);
    expect(readable(credentials())).toEqual([]);
    expect(readable(credentials('acme', { active: 'apiToken', items: [held('apiToken'), held('serviceApp', { scopes: [admin] })] }))).toEqual([]);
    expect(readable(credentials('acme', { active: 'serviceApp', items: [held('serviceApp', { scopes: [admin] })] }))).toEqual(['admin']);
    expect(readable(credentials('acme', { active: 'serviceApp', items: [held('serviceApp', { scopes: [own] })] }))).toEqual([]);
    expect(readable(credentials('acme', { active: 'serviceApp', items: [held('serviceApp'), held('signIn', { scopes: [own, admin] })] }))).toEqual(['my']);
    expect(readable(credentials('acme', { active: 'signIn', items: [held('signIn', { scopes: [own, admin] })] }))).toEqual(['admin', 'my']);
  });
});
