import { describe, expect, it } from 'vitest';
import { MOST_BYTES, take, takeText, type Handed } from './paste';

const CALLBACK = 'https://acme.okta.com/api/v1/apps/google/0oa1/oauth2/callback?code=c&state=s';

function handed(data: Record<string, string>, ...files: File[]): Handed {
  return { files, getData: (format) => data[format] ?? '' };
}

describe('pasted or dragged', () => {
  it('text is taken as it is', async () => {
    expect(await take(handed({ 'text/plain': `  {"a":1}\n` }))).toEqual({ kind: 'text', text: `  {"a":1}\n` });
  });
  it('an address is taken where there is no text', async () => {
    expect(await take(handed({ 'text/uri-list': `# from a browser\r\n${CALLBACK}\r\n` }))).toEqual({ kind: 'text', text: CALLBACK });
  });
  it('nothing is nothing', async () => {
    expect(await take(handed({ 'text/html': '<b>x</b>' }))).toEqual({ kind: 'nothing' });
    expect(takeText(' \n ')).toEqual({ kind: 'nothing' });
  });
  it('too much is refused, counted in bytes', () => {
    expect(takeText('x'.repeat(MOST_BYTES)).kind).toBe('text');
    expect(takeText('x'.repeat(MOST_BYTES + 1)).kind).toBe('refused');
    expect(takeText('é'.repeat(MOST_BYTES / 2 + 1)).kind).toBe('refused');
  });
});

describe('dropped files', () => {
  const file = (name: string, body: BlobPart) => new File([body], name);

  it.each(['answer.json', 'ANSWER.TXT'])('%s: the whole text', async (name) => {
    expect(await take(handed({}, file(name, '{"continue_oauth_flow_url":{}}')))).toEqual({
      kind: 'text', text: '{"continue_oauth_flow_url":{}}',
    });
  });
  it('a file wins over the text that comes with it', async () => {
    expect(await take(handed({ 'text/plain': '/home/ada/answer.txt' }, file('answer.txt', CALLBACK)))).toEqual({
      kind: 'text', text: CALLBACK,
    });
  });
  it('.url: the address', async () => {
    expect(await take(handed({}, file('a.url', `[InternetShortcut]\r\nIDList=\r\nURL=${CALLBACK}\r\n`)))).toEqual({
      kind: 'text', text: CALLBACK,
    });
  });
  it('.url in UTF-16, as Windows may write it', async () => {
    const text = `\ufeff[InternetShortcut]\r\nURL=${CALLBACK}`;
    const bytes = new Uint8Array(text.length * 2);
    for (let i = 0; i < text.length; i++) new DataView(bytes.buffer).setUint16(i * 2, text.charCodeAt(i), true);
    expect(await take(handed({}, file('a.url', bytes)))).toEqual({ kind: 'text', text: CALLBACK });
  });
  it('.webloc in XML', async () => {
    const xml = `<?xml version="1.0"?><plist version="1.0"><dict><key>URL</key><string>${CALLBACK.replace('&', '&amp;')}</string></dict></plist>`;
    expect(await take(handed({}, file('a.webloc', xml)))).toEqual({ kind: 'text', text: CALLBACK });
  });
  it('.webloc in binary', async () => {
    const head = [0x62, 0x70, 0x6c, 0x69, 0x73, 0x74, 0x30, 0x30, 0xd1, 1, 2, 0x53, 0x55, 0x52, 0x4c, 0x5f, 0x10, CALLBACK.length];
    const bytes = new Uint8Array([...head, ...new TextEncoder().encode(CALLBACK), 0x08, 0x0b, 0x0f]);
    expect(await take(handed({}, file('a.webloc', bytes)))).toEqual({ kind: 'text', text: CALLBACK });
  });
  it.each([
    ['page.html', '<html>'], ['page.pdf', '%PDF'], ['a.url', '[InternetShortcut]'], ['a.webloc', '<plist/>'], ['a.txt', '  '],
    ['big.json', 'x'.repeat(MOST_BYTES + 1)],
  ])('%s is refused with a sentence', async (name, body) => {
    const taken = await take(handed({}, file(name, body)));
    expect(taken.kind).toBe('refused');
    expect(taken.kind === 'refused' && /^[A-Z].*\.$/.test(taken.why)).toBe(true);
  });
  it('several at once are refused', async () => {
    expect((await take(handed({}, file('a.txt', CALLBACK), file('b.txt', CALLBACK)))).kind).toBe('refused');
  });
});
