/**
 * What was last asked of a set-up, by org: one that was stopped or blocked goes on with the same key type, scopes and role,
 * also after the page was left. As long as the run, like the set-up itself.
 */

import type { ServiceCreateArgs, SetupView } from '../../../lib/ipc/generated';

const last = new Map<string, ServiceCreateArgs>();

export function remember(args: ServiceCreateArgs): void {
  last.set(args.org, args);
}

/** What this set-up was begun with, where it was begun in this window and did not come to its end. */
export function wantedBefore(setup: SetupView | null): ServiceCreateArgs | undefined {
  if (setup === null || setup.done) return undefined;
  const args = last.get(setup.org);
  return args?.label === setup.label ? { ...args } : undefined;
}
