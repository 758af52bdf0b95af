/** The window's own engine. The only file that knows Tauri. */

import { Channel, invoke } from '@tauri-apps/api/core';
import type { Event } from '../ipc/generated';
import type { Host } from './host';

/** Settled when events flow: no command goes out before, or what it causes could be missed. */
let subscribed: Promise<unknown> = Promise.resolve();

export const host: Host = {
  async rpc(name, args) {
    await subscribed;
    return invoke('rpc', { command: { name, args } });
  },
  events(heard) {
    let open = true;
    const channel = new Channel<Event>((event) => {
      if (open) heard(event);
    });
    // Without events the window still works, so a refusal only ends the wait.
    subscribed = invoke('subscribe', { channel }).catch(() => undefined);
    return () => {
      open = false;
    };
  },
};
