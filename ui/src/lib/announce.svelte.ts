/** One polite live region for the whole window: what a screen reader is told without moving the focus. */

class Announcer {
  /** Two slots used in turn, so that the same sentence twice is read twice. */
  slots = $state<[string, string]>(['', '']);
  #next: 0 | 1 = 0;

  say(text: string): void {
    const at = this.#next;
    this.#next = at === 0 ? 1 : 0;
    this.slots = at === 0 ? [text, ''] : ['', text];
  }
}

export const announcer = new Announcer();

export function announce(text: string): void {
  announcer.say(text);
}
