/** Search in memory: every word somewhere, in any order, without regard to case and accents. */

/** The text as it is compared. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

export function haystack(...parts: string[]): string {
  return fold(parts.join('\n'));
}

export function terms(text: string): string[] {
  return fold(text).split(/\s+/).filter(Boolean);
}

export function matches(hay: string, words: readonly string[]): boolean {
  for (const word of words) if (!hay.includes(word)) return false;
  return true;
}
