/** Where somebody was going when unsaved edits held them back. */

import { fromHash, toHash, type Route } from '../../lib/route.svelte';

/**
 * The way out that was asked for: told by the router, else the link that was clicked, else what the address says
 * already (back and forward change it before anyone is asked), else `home`.
 */
export function wayOut(here: Route, told: Route | undefined, link: string | null, home: Route): Route {
  if (told !== undefined) return told;
  if (link !== null && link !== toHash(here)) return fromHash(link);
  const address = fromHash(location.hash);
  return toHash(address) === toHash(here) ? home : address;
}

/** The place in this window a click leads to, if it was on a link to one. */
export function linkOf(event: Event): string | null {
  const target = event.target instanceof Element ? event.target.closest('a[href^="#/"]') : null;
  return target?.getAttribute('href') ?? null;
}
