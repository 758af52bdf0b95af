import { describe, expect, it, vi } from 'vitest';
import { announcer, announce } from './announce.svelte';
import { appState, needsAttention } from './appstate';
import { relative } from './clock.svelte';
import { asProblem } from './ipc/call';
import { keyWords } from './keys';
import { lineDiff } from './linediff';
import { initials, orgWords } from './orgs';
import { dispatchPaste, onPaste } from './pastehook';
import { haystack, matches, terms } from './search';
import { toasts } from './toasts.svelte';
import { checked, org, row } from '../testing/data';
import { problem } from '../testing/fakehost';

describe('search', () => {
  it.each([
    ['goo', true], ['GOOGLE contract', true], ['contract google', true], ['cafe', true], ['CAFÉ', true], ['0oa17', true], ['', true],
    ['googel', false], ['google zoom', false],
  ])('%j', (text, found) => {
    expect(matches(haystack('Google Workspace (contractors) Café', 'google', '0oa17'), terms(text))).toBe(found);
  });
  it('a word does not run over from one part into the next', () => {
    expect(matches(haystack('Slack', 'slack'), terms('kslack'))).toBe(false);
  });
});

describe('relative times', () => {
  const now = Date.parse('2026-11-24T12:00:00Z');
  it.each([
    [-2, 'just now'], [3, 'just now'], [-30, 'less than a minute ago'], [-60, '1 minute ago'], [-119, '1 minute ago'],
    [-3 * 3600, '3 hours ago'], [7200, 'in 2 hours'], [-86_400, 'yesterday'], [-3 * 86_400, '3 days ago'],
  ])('%d s', (seconds, words) => {
    expect(relative(new Date(now + seconds * 1000).toISOString(), now)).toBe(words);
  });
  it('long ago is a date, and nonsense is nothing', () => {
    expect(relative('2025-01-05T00:00:00Z', now)).toMatch(/2025/);
    expect(relative('soon', now)).toBe('');
  });
});

describe('an app in one word', () => {
  it.each([
    [row('1', { supported: false }), 'unsupported', false],
    [row('1', { waiting: true, checked: checked() }), 'waiting', true],
    [row('1'), 'checking', false],
    [row('1', { checked: checked() }), 'enabled', false],
    [row('1', { checked: checked({ problem: problem() }) }), 'enabled', true],
    [row('1', { checked: checked({ status: 'unknown', scheme: null, problem: problem() }) }), 'problem', true],
    [row('1', { checked: checked({ status: 'disabled', needsConsent: true }) }), 'needsConsent', true],
    [row('1', { checked: checked({ status: 'disabled' }) }), 'disabled', true],
    [row('1', { checked: checked({ status: 'unknown', scheme: null }) }), 'notSetUp', false],
    [row('1', { checked: checked({ status: 'disabled', scheme: null }) }), 'notSetUp', false],
  ])('%#: %o', (it, state, attention) => {
    expect([appState(it), needsAttention(it)]).toEqual([state, attention]);
  });
});

describe('lines side by side', () => {
  it('marks what changed, opposite each other', () => {
    expect(lineDiff('a\nb\nc', 'a\nB\nc')).toEqual([
      { left: 'a', right: 'a', same: true },
      { left: 'b', right: 'B', same: false },
      { left: 'c', right: 'c', same: true },
    ]);
  });
  it('added and removed lines stand alone', () => {
    expect(lineDiff('a\nc', 'a\nb\nc').filter((one) => !one.same)).toEqual([{ left: null, right: 'b', same: false }]);
    expect(lineDiff('', 'x')).toEqual([{ left: null, right: 'x', same: false }]);
    expect(lineDiff('', '')).toEqual([]);
  });
  it('gives both texts back', () => {
    const left = '{\n  "a": 1,\n  "b": 2\n}';
    const right = '{\n  "b": 3,\n  "c": 4,\n  "a": 1\n}';
    const rows = lineDiff(left, right);
    expect(rows.map((one) => one.left).filter((one) => one !== null).join('\n')).toBe(left);
    expect(rows.map((one) => one.right).filter((one) => one !== null).join('\n')).toBe(right);
  });
});

describe('words for keys and orgs', () => {
  it('Mod is Cmd on a Mac', () => {
    expect(keyWords('Mod+K', true)).toEqual(['⌘', 'K']);
    expect(keyWords('Mod+K', false)).toEqual(['Ctrl', 'K']);
  });
  it.each([['Acme', 'AC'], ['Acme preview', 'AP'], ['acme-dev.okta.com', 'AD'], ['😀 team', 'TE'], ['', '?'], ['日本', '日本']])('%s is %s', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
  it('says what the tile shows', () => {
    expect(orgWords(org('acme', { readOnly: true, secret: 'missing' }))).toBe('Acme, acme.okta.com, production org, read-only, token missing');
    expect(orgWords(org('acme', { credential: 'serviceApp', secret: 'missing' }))).toContain(', key missing');
    expect(orgWords(org('acme', { credential: null, secret: 'missing' }))).toContain(', not signed in');
  });
});

describe('what was thrown', () => {
  it('a Problem stays itself, anything else says nothing of its own', () => {
    expect(asProblem(problem({ title: 'T' })).title).toBe('T');
    expect(JSON.stringify(asProblem('secret text'))).not.toContain('secret text');
    expect(asProblem({ code: 'network' }).code).toBe('internal');
  });
});

describe('telling', () => {
  it('the same sentence twice is two changes', () => {
    announce('Done.');
    const first = announcer.slots;
    announce('Done.');
    expect(announcer.slots).not.toEqual(first);
  });
  it('good news goes away by itself, bad news stays', () => {
    vi.useFakeTimers();
    toasts.show('ok', 'Saved.');
    toasts.show('bad', 'Failed.');
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    expect(toasts.all.map((one) => one.text)).toEqual(['Failed.']);
    toasts.dismiss(toasts.all[0]?.id ?? 0);
    expect(toasts.all).toEqual([]);
  });
});

describe('paste anywhere', () => {
  const paste = (target: EventTarget) => {
    const event = new Event('paste', { bubbles: true, cancelable: true }) as ClipboardEvent;
    target.dispatchEvent(event);
    return event;
  };
  it('goes to the last who asked, and not when a field was meant', () => {
    const heard: string[] = [];
    const offFirst = onPaste(() => heard.push('first'));
    const offSecond = onPaste(() => heard.push('second'));
    const input = document.createElement('input');
    document.body.append(input);
    expect(dispatchPaste(paste(document.body))).toBe(true);
    expect(dispatchPaste(paste(input))).toBe(false);
    offSecond();
    dispatchPaste(paste(document.body));
    offFirst();
    expect(dispatchPaste(paste(document.body))).toBe(false);
    expect(heard).toEqual(['second', 'first']);
    input.remove();
  });
});
