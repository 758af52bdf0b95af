/** How many people a pasted text names: taken apart as the engine does, which looks them up and has the last word. */

/** Most people at once. */
export const MOST = 200;
/** Nobody's name is longer; a pasted document is no list. */
const LONGEST = 200;

const isId = (text: string) => /^00u[A-Za-z0-9]{17}$/.test(text);

/** “Lovelace, Ada” is one person; “Ada Lovelace, Bob Smith” and two addresses are two. */
function parts(line: string): string[] {
  const found = line.split(',').map((part) => part.trim()).filter(Boolean);
  const [last = '', first = ''] = found;
  const plain = (part: string) => !part.includes('@') && !isId(part);
  if (found.length === 2 && plain(last) && plain(first) && !(last.includes(' ') && first.includes(' '))) return [`${first} ${last}`];
  return found;
}

/** `Ada Lovelace <ada@example.com>` is the address; quotes and bullets go. */
function bare(text: string): string {
  const address = /<([^<>]*@[^<>]*)>[^<]*$/.exec(text)?.[1];
  return address === undefined ? text.replace(/^[\s"'“”‘’•*\ufeff]+|[\s"'“”‘’•*\ufeff]+$/g, '') : address.trim();
}

/** Entries, the same one once. */
export function entries(text: string): string[] {
  const found = new Map<string, string>();
  for (const line of text.split(/[\n\r;\t]/)) {
    for (const part of parts(line)) {
      const clean = bare(part).split(/\s+/).filter(Boolean).join(' ');
      if (clean === '' || [...clean].length > LONGEST) continue;
      const key = clean.toLowerCase();
      if (!found.has(key)) found.set(key, clean);
    }
  }
  return [...found.values()];
}

/** What is said about the count, and whether it is too many. */
export function counted(count: number): { text: string; tooMany: boolean } {
  if (count > MOST) {
    return { text: `That is ${count} people; ${MOST} can be done at once. Take out ${count - MOST}, and paste those afterwards.`, tooMany: true };
  }
  return { text: count === 0 ? `${MOST} at most.` : `${count} of ${MOST} at most.`, tooMany: false };
}
