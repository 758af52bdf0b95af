import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decision, SCOPE } from '../screens/reviews/workspace/fixtures';
import { fakeHost, problem, type FakeHost } from '../testing/fakehost';
import { announcer } from './announce.svelte';
import { decisions } from './decisions.svelte';
import { toasts } from './toasts.svelte';
import type { DecisionView } from './ipc/generated';

let host: FakeHost;
let off: () => void;
const send = (view: DecisionView) => host.send({ kind: 'decision', view });
const states = () => decisions.all.map((one) => `${one.id} ${one.state}`);

beforeEach(() => {
  toasts.all = [];
  host = fakeHost({ decisions_list: () => [] });
  off = decisions.follow();
});
afterEach(() => off());

describe('decisions', () => {
  it('an event that overtakes the reply is not undone by it', async () => {
    host.answers.decision_make = () => {
      send(decision(1, 'a'));
      send(decision(1, 'a', { state: 'sending' }));
      return decision(1, 'a');
    };
    await decisions.make({ ...SCOPE, access: 'a', action: 'REVOKE_ACCESS' });
    expect(states()).toEqual(['1 sending']);
  });

  it('a list that was asked for earlier says nothing newer than an event', async () => {
    host.answers.decisions_list = () => {
      send(decision(1, 'a', { state: 'following', remediation: 'IN_PROGRESS' }));
      return [decision(2, 'b'), decision(1, 'a', { state: 'following', remediation: 'NONE' })];
    };
    await decisions.open('acme');
    expect(states()).toEqual(['2 waiting', '1 following']);
    expect(decisions.all[1]?.remediation).toBe('IN_PROGRESS');
  });

  it('after lost events the list is read again and believed', async () => {
    send(decision(1, 'a', { state: 'following', remediation: 'NONE' }));
    host.answers.decisions_list = () => [decision(1, 'a', { state: 'following', remediation: 'IN_PROGRESS' })];
    host.send({ kind: 'changed', topic: 'reviews', org: null, app: null });
    await expect.poll(() => decisions.all[0]?.remediation).toBe('IN_PROGRESS');
  });

  it('each review has its own, whichever side it was decided on, and of an item the latest counts', () => {
    send(decision(1, 'a', { state: 'settled' }));
    send(decision(2, 'a', { review: 'sar2' }));
    send(decision(3, 'a', { side: 'my' }));
    send(decision(4, 'a', { action: 'RESTORE_ACCESS' }));
    send(decision(5, 'a', { sub: 's' }));
    expect(decisions.of(SCOPE).map((one) => one.id)).toEqual([5, 4, 3, 1]);
    expect([...decisions.latest(SCOPE).values()].map((one) => one.id)).toEqual([5, 4]);
  });

  it('numbers that begin anew are another decision', () => {
    send(decision(1, 'a', { state: 'settled' }));
    send(decision(1, 'b'));
    expect(decisions.all.map((one) => one.access)).toEqual(['b']);
  });

  it('a failure is announced once and stays until it is put away', () => {
    const failed = decision(1, 'a', { state: 'failed', problem: problem({ title: 'Okta refused it.' }) });
    send(decision(1, 'a'));
    send(failed);
    expect(announcer.slots.join('')).toContain('Revoke access for App a: Okta refused it.');
    announcer.say('');
    announcer.say('');
    send(failed);
    expect(announcer.slots.join('')).toBe('');
    expect(decisions.wrong.map((one) => one.id)).toEqual([1]);
    decisions.putAway(1);
    expect(decisions.wrong).toEqual([]);
  });

  it('what a lock took back is told, and nothing else', async () => {
    host.answers.decision_undo = () => decision(1, 'a', { state: 'undone' });
    send(decision(1, 'a'));
    await decisions.undo(1);
    send(decision(1, 'a', { state: 'undone' }));
    send(decision(2, 'b'));
    send(decision(2, 'b', { state: 'undone' }));
    send(decision(3, 'b'));
    send(decision(3, 'b', { state: 'undone' }));
    send(decision(4, 'c'));
    send(decision(5, 'd', { state: 'sending' }));
    host.send({ kind: 'locked', idleMinutes: null, lost: [] });
    expect(toasts.all.map((one) => one.text)).toEqual(['Revoke access for App c was not sent.', 'Revoke access for App b was not sent.']);
  });

  it('the practice org put back, and an org forgotten, take theirs along', () => {
    send(decision(1, 'a', { org: 'practice' }));
    send(decision(2, 'a'));
    host.send({ kind: 'changed', topic: 'practice', org: 'practice', app: null });
    expect(states()).toEqual(['2 waiting']);
    host.send({ kind: 'orgs', orgs: [], current: null });
    expect(states()).toEqual([]);
  });
});
