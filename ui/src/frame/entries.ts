/** Everything the palette can do that is not an app. */

import { apps } from '../lib/apps.svelte';
import { call } from '../lib/ipc/call';
import type { Theme } from '../lib/ipc/generated';
import { toPractice } from '../lib/practice';
import { go, type Route } from '../lib/route.svelte';
import { session } from '../lib/session.svelte';
import { orgEntries, type Entry } from './palette';
import { toOrg } from './places';

const THEMES: [Theme, string][] = [
  ['system', 'as the system'],
  ['light', 'light'],
  ['dark', 'dark'],
  ['contrast', 'high contrast'],
];

export interface Panels {
  calls: () => void;
  shortcuts: () => void;
}

export function paletteEntries(panels: Panels): Entry[] {
  const place = (label: string, route: Route, words = ''): Entry => ({
    id: `go:${label}`,
    group: 'Go to',
    label,
    words,
    run: () => go(route),
  });
  const action = (label: string, run: () => unknown, words = '', keys?: string): Entry => ({
    id: `do:${label}`,
    group: 'Actions',
    label,
    words,
    keys,
    run,
  });
  const org = session.org;
  const list = apps.known(session.current);
  return [
    ...(org === null
      ? [place('Welcome', { name: 'welcome' })]
      : [
          place('Home', { name: 'home' }, 'needs you waiting'),
          place('Connections', { name: 'connections' }, 'apps provisioning list'),
          place('Access reviews', { name: 'reviews', side: 'admin' }, 'security access reviews sar all governance active pending closed'),
          place('My reviews', { name: 'reviews', side: 'my' }, 'security access reviews reviewer'),
          place('Set up access reviews', { name: 'doctor' }, 'doctor role resource set scopes governance licence'),
          place('API reference', { name: 'reference' }, 'endpoints operations examples curl scopes'),
          place('History', { name: 'history' }, 'changes writes log'),
          place(`Settings of ${org.name}`, { name: 'org', org: org.key }, 'colour rename forget lock read-only'),
          place(`Sign-in of ${org.name}`, { name: 'signin', org: org.key }, 'sign in credentials service app key admin token oauth dpop sign out log in'),
          place(`Permissions of ${org.name}`, { name: 'permissions', org: org.key }, 'rights scopes roles licence check'),
        ]),
    place('Settings', { name: 'settings' }, 'appearance theme density clipboard about'),
    place('Keychain', { name: 'settings', part: 'keychain' }, 'secrets health items wipe'),
    ...orgEntries(session.orgs, session.current, toOrg),
    ...(org === null
      ? []
      : [
          action('Launch a review', () => go({ name: 'launch' }), 'security access review new start user reviewers'),
          action('Launch for many people', () => go({ name: 'incident' }), 'security access reviews incident bulk paste group'),
        ]),
    action('Lock now: drop secrets from memory', () => call('lock'), 'idle secrets'),
    action('Add an org', () => go({ name: 'addOrg' }), 'connect token'),
    ...(session.orgs.some((one) => one.tag === 'practice') ? [] : [action('Try the practice org', toPractice, 'simulated demo')]),
    ...(list === undefined ? [] : [action('Read the list of apps again', () => list.load(true), 'refresh reload')]),
    action('Show the calls made to Okta', panels.calls, 'activity requests log'),
    action('Keyboard shortcuts', panels.shortcuts, 'keys help', '?'),
    ...THEMES.map(([theme, label]) => action(`Appearance: ${label}`, () => session.change({ theme }), 'theme')),
    action('Open Okta’s guide to provisioning connections', () => call('page_open', { page: 'provisioningGuide' }), 'help documentation browser'),
  ];
}
