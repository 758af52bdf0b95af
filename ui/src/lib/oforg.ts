/**
 * What the window keeps of an org goes with it: when the org was forgotten, and when the practice org was put back, as
 * nothing that was known of it holds then.
 */

import { onEvent } from './ipc/events';

/** Does what is kept of this org stay? */
export type Stays = (org: string) => boolean;

/** Tells, until the returned function is called, of which orgs to keep nothing; `forgotten` when they will not be back. */
export function onOrgsGone(drop: (stays: Stays, forgotten: boolean) => void): () => void {
  const offs = [
    onEvent('orgs', ({ orgs }) => {
      const known = new Set(orgs.map((one) => one.key));
      drop((org) => known.has(org), true);
    }),
    onEvent('changed', ({ topic, org }) => {
      if (topic === 'practice' && org !== null) drop((one) => one !== org, false);
    }),
  ];
  return () => {
    for (const off of offs) off();
  };
}

/** Something kept for each org, or for each thing of an org, and made where it is first asked for. Lives as long as the window. */
export class OfOrg<T, Rest extends string[] = []> {
  readonly #all = new Map<string, { org: string; it: T }>();
  readonly #make: (org: string, ...rest: Rest) => T;

  constructor(make: (org: string, ...rest: Rest) => T) {
    this.#make = make;
    onOrgsGone((stays) => {
      for (const [key, { org }] of [...this.#all]) if (!stays(org)) this.#all.delete(key);
    });
  }

  of(org: string, ...rest: Rest): T {
    const key = JSON.stringify([org, ...rest]);
    const known = this.#all.get(key);
    if (known !== undefined) return known.it;
    const it = this.#make(org, ...rest);
    this.#all.set(key, { org, it });
    return it;
  }

  /** Forgets everything. */
  clear(): void {
    this.#all.clear();
  }
}
