import { describe, expect, it } from 'vitest';
import { assigned } from './assigned';
import { toApp, toOkta } from './fixtures';
import { choices, toAppRisk, toOktaRisk, was } from './words';

it('counts people as far as Okta was asked', () => {
  expect([null, 0, 1, 12, 200].map((count) => assigned(count))).toEqual([
    'Assigned people', 'Nobody is assigned yet; whoever will be', '1 assigned person', '12 assigned people', '200 or more assigned people',
  ]);
});

describe('risks', () => {
  it('are told for what can hurt, in both directions where both can', () => {
    expect(toAppRisk('deactivateUsers', toApp({ deactivateUsers: true }), 'Slack', 3)).toContain('3 assigned people');
    expect(toAppRisk('deactivateUsers', toApp({ deactivateUsers: false }), 'Slack', 3)).toContain('keep an active account');
    expect(toAppRisk('createUsers', toApp({ createUsers: false }), 'Slack', 3)).toBeNull();
  });
  it('of passwords only while they are sent', () => {
    expect(toAppRisk('passwordSeed', toApp({ passwordSeed: 'OKTA', syncPassword: false }), 'Slack', 3)).toBeNull();
    expect(toAppRisk('passwordSeed', toApp({ passwordSeed: 'OKTA', syncPassword: true }), 'Slack', 3)).toContain('Okta password');
  });
  it('of new users depend on whether they are active at once', () => {
    expect(toOktaRisk('autoConfirmNew', toOkta({ autoConfirmNew: true }), 'Slack')).toContain('an Okta user');
    expect(toOktaRisk('autoActivateNew', toOkta({ autoConfirmNew: true, autoActivateNew: true }), 'Slack')).toContain('an active Okta user');
    expect(toOktaRisk('autoActivateNew', toOkta({ autoActivateNew: true }), 'Slack')).toBeNull();
  });
});

it('offers an unknown value as Okta said it, once', () => {
  expect(choices('passwordChange', 'CYCLE', 'CYCLE').map((it) => it.label)).toEqual([
    'Keep the existing password', 'Change the password', 'CYCLE (as Okta has it)',
  ]);
  expect(choices('exactMatch', 'EMAIL')).toHaveLength(2);
});

it('says how a value was', () => {
  expect([was('createUsers', false), was('passwordSeed', 'OKTA'), was('usernameExpression', ''), was('passwordChange', 'CYCLE')]).toEqual([
    'Off', 'Sync Okta password', 'none', 'CYCLE',
  ]);
});
