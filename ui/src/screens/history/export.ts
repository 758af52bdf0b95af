/** History as text for the clipboard, which has an end: the newest changes go first. */

import type { HistoryRow } from '../../lib/ipc/generated';

/** Rust puts no more than 1 MiB on the clipboard, in bytes of UTF-8. */
export const MOST_BYTES = 1024 * 1024;

export interface Exported {
  text: string;
  /** How many changes are in it, from the newest on. */
  count: number;
}

export function asJson(rows: readonly HistoryRow[], most = MOST_BYTES): Exported {
  const encoder = new TextEncoder();
  const parts: string[] = [];
  // The brackets, each on a line of its own.
  let bytes = 4;
  for (const row of rows) {
    const part = JSON.stringify(row, null, 2);
    const size = encoder.encode(part).length + 2;
    if (bytes + size > most) break;
    bytes += size;
    parts.push(part);
  }
  return { text: `[\n${parts.join(',\n')}\n]`, count: parts.length };
}
