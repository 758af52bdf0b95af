/** One stream from Rust, shared by everything that listens. */

import { host } from '../host/host';
import type { Event, Topic } from './generated';

export type Heard<K extends Event['kind']> = Extract<Event, { kind: K }>;

const listeners = new Set<(event: Event) => void>();
let close: (() => void) | undefined;

/** Starts the stream; before the first call, so that nothing is missed. */
export function openEvents(): void {
  close?.();
  close = host().events((event) => {
    // A copy, since a listener may add or remove listeners.
    for (const listener of [...listeners]) listener(event);
  });
}

export function closeEvents(): void {
  close?.();
  close = undefined;
}

/** Hears events of one kind until the returned function is called. */
export function onEvent<K extends Event['kind']>(kind: K, heard: (event: Heard<K>) => void): () => void {
  const listener = (event: Event) => {
    if (event.kind === kind) heard(event as Heard<K>);
  };
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What something depends on: a topic, of one org and one app where given. */
export interface About {
  topic: Topic;
  org?: string;
  app?: string;
}

/** Does a `changed` event concern it? An event without an org or app is about all of them. */
export function concerns(event: Heard<'changed'>, about: About): boolean {
  return (
    event.topic === about.topic &&
    (about.org === undefined || event.org === null || event.org === about.org) &&
    (about.app === undefined || event.app === null || event.app === about.app)
  );
}
