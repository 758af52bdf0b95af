/** Typed calls into Rust, and what a refusal looks like here. */

import { host } from '../host/host';
import type { Commands, Problem } from './generated';

export type Command = keyof Commands;
export type Args<N extends Command> = Commands[N][0];
export type Reply<N extends Command> = Commands[N][1];

/** What a failed call rejects with. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.title);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** Commands without arguments take none. */
type Given<N extends Command> = Args<N> extends Record<symbol, never> ? [args?: Args<N>] : [args: Args<N>];

export async function call<N extends Command>(name: N, ...[args]: Given<N>): Promise<Reply<N>> {
  try {
    return (await host().rpc(name, args ?? {})) as Reply<N>;
  } catch (error) {
    throw new ProblemError(asProblem(error));
  }
}

/** Whatever was thrown, as a `Problem`; nothing of an unknown error is shown, since it could hold anything. */
export function asProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (isProblem(error)) return error;
  return {
    code: 'internal',
    title: 'Gatehouse did not answer.',
    why: 'The request did not get through to the part of Gatehouse that talks to Okta. Try again; if it stays so, restart Gatehouse.',
    next: [{ kind: 'retry' }],
    field: null,
    okta: null,
    retryAt: null,
  };
}

function isProblem(value: unknown): value is Problem {
  if (typeof value !== 'object' || value === null) return false;
  const it = value as Partial<Problem>;
  return typeof it.code === 'string' && typeof it.title === 'string' && typeof it.why === 'string' && Array.isArray(it.next);
}
