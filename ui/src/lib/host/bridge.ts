/** The same engine over loopback HTTP, for tests in a browser; never part of the app that ships. */

import type { Event } from '../ipc/generated';
import type { Host } from './host';

const key = takeKey();

/** The one-time key comes in the address as `#key=…` and is taken out of it at once. */
function takeKey(): string {
  const found = /^#key=([^&]+)/.exec(location.hash)?.[1] ?? '';
  if (found !== '') history.replaceState(null, '', location.pathname);
  return decodeURIComponent(found);
}

/** Settled when events flow, as in the window. */
let subscribed: Promise<void> = Promise.resolve();

export const host: Host = {
  async rpc(name, args) {
    await subscribed;
    const answer = await fetch('/rpc', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-bridge-key': key },
      body: JSON.stringify({ name, args }),
    });
    const body: unknown = await answer.json();
    // A refusal's body is the Problem, as Tauri would reject with it.
    if (!answer.ok) throw body;
    return body;
  },
  events(heard) {
    const source = new EventSource(`/events?key=${encodeURIComponent(key)}`);
    subscribed = new Promise((settled) => {
      source.onopen = () => settled();
      source.onerror = () => settled();
    });
    source.onmessage = (message: MessageEvent<string>) => heard(JSON.parse(message.data) as Event);
    return () => source.close();
  },
};
