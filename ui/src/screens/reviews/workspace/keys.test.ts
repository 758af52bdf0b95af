import { afterEach, describe, expect, it } from 'vitest';
import { meaningOf, type Meaning } from './keys';

afterEach(() => document.body.replaceChildren());

function pressed(key: string, more: KeyboardEventInit & { altGraph?: boolean } = {}, target: Element = document.body): Meaning | null {
  let meaning: Meaning | null = null;
  const hear = (event: Event) => (meaning = meaningOf(event as KeyboardEvent));
  window.addEventListener('keydown', hear);
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  Object.defineProperty(event, 'getModifierState', { value: (name: string) => name === 'AltGraph' && more.altGraph === true });
  target.dispatchEvent(event);
  window.removeEventListener('keydown', hear);
  return meaning;
}
function add(html: string): Element {
  const holder = document.createElement('div');
  const parsed = new DOMParser().parseFromString(html, 'text/html').body.firstElementChild;
  if (parsed === null) throw new Error('nothing to add');
  holder.append(document.importNode(parsed, true));
  document.body.append(holder);
  return holder.querySelector('[data-at]') ?? holder.firstElementChild ?? holder;
}

describe('keys of a review', () => {
  it.each<[string, KeyboardEventInit, Meaning | null]>([
    ['j', {}, 'down'], ['k', {}, 'up'], ['ArrowDown', {}, 'down'], ['r', {}, 'revoke'], ['f', {}, 'flag'], ['x', {}, 'restore'], ['u', {}, 'undo'],
    ['o', {}, 'into'], ['ArrowRight', {}, 'into'], ['Enter', {}, 'enter'], ['Escape', {}, 'out'], [']', {}, 'next'], ['[', {}, 'previous'], ['c', {}, 'comment'],
    ['?', { shiftKey: true }, 'help'], ['R', { shiftKey: true }, 'restore'], ['z', {}, null], ['U', { shiftKey: true }, null],
    // Caps Lock alone must not turn a revoke into a restore.
    ['R', {}, 'revoke'],
    // A Russian keyboard: the place of the key counts.
    ['к', { code: 'KeyR' }, 'revoke'],
  ])('%s %o is %s', (key, more, meaning) => expect(pressed(key, more)).toBe(meaning));

  it.each([{ ctrlKey: true }, { metaKey: true }, { altKey: true }])('nothing with %o', (more) => {
    for (const key of ['r', 'u', 'j', 'Enter', ']']) expect(pressed(key, more)).toBeNull();
  });

  it('AltGr may be needed for a bracket, and for nothing else', () => {
    expect(pressed(']', { ctrlKey: true, altKey: true, altGraph: true })).toBe('next');
    expect(pressed('r', { ctrlKey: true, altKey: true, altGraph: true })).toBeNull();
  });

  it.each(['<input type="text">', '<input type="search">', '<textarea></textarea>', '<select></select>'])('nothing while one types in %s', (html) => {
    const field = add(html);
    for (const key of ['r', 'u', '?', 'Enter', 'j']) expect(pressed(key, {}, field)).toBeNull();
  });

  it('nothing behind a dialog or in a menu', () => {
    expect(pressed('r', {}, add('<div role="menu"><div data-at role="menuitem" tabindex="-1"></div></div>'))).toBeNull();
    add('<dialog open></dialog>');
    expect(pressed('r')).toBeNull();
  });

  it('a button keeps Enter and the arrows; letters still work there', () => {
    const button = add('<button type="button">Undo</button>');
    expect([pressed('Enter', {}, button), pressed('ArrowDown', {}, button), pressed('j', {}, button), pressed('Escape', {}, button)]).toEqual([null, null, 'down', 'out']);
  });

  it('a key that is held moves and never decides', () => {
    const held = { repeat: true };
    expect([pressed('j', held), pressed(']', held), pressed('r', held), pressed('Enter', held), pressed('u', held)]).toEqual(['down', 'next', null, null, null]);
  });

  it('what somebody else took is left alone', () => {
    const box = add('<div data-at tabindex="0"></div>');
    box.addEventListener('keydown', (event) => event.preventDefault());
    expect(pressed('r', {}, box)).toBeNull();
  });
});
