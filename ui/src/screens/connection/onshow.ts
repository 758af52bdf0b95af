/** What the screens' own tests share: the frame's landmark, and axe-core on what is on show. */

import { render } from '@testing-library/svelte';
import axe from 'axe-core';
import type { Component } from 'svelte';
import { expect } from 'vitest';

/** Renders as the frame does: inside `main`. */
export function showIn<P extends Record<string, unknown>>(screen: Component<P>, props: P): void {
  document.querySelector('main')?.remove();
  const target = document.body.appendChild(document.createElement('main'));
  render(screen, { target, props });
}

/** Colours are judged in a real browser: there is no layout here. */
export async function accessible(where: Element = document.body): Promise<void> {
  const found = await axe.run(where, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(found.violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
}

/** All that is in the page, attributes and what stands in fields among it: to look for what must not be there. */
export function everything(): string {
  const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')].map((it) => it.value);
  return [new XMLSerializer().serializeToString(document.body), ...fields].join('\n');
}
