/** A host for tests: answers from a table, keeps what was asked, and sends events on demand. */

import { useHost, type Host } from '../lib/host/host';
import { openEvents } from '../lib/ipc/events';
import type { Commands, Event, Problem } from '../lib/ipc/generated';

type Answers = { [N in keyof Commands]?: (args: Commands[N][0]) => Commands[N][1] | Promise<Commands[N][1]> };

export class FakeHost implements Host {
  asked: { name: string; args: unknown }[] = [];
  #heard = new Set<(event: Event) => void>();

  constructor(public answers: Answers = {}) {}

  async rpc(name: string, args: unknown): Promise<unknown> {
    this.asked.push({ name, args });
    const answer = this.answers[name as keyof Commands] as ((args: unknown) => unknown) | undefined;
    if (answer === undefined) throw new Error(`nobody answers ${name}`);
    return answer(args);
  }

  events(heard: (event: Event) => void): () => void {
    this.#heard.add(heard);
    return () => this.#heard.delete(heard);
  }

  send(event: Event): void {
    for (const heard of this.#heard) heard(event);
  }

  /** How often a command was asked. */
  count(name: keyof Commands): number {
    return this.asked.filter((one) => one.name === name).length;
  }
}

export function fakeHost(answers: Answers = {}): FakeHost {
  const host = new FakeHost(answers);
  useHost(host);
  openEvents();
  return host;
}

export function problem(more: Partial<Problem> = {}): Problem {
  return { code: 'network', title: 'Can’t connect.', why: 'The network is down.', next: [], field: null, okta: null, retryAt: null, ...more };
}
