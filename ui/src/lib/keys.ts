/** Keyboard shortcuts: how they are written and when they are meant. */

export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

/** `Mod+Shift+K` as the keys of this machine. */
export function keyWords(keys: string, mac = isMac): string[] {
  return keys.split('+').map((key) => {
    if (key === 'Mod') return mac ? '⌘' : 'Ctrl';
    if (key === 'Shift') return mac ? '⇧' : 'Shift';
    return key;
  });
}

/** Ctrl, or Cmd on a Mac, and nothing else. */
export function mod(event: KeyboardEvent): boolean {
  return (isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey) && !event.altKey;
}

/** The key is being typed into something, so single letters are text there. */
export function typing(event: Event): boolean {
  const it = event.target;
  if (!(it instanceof HTMLElement)) return false;
  if (it.isContentEditable || it.tagName === 'TEXTAREA' || it.tagName === 'SELECT') return true;
  return it instanceof HTMLInputElement && !['radio', 'checkbox', 'button', 'submit'].includes(it.type);
}
