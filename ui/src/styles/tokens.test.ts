/** Contrast of the tokens, in light, dark and high contrast (WCAG 2.2: 4.5 for text, 3 for controls and marks). */

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const CSS = readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'tokens.css'), 'utf8');

/** The declarations of the block that begins with this selector. */
function block(selector: string): Map<string, string> {
  const start = CSS.indexOf(`${selector} {`);
  const body = CSS.slice(start, CSS.indexOf('\n}', start));
  return new Map([...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value.trim()]));
}

const ROOT = block(':root');
const CONTRAST = new Map([...ROOT, ...block(":root[data-theme='contrast']")]);

type Scheme = 'light' | 'dark';
function colour(tokens: Map<string, string>, name: string, scheme: Scheme): string {
  const value = tokens.get(name);
  if (value === undefined) throw new Error(`no token --${name}`);
  const pair = /^light-dark\((#\w+),\s*(#\w+)\)$/.exec(value);
  return (pair === null ? value : scheme === 'light' ? pair[1] : pair[2]) ?? value;
}

function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  const [r = 0, g = 0, b = 0] = parts.map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function ratio(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const SURFACES = ['canvas', 'surface', 'side', 'raised', 'sunken', 'selected'];
const TEXTS = ['ink', 'ink-2', 'ink-3'];
const TONES = ['ok', 'warn', 'bad', 'info', 'neutral'];
const ORGS = ['indigo', 'teal', 'amber', 'rose', 'violet', 'slate', 'green', 'orange'];

describe.each<[string, Map<string, string>]>([['normal', ROOT], ['high contrast', CONTRAST]])('%s', (_, tokens) => {
  describe.each<Scheme>(['light', 'dark'])('%s', (scheme) => {
    const of = (a: string, b: string) => ratio(colour(tokens, a, scheme), colour(tokens, b, scheme));

    it.each(SURFACES)('text on %s', (surface) => {
      for (const text of [...TEXTS, 'accent', ...TONES]) expect(of(text, surface), `${text} on ${surface}`).toBeGreaterThanOrEqual(4.5);
    });
    it.each(TONES)('%s on its own ground', (tone) => {
      for (const text of ['ink', 'ink-2', tone]) expect(of(text, `${tone}-soft`), text).toBeGreaterThanOrEqual(4.5);
    });
    it('words on filled buttons', () => {
      for (const fill of ['accent-fill', 'accent-fill-hover', 'bad-fill', 'bad-fill-hover']) {
        expect(of('accent-ink', fill), fill).toBeGreaterThanOrEqual(4.5);
      }
    });
    it('edges of controls and the focus ring', () => {
      for (const surface of ['canvas', 'surface', 'raised', 'side']) {
        expect(of('line-control', surface), `line on ${surface}`).toBeGreaterThanOrEqual(3);
        expect(of('focus', surface), `focus on ${surface}`).toBeGreaterThanOrEqual(3);
      }
    });
    it('letters on the org tiles', () => {
      for (const name of ORGS) expect(ratio('#ffffff', colour(tokens, `org-${name}`, scheme)), name).toBeGreaterThanOrEqual(4.5);
    });
  });
});
