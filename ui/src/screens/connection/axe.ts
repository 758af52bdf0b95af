/** axe-core on what a test has on show. Colours are judged in a real browser: there is no layout here. */

import axe from 'axe-core';
import { expect } from 'vitest';

export async function accessible(where: Element = document.body): Promise<void> {
  const found = await axe.run(where, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(found.violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
}
