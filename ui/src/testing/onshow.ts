/** For tests of screens: the frame's landmark around a screen, and all that is in the page. */

import { render } from '@testing-library/svelte';
import type { Component } from 'svelte';

/** Renders as the frame does: inside `main`. */
export function showIn<P extends Record<string, unknown>>(screen: Component<P>, props: P): void {
  document.querySelector('main')?.remove();
  const target = document.body.appendChild(document.createElement('main'));
  render(screen, { target, props });
}

/** All that is in the page, attributes and what stands in fields among it: to look for what must not be there. */
export function everything(): string {
  const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')].map((it) => it.value);
  return [new XMLSerializer().serializeToString(document.body), ...fields].join('\n');
}
