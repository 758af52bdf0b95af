/** What axe finds wrong with the page. Colours are left to `tokens.test.ts`: there is no layout here to see them in. */

import axe from 'axe-core';

export async function faults(node: Element = document.body): Promise<string[]> {
  const found = await axe.run(node, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((at) => at.html.slice(0, 160)).join(' | ')}`);
}
