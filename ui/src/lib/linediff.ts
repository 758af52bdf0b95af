/** Two texts side by side: equal lines opposite each other, changed ones marked. For History's before and after. */

export interface DiffRow {
  left: string | null;
  right: string | null;
  same: boolean;
}

/** Longer texts are shown without matching: the table of the comparison would be too big. */
const MOST_LINES = 1500;

export function lineDiff(before: string, after: string): DiffRow[] {
  const left = before === '' ? [] : before.split('\n');
  const right = after === '' ? [] : after.split('\n');
  if (left.length > MOST_LINES || right.length > MOST_LINES) return pair(left, right);

  const rows: DiffRow[] = [];
  const lengths = common(left, right);
  const gone: string[] = [];
  const come: string[] = [];
  const flush = () => rows.push(...pair(gone.splice(0), come.splice(0)));
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const a = left[i];
    const b = right[j];
    if (a !== undefined && a === b) {
      flush();
      rows.push({ left: a, right: b, same: true });
      i++;
      j++;
    } else if (b === undefined || (a !== undefined && at(lengths, i + 1, j) >= at(lengths, i, j + 1))) {
      gone.push(a as string);
      i++;
    } else {
      come.push(b);
      j++;
    }
  }
  flush();
  return rows;
}

/** Removed and added lines, opposite each other as far as they go. */
function pair(left: readonly string[], right: readonly string[]): DiffRow[] {
  const rows: DiffRow[] = [];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const row = { left: left[i] ?? null, right: right[i] ?? null };
    rows.push({ ...row, same: row.left === row.right });
  }
  return rows;
}

/** Longest common subsequence of what is left of both, by start indexes. */
function common(left: readonly string[], right: readonly string[]): Uint16Array[] {
  const table = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const row = table[i];
      if (row === undefined) continue;
      row[j] = left[i] === right[j] ? at(table, i + 1, j + 1) + 1 : Math.max(at(table, i + 1, j), at(table, i, j + 1));
    }
  }
  return table;
}

function at(table: readonly Uint16Array[], i: number, j: number): number {
  return table[i]?.[j] ?? 0;
}
