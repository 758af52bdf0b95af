import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromHash, go, router, toHash, type Route } from './route.svelte';

const ROUTES: Route[] = [
  { name: 'welcome' }, { name: 'home' }, { name: 'addOrg' }, { name: 'org', org: 'acme.okta.com' }, { name: 'connections' },
  { name: 'connection', app: '0oa1' }, { name: 'features', app: '0oa1' }, { name: 'history' }, { name: 'settings' },
  { name: 'signin', org: 'acme' }, { name: 'signin', org: 'acme', way: 'signIn' }, { name: 'permissions', org: 'acme' }, { name: 'settings', part: 'keychain' },
  { name: 'reviews', side: 'admin' }, { name: 'reviews', side: 'my' }, { name: 'review', side: 'admin', review: 'sar1' }, { name: 'review', side: 'my', review: 'sar/2' },
  { name: 'launch' }, { name: 'launch', subject: '00u1' }, { name: 'incident' }, { name: 'doctor' }, { name: 'reference' },
];

describe('the address', () => {
  it.each(ROUTES)('$name goes out and comes back', (route) => {
    expect(fromHash(toHash(route))).toEqual(route);
  });
  it('an odd id stays one part of the path', () => {
    const route: Route = { name: 'connection', app: 'a/b #%' };
    expect(fromHash(toHash(route))).toEqual(route);
  });
  it.each(['', '#', '#/', '#/nowhere', '#/..//', '#key'])('%j is Home', (hash) => {
    expect(fromHash(hash)).toEqual({ name: 'home' });
  });
  it('an unknown way of signing in is left out', () => {
    expect(fromHash('#/orgs/acme/signin/magic')).toEqual({ name: 'signin', org: 'acme' });
  });
  it('reviews without a side are those of the org', () => {
    expect(fromHash('#/reviews')).toEqual({ name: 'reviews', side: 'admin' });
    expect(fromHash('#/reviews/elsewhere')).toEqual({ name: 'reviews', side: 'admin' });
  });
  it('a broken escape does not throw', () => {
    expect(fromHash('#/connections/%E0%A4%A')).toEqual({ name: 'connection', app: '%E0%A4%A' });
  });
});

describe('the router', () => {
  let stop: () => void;
  beforeEach(() => {
    document.body.innerHTML = '<main><h1>Screen</h1></main>';
    history.replaceState(null, '', '#/home');
    stop = router.start();
  });
  afterEach(() => stop());

  it('moves the focus to the heading', async () => {
    go({ name: 'history' });
    expect(location.hash).toBe('#/history');
    await new Promise((done) => setTimeout(done));
    expect(document.activeElement?.tagName).toBe('H1');
  });

  it('follows back and typed addresses', () => {
    history.replaceState(null, '', '#/settings');
    window.dispatchEvent(new Event('hashchange'));
    expect(router.current).toEqual({ name: 'settings' });
  });

  it('a guard keeps the window where it is, for clicks and for back', () => {
    go({ name: 'features', app: '0oa1' });
    const off = router.guard(() => false);
    go({ name: 'home' });
    expect(router.current.name).toBe('features');
    history.replaceState(null, '', '#/home');
    window.dispatchEvent(new Event('hashchange'));
    expect(router.current.name).toBe('features');
    expect(location.hash).toBe('#/connections/0oa1/features');
    off();
    go({ name: 'home' });
    expect(router.current.name).toBe('home');
  });

  it('a guard ends with its screen', () => {
    router.guard(() => true);
    go({ name: 'history' });
    go({ name: 'settings' });
    expect(router.current.name).toBe('settings');
  });
});
