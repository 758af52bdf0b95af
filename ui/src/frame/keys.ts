/** The window's own shortcuts. A dialog that is open keeps them to itself, apart from the palette. */

import { mod, typing } from '../lib/keys';
import { session } from '../lib/session.svelte';
import { toOrg } from './places';

export interface Does {
  palette: () => void;
  shortcuts: () => void;
}

export function windowKey(event: KeyboardEvent, does: Does): void {
  if (event.defaultPrevented || event.isComposing) return;
  const modal = document.querySelector('dialog[open]') !== null;
  if (mod(event) && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    if (!modal) does.palette();
    return;
  }
  if (modal) return;
  if (mod(event) && /^[1-9]$/.test(event.key)) {
    const org = session.orgs[Number(event.key) - 1];
    if (org === undefined) return;
    event.preventDefault();
    void toOrg(org.key);
  } else if (event.key === '?' && !typing(event)) {
    event.preventDefault();
    does.shortcuts();
  } else if (event.key === '/' && !typing(event)) {
    const search = document.querySelector<HTMLInputElement>('main input[type="search"]');
    if (search === null) return;
    event.preventDefault();
    search.focus();
  }
}
