/**
 * What to take from a paste or a drop. The engine reads the text (it knows JSON, bare addresses and page text); this
 * only picks the text out of what the browser hands over. Nothing here keeps or logs it.
 */

/** The engine reads no more than this; a consent answer is under 2 KB. */
export const MOST_BYTES = 64 * 1024;

export type Taken = { kind: 'text'; text: string } | { kind: 'refused'; why: string } | { kind: 'nothing' };

/** The part of `DataTransfer` that is used, so that tests need no browser. */
export interface Handed {
  files: ArrayLike<File>;
  getData(format: string): string;
}

const ENDINGS = ['.json', '.txt', '.url', '.webloc'];
const NOTHING: Taken = { kind: 'nothing' };

/** A paste or a drop: a file if there is one, else text, else an address. */
export async function take(handed: Handed): Promise<Taken> {
  // Read the strings first: a DataTransfer is empty after the first await.
  const text = handed.getData('text/plain');
  const address = firstAddress(handed.getData('text/uri-list'));
  const files = Array.from(handed.files);
  if (files.length > 1) return refuse('Drop one file at a time.');
  const file = files[0];
  if (file !== undefined) return takeFile(file);
  return takeText(text.trim() === '' ? address : text);
}

/** Typed or pasted text. */
export function takeText(text: string): Taken {
  if (text.trim() === '') return NOTHING;
  // A character is at least one byte, so the length alone settles the long ones.
  if (text.length > MOST_BYTES || new TextEncoder().encode(text).length > MOST_BYTES) {
    return refuse('That is far more text than the page of code has. Copy only that page.');
  }
  return { kind: 'text', text };
}

async function takeFile(file: File): Promise<Taken> {
  const name = file.name.toLowerCase();
  if (!ENDINGS.some((ending) => name.endsWith(ending))) {
    return refuse('Only .json, .txt, .url and .webloc files can be read. Copy the text of the page instead.');
  }
  if (file.size > MOST_BYTES) return refuse('That file is too big to be the page of code. Files up to 64 KB are read.');
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return refuse('That file could not be read. Copy the text of the page instead.');
  }
  const text = decode(bytes);
  if (name.endsWith('.url')) return address(/^URL=(.+)$/im.exec(text)?.[1]);
  if (name.endsWith('.webloc')) return address(weblocAddress(text));
  return text.trim() === '' ? refuse('That file is empty.') : { kind: 'text', text };
}

function address(found: string | undefined): Taken {
  return found === undefined ? refuse('There is no address in that file.') : { kind: 'text', text: found.trim() };
}

/** A .webloc is an XML or a binary property list; in the binary one the address is a run of plain characters. */
function weblocAddress(text: string): string | undefined {
  const xml = /<string>([^<]+)<\/string>/.exec(text)?.[1];
  if (xml !== undefined) return unescapeXml(xml);
  return /https?:\/\/[\x21-\x7e]+/.exec(text)?.[0];
}

function unescapeXml(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');
}

/** UTF-16 where a byte order mark says so (Windows shortcuts), else UTF-8. */
function decode(bytes: Uint8Array): string {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(wide).decode(bytes);
}

/** First line of a `text/uri-list` that is no comment (RFC 2483). */
function firstAddress(list: string): string {
  return list.split(/\r?\n/).find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
}

function refuse(why: string): Taken {
  return { kind: 'refused', why };
}
