/** Okta's own words about reviews, as a person reads them. A word nobody knows yet is shown as it came. */

import type { Tone } from './tone';

interface Said {
  text: string;
  tone: Tone;
}

const STATUS: Readonly<Record<string, Said>> = {
  PENDING: { text: 'Pending', tone: 'info' },
  ACTIVE: { text: 'Active', tone: 'ok' },
  CLOSED: { text: 'Closed', tone: 'neutral' },
  ERROR: { text: 'Error', tone: 'bad' },
};

const SEVERITY: Readonly<Record<string, Said>> = {
  HIGH: { text: 'High', tone: 'bad' },
  MEDIUM: { text: 'Medium', tone: 'warn' },
  LOW: { text: 'Low', tone: 'neutral' },
};

/** Status of a review. */
export const statusSaid = (status: string): Said => STATUS[status] ?? { text: status, tone: 'neutral' };

/** Severity of an item or an anomaly. */
export const severitySaid = (severity: string): Said => SEVERITY[severity] ?? { text: severity === '' ? 'Not rated' : severity, tone: 'neutral' };

/** “6 days left”, “3 hours left”, “ended”; `ms` is the time until the end. */
export function leftWords(ms: number): string {
  if (ms <= 0) return 'ended';
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'less than a minute left';
  const [size, unit] = minutes < 60 ? [minutes, 'minute'] : minutes < 48 * 60 ? [Math.floor(minutes / 60), 'hour'] : [Math.floor(minutes / 1440), 'day'];
  return `${size} ${unit}${size === 1 ? '' : 's'} left`;
}
