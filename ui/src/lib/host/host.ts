/** Everything the web view may ask of what is around it. */

import type { Event } from '../ipc/generated';

export interface Host {
  /** Runs a command. Rejects with a `Problem` as Rust made it. */
  rpc(name: string, args: unknown): Promise<unknown>;
  /** Hears every event until the returned function is called. */
  events(heard: (event: Event) => void): () => void;
}

let chosen: Host | undefined;

/** Called once at the start; tests hand in their own. */
export function useHost(host: Host): void {
  chosen = host;
}

export function host(): Host {
  if (chosen === undefined) throw new Error('useHost was not called');
  return chosen;
}
