/** What a key means here. Letters are text while something is typed, and belong to a dialog or a menu while one is open. */

import { typing } from '../../../lib/keys';

export type Meaning =
  | 'down' | 'up' | 'pageDown' | 'pageUp' | 'first' | 'last' | 'next' | 'previous'
  | 'revoke' | 'flag' | 'restore' | 'undo' | 'into' | 'out' | 'enter' | 'comment' | 'help';

const LETTERS: Readonly<Record<string, Meaning>> = {
  j: 'down', k: 'up', n: 'next', p: 'previous', r: 'revoke', f: 'flag', x: 'restore', u: 'undo', o: 'into', c: 'comment',
};
const SIGNS: Readonly<Record<string, Meaning>> = { ']': 'next', '[': 'previous', '?': 'help' };
const NAMED: Readonly<Record<string, Meaning>> = {
  ArrowDown: 'down', ArrowUp: 'up', PageDown: 'pageDown', PageUp: 'pageUp', Home: 'first', End: 'last', ArrowRight: 'into', ArrowLeft: 'out',
  Enter: 'enter', Escape: 'out',
};
const MOVES: readonly Meaning[] = ['down', 'up', 'pageDown', 'pageUp', 'next', 'previous'];
/** What has a use of its own for Enter and the arrows. */
const BUSY = 'button, a, summary, input, [role="tab"], [role="tablist"]';

export function meaningOf(event: KeyboardEvent): Meaning | null {
  if (event.defaultPrevented || event.isComposing || typing(event)) return null;
  if (document.querySelector('dialog[open]') !== null) return null;
  const at = event.target instanceof Element ? event.target : null;
  if (at !== null && at.closest('[role="menu"], [role="listbox"]:not([data-triage])') !== null) return null;
  const meaning = read(event, at);
  // A key that is held down moves; it never decides.
  return event.repeat && meaning !== null && !MOVES.includes(meaning) ? null : meaning;
}

function read(event: KeyboardEvent, at: Element | null): Meaning | null {
  // Brackets need AltGr on many keyboards, which Windows reports as Ctrl and Alt.
  const altGr = event.getModifierState('AltGraph');
  if (event.metaKey || ((event.ctrlKey || event.altKey) && !altGr)) return null;
  const sign = SIGNS[event.key];
  if (sign !== undefined) return sign;
  if (altGr) return null;
  const named = NAMED[event.key];
  if (named !== undefined) {
    if (event.shiftKey) return null;
    return event.key !== 'Escape' && at?.closest(BUSY) ? null : named;
  }
  const letter = letterOf(event);
  if (event.shiftKey) return letter === 'r' ? 'restore' : null;
  return LETTERS[letter] ?? null;
}

/** Caps Lock and keyboards with other letters change nothing: the place of the key counts there. */
function letterOf(event: KeyboardEvent): string {
  const key = event.key.toLowerCase();
  if (/^[a-z]$/.test(key)) return key;
  return key.length === 1 && /\p{L}/u.test(key) && event.code.startsWith('Key') ? event.code.slice(3).toLowerCase() : '';
}
