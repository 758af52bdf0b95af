/** The time, ticking slowly, and times in words. One timer for the window, only while somebody looks at it. */

import { createSubscriber } from 'svelte/reactivity';

const TICK_MS = 1000;

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, TICK_MS);
  return () => clearInterval(timer);
});

/** Milliseconds since 1970; re-read every second where it is used in a template or an effect. */
export function nowMs(): number {
  subscribe();
  return Date.now();
}

const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'long' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
];

/** “just now”, “3 minutes ago”, “in 2 hours”; a week and more as a date. */
export function relative(at: string, now: number): string {
  const seconds = Math.round((Date.parse(at) - now) / 1000);
  if (Number.isNaN(seconds)) return '';
  const size = Math.abs(seconds);
  if (size < 10) return 'just now';
  if (size < 60) return seconds < 0 ? 'less than a minute ago' : 'in less than a minute';
  if (size >= 7 * 86_400) return day.format(new Date(at));
  const [unit, length] = UNITS.findLast(([, least]) => size >= least) ?? ['minute', 60];
  return words.format(Math.trunc(seconds / length), unit);
}

/** The full date and time in the person's own zone. */
export function inFull(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? '' : exact.format(time);
}

/** Whole seconds until then, 0 when past; follows the clock. */
export function secondsUntil(at: string): number {
  const left = Math.ceil((Date.parse(at) - nowMs()) / 1000);
  return Number.isNaN(left) ? 0 : Math.max(0, left);
}
