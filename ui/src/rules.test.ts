/** Rules of this room that no compiler checks. Each is a search through the source. */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = dirname(fileURLToPath(import.meta.url));

interface Source {
  path: string;
  text: string;
  imports: string[];
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() ? walk(join(folder, one.name)) : [join(folder, one.name)],
  );
}

/** Import targets inside `src`, as paths from there; packages as they are named. */
function importsOf(file: string, text: string): string[] {
  const found = text.matchAll(/(?:\bfrom\s+|\bimport\s+|\bimport\()\s*['"]([^'"]+)['"]/g);
  return [...found].map(([, target = '']) => (target.startsWith('.') ? relative(SRC, resolve(dirname(file), target)) : target));
}

const SOURCES: Source[] = walk(SRC)
  .filter((file) => /\.(ts|svelte|css)$/.test(file))
  .map((file) => {
    const text = readFileSync(file, 'utf8');
    return { path: relative(SRC, file), text, imports: importsOf(file, text) };
  });
/** The source an import leads to; a path may leave off its ending. */
function target(path: string): Source | undefined {
  return SOURCES.find((one) => [path, `${path}.ts`].includes(one.path));
}

/** Everything these files import, directly or not, and the files themselves. */
function reached(from: Source[]): Set<Source> {
  const seen = new Set<Source>();
  const look = (source: Source | undefined) => {
    if (source === undefined || seen.has(source)) return;
    seen.add(source);
    for (const one of source.imports) look(target(one));
  };
  from.forEach(look);
  return seen;
}

const isTest = ({ path }: Source) => path.endsWith('.test.ts');
/** Where a bundle begins; the hosts are chosen by an alias. */
const ENTRIES = SOURCES.filter(({ path }) => ['main.ts', 'lib/host/tauri.ts', 'lib/host/bridge.ts'].includes(path));
/** What ships. Tests, and what only they use, may do more. */
const SHIPPED = [...reached(ENTRIES)];

/** Files of which the rule does not hold, without the excused ones. */
function breaking(test: (source: Source) => boolean, but: string[] = []): string[] {
  return SHIPPED.filter((source) => !but.includes(source.path) && test(source)).map((source) => source.path);
}
const has = (pattern: RegExp) => (source: Source) => pattern.test(source.text);

describe('rules of the web view', () => {
  it('the search sees the sources', () => {
    expect(SHIPPED.length).toBeGreaterThan(60);
    expect(SOURCES.find(({ path }) => path === 'main.ts')?.imports).toContain('lib/host/host');
  });

  it('one file knows Tauri', () => {
    expect(breaking(({ imports }) => imports.some((one) => one.startsWith('@tauri-apps')))).toEqual(['lib/host/tauri.ts']);
  });

  it('only the host talks to the outside', () => {
    const net = /\b(fetch\s*\(|XMLHttpRequest|EventSource|WebSocket|sendBeacon|importScripts|new Worker)\b/;
    expect(breaking(has(net))).toEqual(['lib/host/bridge.ts']);
  });

  it('text never becomes markup', () => {
    expect(breaking(has(/\{@html|innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|createContextualFragment|document\.write/))).toEqual([]);
  });

  it('the web view keeps nothing', () => {
    expect(breaking(has(/\b(localStorage|sessionStorage|indexedDB|document\.cookie|caches\.)\b/))).toEqual([]);
  });

  it('the web view reads no clipboard and opens no window by itself', () => {
    expect(breaking(has(/navigator\.clipboard|window\.open\s*\(|target="_blank"|location\.(href|assign|replace)\s*[=(]/))).toEqual([]);
  });

  it('no style attribute: the content security policy refuses it', () => {
    expect(breaking(has(/<[a-z][^>]*\sstyle="/))).toEqual([]);
    expect(breaking(has(/setAttribute\(\s*['"]style['"]/))).toEqual([]);
  });

  it('no script runs from text, and no address leads out', () => {
    expect(breaking(has(/\beval\s*\(|new Function\s*\(/))).toEqual([]);
    expect(breaking(({ path, text }) => path.endsWith('.css') && /url\(/.test(text))).toEqual([]);
  });

  it('nothing is written to the console', () => {
    expect(breaking(has(/\bconsole\.\w+\(/))).toEqual([]);
  });

  describe('who may import whom', () => {
    const room = (path: string) => path.split('/')[0] ?? '';
    const screen = (path: string) => (room(path) === 'screens' ? path.split('/')[1] : undefined);
    const MAY: Record<string, string[]> = {
      lib: ['lib'],
      parts: ['parts', 'lib'],
      screens: ['screens', 'parts', 'lib'],
      frame: ['frame', 'screens', 'parts', 'lib'],
    };
    /** Rooms inside the source only; packages and the alias are another matter. */
    const inside = (one: string) => ['lib', 'parts', 'screens', 'frame', 'testing', 'styles'].includes(room(one));

    it.each(Object.entries(MAY))('%s: only %j', (from, may) => {
      const wrong = SHIPPED.filter(({ path }) => room(path) === from).flatMap(({ path, imports }) =>
        imports.filter((one) => inside(one) && !may.includes(room(one))).map((one) => `${path} -> ${one}`),
      );
      expect(wrong).toEqual([]);
    });

    it('a screen leaves the others alone; consent belongs to connection', () => {
      const wrong = SHIPPED.flatMap(({ path, imports }) =>
        imports
          .filter((one) => screen(path) !== undefined && screen(one) !== undefined && screen(one) !== screen(path))
          .filter((one) => !(['connection', 'consent'].includes(screen(path) ?? '') && ['connection', 'consent'].includes(screen(one) ?? '')))
          .map((one) => `${path} -> ${one}`),
      );
      expect(wrong).toEqual([]);
    });

    it('nothing that ships imports what is for tests', () => {
      const forTests = /^(testing\/|vitest|@testing-library|axe-core)|\.test$/;
      expect(breaking(({ imports }) => imports.some((one) => forTests.test(one)))).toEqual([]);
    });

    it('no file is left over', () => {
      const used = reached(SOURCES.filter((one) => isTest(one) || ENTRIES.includes(one) || one.path === 'testing/setup.ts'));
      expect(SOURCES.filter((one) => !used.has(one)).map(({ path }) => path)).toEqual([]);
    });
  });

  it('files are small rooms', () => {
    const long = SHIPPED.filter(({ path, text }) => path !== 'lib/ipc/generated.ts' && text.split('\n').length > 400);
    expect(long.map(({ path }) => path)).toEqual([]);
  });
});
