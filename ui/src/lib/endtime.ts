/** When a review ends: presets, a date and time of the person's own zone, and how it is said. */

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** “1 day” is to be one still when Okta gets it, after the form was read once more. */
const SPARE_MS = 5 * MINUTE_MS;
/** With less than this to spare a preset is counted anew. */
const TIGHT_MS = 2 * MINUTE_MS;

const minute = (ms: number) => Math.ceil(ms / MINUTE_MS) * MINUTE_MS;

/** RFC 3339 in UTC, without parts of a second. */
export const rfc = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

/** The end a preset means now; never before `least`, which goes by Okta's clock. */
export function presetEnd(days: number, now: number, least: number): string {
  return rfc(minute(Math.max(now + days * DAY_MS, least) + SPARE_MS));
}

/** So much time went by since a preset was chosen that it has to be counted anew. */
export function presetTight(days: number, end: string, now: number, least: number): boolean {
  return Date.parse(end) < Math.max(now + days * DAY_MS, least) + TIGHT_MS;
}

/** `2026-11-25` and `14:05` in the person's zone; `null` when it is none. */
export function fromFields(date: string, time: string): string | null {
  const day = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(date.trim());
  const clock = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(time.trim());
  if (day === null || clock === null) return null;
  const [year, month, dayOf] = day.slice(1).map(Number) as [number, number, number];
  const [hour, min] = clock.slice(1).map(Number) as [number, number];
  if (month < 1 || month > 12 || hour > 23 || min > 59) return null;
  const at = new Date(year, month - 1, dayOf, hour, min);
  // 31 February is a day of March to the clock, and a slip to a person.
  return Number.isNaN(at.getTime()) || at.getDate() !== dayOf ? null : rfc(at.getTime());
}

const two = (value: number) => String(value).padStart(2, '0');

/** The fields of a moment in the person's zone. */
export function toFields(end: string): { date: string; time: string } {
  const at = new Date(end);
  if (Number.isNaN(at.getTime())) return { date: '', time: '' };
  return {
    date: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    time: `${two(at.getHours())}:${two(at.getMinutes())}`,
  };
}

const local = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' });
const utc = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

/** “Tuesday 1 December 2026 at 14:05”, in the person's zone. */
export const localWords = (end: string): string => local.format(new Date(end));
/** “1 December 2026 at 13:05 UTC”. */
export const utcWords = (end: string): string => `${utc.format(new Date(end))} UTC`;

/** What is wrong with an end, in a sentence. */
export function endWrong(end: string, least: number, most: number): string | null {
  const at = Date.parse(end);
  if (at < least) return `That is too early. Choose ${localWords(rfc(minute(least)))} or later.`;
  if (at > most) return `That is too late. Choose ${localWords(rfc(most))} or earlier.`;
  return null;
}
