/** Where the window is: a closed set of places, kept in the address's hash so that back and forward work. */

import { tick } from 'svelte';
import type { CredentialKind, Side } from './ipc/generated';

export type Route =
  | { name: 'welcome' }
  | { name: 'home' }
  | { name: 'addOrg' }
  | { name: 'org'; org: string }
  /** `way` is the way of signing in to show first. */
  | { name: 'signin'; org: string; way?: CredentialKind }
  | { name: 'permissions'; org: string }
  | { name: 'connections' }
  | { name: 'connection'; app: string }
  | { name: 'features'; app: string }
  /** The security access reviews of the org, or those one is a reviewer of. */
  | { name: 'reviews'; side: Side }
  | { name: 'review'; side: Side; review: string }
  /** `subject` is who is reviewed, by id, to start with. */
  | { name: 'launch'; subject?: string }
  | { name: 'incident' }
  | { name: 'doctor' }
  | { name: 'reference' }
  | { name: 'history' }
  | { name: 'settings'; part?: 'keychain' };

export function toHash(route: Route): string {
  switch (route.name) {
    case 'connection':
      return `#/connections/${encodeURIComponent(route.app)}`;
    case 'features':
      return `#/connections/${encodeURIComponent(route.app)}/features`;
    case 'org':
      return `#/orgs/${encodeURIComponent(route.org)}`;
    case 'signin':
      return `#/orgs/${encodeURIComponent(route.org)}/signin${route.way === undefined ? '' : `/${route.way}`}`;
    case 'permissions':
      return `#/orgs/${encodeURIComponent(route.org)}/permissions`;
    case 'settings':
      return route.part === undefined ? '#/settings' : `#/settings/${route.part}`;
    case 'reviews':
      return `#/reviews/${route.side}`;
    case 'review':
      return `#/reviews/${route.side}/${encodeURIComponent(route.review)}`;
    case 'launch':
      return route.subject === undefined ? '#/reviews/launch' : `#/reviews/launch/${encodeURIComponent(route.subject)}`;
    case 'incident':
      return '#/reviews/incident';
    case 'doctor':
      return '#/reviews/setup';
    case 'addOrg':
      return '#/orgs/add';
    default:
      return `#/${route.name}`;
  }
}

export function fromHash(hash: string): Route {
  const parts = hash.replace(/^#\/?/, '').split('/').map(plain);
  const [first = '', second = '', third = '', fourth = ''] = parts;
  switch (first) {
    case 'welcome':
    case 'history':
    case 'reference':
      return { name: first };
    case 'settings':
      return second === 'keychain' ? { name: 'settings', part: second } : { name: 'settings' };
    case 'connections':
      if (second === '') return { name: 'connections' };
      return third === 'features' ? { name: 'features', app: second } : { name: 'connection', app: second };
    case 'reviews':
      return ofReviews(second, third);
    case 'orgs':
      return second === '' || second === 'add' ? { name: 'addOrg' } : ofOrg(second, third, fourth);
    default:
      return { name: 'home' };
  }
}

function ofReviews(page: string, id: string): Route {
  switch (page) {
    case 'launch':
      return id === '' ? { name: 'launch' } : { name: 'launch', subject: id };
    case 'incident':
      return { name: 'incident' };
    case 'setup':
      return { name: 'doctor' };
    default: {
      const side = page === 'my' ? 'my' : 'admin';
      return id === '' ? { name: 'reviews', side } : { name: 'review', side, review: id };
    }
  }
}

const WAYS: readonly string[] = ['serviceApp', 'signIn', 'apiToken'] satisfies CredentialKind[];

function ofOrg(org: string, page: string, way: string): Route {
  if (page === 'permissions') return { name: 'permissions', org };
  if (page !== 'signin') return { name: 'org', org };
  return WAYS.includes(way) ? { name: 'signin', org, way: way as CredentialKind } : { name: 'signin', org };
}

/** A hash typed by hand may hold broken escapes. */
function plain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

class Router {
  current = $state.raw<Route>(fromHash(location.hash));
  /** Asked before leaving; `false` keeps the window where it is. One screen at a time may guard. */
  #guard: ((to: Route) => boolean) | undefined;

  /** Starts following the address. Returns the way to stop. */
  start(): () => void {
    const follow = () => this.#arrive(fromHash(location.hash));
    window.addEventListener('hashchange', follow);
    this.current = fromHash(location.hash);
    return () => window.removeEventListener('hashchange', follow);
  }

  go(route: Route, replace = false): void {
    const hash = toHash(route);
    if (hash === toHash(this.current)) {
      void focusHeading();
      return;
    }
    if (!this.#mayLeave(route)) return;
    if (replace) history.replaceState(null, '', hash);
    else history.pushState(null, '', hash);
    this.#show(route);
  }

  /** A screen with unsaved work asks here, and is told where the person wants to go; the returned function takes the guard off. */
  guard(mayLeave: (to: Route) => boolean): () => void {
    this.#guard = mayLeave;
    return () => {
      if (this.#guard === mayLeave) this.#guard = undefined;
    };
  }

  #mayLeave(to: Route): boolean {
    return this.#guard?.(to) ?? true;
  }

  #arrive(route: Route): void {
    if (toHash(route) === toHash(this.current)) return;
    if (this.#mayLeave(route)) this.#show(route);
    else history.pushState(null, '', toHash(this.current));
  }

  #show(route: Route): void {
    this.#guard = undefined;
    this.current = route;
    void focusHeading();
  }
}

export const router = new Router();

export function go(route: Route, replace = false): void {
  router.go(route, replace);
}

/**
 * The heading gets the focus when a screen is shown, so that it is read and Tab goes on from there; on a screen made for
 * one act, what is marked `data-first` does.
 */
export async function focusHeading(): Promise<void> {
  await tick();
  const first = document.querySelector<HTMLElement>('main [data-first]');
  if (first !== null) {
    first.focus({ preventScroll: true });
    return;
  }
  const heading = document.querySelector<HTMLElement>('main h1');
  if (heading === null) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
