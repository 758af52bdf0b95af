import { describe, expect, it } from 'vitest';
import { org } from '../testing/data';
import { fakeHost, type FakeHost } from '../testing/fakehost';
import { OfOrg, onOrgsGone } from './oforg';

const only = (host: FakeHost, ...keys: string[]) => host.send({ kind: 'orgs', orgs: keys.map((key) => org(key)), current: null });
const reset = (host: FakeHost, org: string | null) => host.send({ kind: 'changed', topic: 'practice', org, app: null });

describe('what is kept of an org', () => {
  it('is made once, each thing of an org apart from the others', () => {
    const kept = new OfOrg<string[], [string]>((org, side) => [org, side]);
    expect(kept.of('a', 'my')).toBe(kept.of('a', 'my'));
    expect(kept.of('a', 'my')).not.toBe(kept.of('a', 'admin'));
    expect(kept.of('a b', 'c')).not.toBe(kept.of('a', 'b c'));
    expect(kept.of('a', 'my')).toEqual(['a', 'my']);
  });

  it('goes with it, and stays while the org does', () => {
    const host = fakeHost();
    const kept = new OfOrg<object>(() => ({}));
    const [a, b] = [kept.of('a'), kept.of('b')];
    only(host, 'a', 'b');
    expect([kept.of('a'), kept.of('b')]).toEqual([a, b]);
    only(host, 'b');
    expect(kept.of('a')).not.toBe(a);
    expect(kept.of('b')).toBe(b);
  });

  it('goes when the practice org is put back; what is said of no org in particular takes nothing', () => {
    const host = fakeHost();
    const kept = new OfOrg<object>(() => ({}));
    const [a, b] = [kept.of('a'), kept.of('b')];
    reset(host, null);
    expect(kept.of('a')).toBe(a);
    reset(host, 'a');
    expect(kept.of('a')).not.toBe(a);
    expect(kept.of('b')).toBe(b);
  });

  it('says whether the org will be back, until nobody listens', () => {
    const host = fakeHost();
    const heard: unknown[] = [];
    const off = onOrgsGone((stays, forgotten) => heard.push([stays('a'), stays('b'), forgotten]));
    only(host, 'b');
    reset(host, 'b');
    off();
    only(host);
    expect(heard).toEqual([[false, true, true], [true, false, false]]);
  });
});
