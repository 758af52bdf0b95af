/** How many people a change may touch. */

/** Up to this many assigned users are counted; the number itself means “or more”. */
export const COUNTED = 200;

/** “12 assigned people”, “1 assigned person”, “Assigned people” where the number is not known. */
export function assigned(count: number | null, begins = true): string {
  if (count === null) return begins ? 'Assigned people' : 'everybody assigned';
  if (count === 0) return begins ? 'Nobody is assigned yet; whoever will be' : 'nobody is assigned yet';
  if (count >= COUNTED) return `${COUNTED} or more assigned people`;
  return count === 1 ? '1 assigned person' : `${count} assigned people`;
}
