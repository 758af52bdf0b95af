/** The person's own time zone, by its name. The one place that asks for it. */
export const localZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** As it is said. */
export const zoneWords = (): string => localZone().replaceAll('_', ' ');

/** Their zone is UTC, so that one time says all. */
export const isUtc = (): boolean => ['UTC', 'Etc/UTC', 'GMT', 'Etc/GMT'].includes(localZone());
