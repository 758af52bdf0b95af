/** Time zones by name, to search in. The list is the web view's own; the engine checks a name against its database. */

import { localZone } from '../../lib/zone';

export interface Zone {
  name: string;
  /** What is searched: the name in plain words, and newer or other names of it. */
  hay: string;
}

/** Some runtimes still list names of the last century; people look for the ones of today. */
const ALSO: Record<string, string> = {
  'America/Buenos_Aires': 'Argentina',
  'America/Indianapolis': 'Indiana',
  'Asia/Calcutta': 'Kolkata India Mumbai Delhi',
  'Asia/Katmandu': 'Kathmandu Nepal',
  'Asia/Rangoon': 'Yangon Myanmar',
  'Asia/Saigon': 'Ho Chi Minh Vietnam',
  'Atlantic/Faeroe': 'Faroe',
  'Europe/Kiev': 'Kyiv Ukraine',
  'America/New_York': 'Eastern EST EDT',
  'America/Chicago': 'Central CST CDT',
  'America/Denver': 'Mountain MST MDT',
  'America/Los_Angeles': 'Pacific PST PDT San Francisco',
  UTC: 'GMT Universal Zulu',
};

let known: Zone[] | undefined;

/** All zones, UTC among them. */
export function zones(): Zone[] {
  known ??= [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])].map((name) => ({
    name,
    hay: `${name} ${name.replace(/[/_]/g, ' ')} ${ALSO[name] ?? ''}`.toLowerCase(),
  }));
  return known;
}

/** Zones that have every word of the query, names that begin with it first; the person's own and UTC lead an empty one. */
export function search(query: string, own = localZone()): Zone[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    const first = [...new Set([own, 'UTC'])];
    const lead = first.flatMap((name) => zones().filter((zone) => zone.name === name));
    return [...lead, ...zones().filter((zone) => !first.includes(zone.name))];
  }
  const hits = zones().filter((zone) => words.every((word) => zone.hay.includes(word)));
  const city = (zone: Zone) => zone.name.slice(zone.name.lastIndexOf('/') + 1).toLowerCase();
  const begins = (zone: Zone) => [zone.name.toLowerCase(), city(zone)].some((it) => it.startsWith(words[0] ?? ''));
  return [...hits.filter(begins), ...hits.filter((zone) => !begins(zone))];
}

/** `UTC-05:00` at a moment; empty for a name this runtime does not know. */
export function offset(zone: string, at: number): string {
  try {
    const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(at);
    const said = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
    return said.replace('GMT', 'UTC').replace(/^UTC$/, 'UTC+00:00');
  } catch {
    return '';
  }
}
