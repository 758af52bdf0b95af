/**
 * What was last asked of a set-up, by org: one that was stopped or blocked goes on with the same key type, scopes and role,
 * also after the page was left. As long as the run and the org, like the set-up itself.
 */

import type { ServiceCreateArgs, SetupView } from '../../../lib/ipc/generated';
import { OfOrg } from '../../../lib/oforg';

const last = new OfOrg<{ args?: ServiceCreateArgs }>(() => ({}));

export function remember(args: ServiceCreateArgs): void {
  last.of(args.org).args = args;
}

/** What this set-up was begun with, where it was begun in this window and did not come to its end. */
export function wantedBefore(setup: SetupView | null): ServiceCreateArgs | undefined {
  if (setup === null || setup.done) return undefined;
  const { args } = last.of(setup.org);
  return args?.label === setup.label ? { ...args } : undefined;
}
