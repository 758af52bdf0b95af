/** What the buttons of a `Problem` say and do. Every step does something everywhere, so no button is ever dead. */

import { call } from './ipc/call';
import type { CredentialKind, NextStep } from './ipc/generated';
import { toPermissions, toSignIn } from './orgpages';
import { go } from './route.svelte';
import { session } from './session.svelte';
import { toast, toastProblem } from './toasts.svelte';

/** Where the problem is shown, and what the screen can do better than going elsewhere. */
export interface StepContext {
  org?: string | null;
  app?: string | null;
  /** It is about security access reviews: signing in again asks for their scopes too. */
  reviews?: boolean;
  retry?: () => unknown;
  reopenConsent?: () => unknown;
  replaceToken?: () => unknown;
  signIn?: () => unknown;
  checkPermissions?: () => unknown;
  sessionOnly?: () => unknown;
  setUpConnection?: () => unknown;
  activate?: () => unknown;
  checkAgain?: () => unknown;
}

export function stepLabel(step: NextStep): string {
  switch (step.kind) {
    case 'retry':
      return 'Try again';
    case 'reopenConsent':
      return 'Open consent again';
    case 'finishOther':
      return `Finish ${step.label} instead`;
    case 'replaceToken':
      return 'Replace the token';
    case 'signIn':
      return 'Sign in';
    case 'checkPermissions':
      return 'Check permissions';
    case 'retryKeychain':
      return 'Try the keychain again';
    case 'sessionOnly':
      return 'Keep it for this session only';
    case 'openAdminConsole':
      return 'Open Admin Console';
    case 'setUpConnection':
      return 'Set up the connection';
    case 'activate':
      return 'Activate';
    case 'checkAgain':
      return 'Check again';
    case 'unlock':
      return 'Unlock this org';
    case 'copy':
      return step.label;
  }
}

/** Runs a step; what goes wrong is told as a toast. */
export async function runStep(step: NextStep, context: StepContext = {}): Promise<void> {
  try {
    await run(step, context);
  } catch (error) {
    toastProblem(error);
  }
}

async function run(step: NextStep, context: StepContext): Promise<unknown> {
  const org = context.org ?? session.current;
  const app = context.app ?? null;
  switch (step.kind) {
    case 'retry':
      return context.retry?.();
    case 'checkAgain':
      return (context.checkAgain ?? context.retry)?.();
    case 'reopenConsent':
      return context.reopenConsent === undefined ? toConnection(app) : context.reopenConsent();
    case 'setUpConnection':
      return context.setUpConnection === undefined ? toConnection(app) : context.setUpConnection();
    case 'activate':
      return context.activate === undefined ? toConnection(app) : context.activate();
    case 'finishOther':
      await session.select(step.org);
      return go({ name: 'connection', app: step.app });
    case 'replaceToken':
      return context.replaceToken === undefined ? toWays(org, 'apiToken') : context.replaceToken();
    case 'signIn':
      return context.signIn === undefined ? toWays(org, context.reviews ? 'signIn' : undefined, context.reviews) : context.signIn();
    case 'checkPermissions':
      if (context.checkPermissions !== undefined) return context.checkPermissions();
      return org === null ? go({ name: 'addOrg' }) : toPermissions(org);
    case 'sessionOnly':
      return context.sessionOnly === undefined ? toWays(org) : context.sessionOnly();
    case 'retryKeychain':
      if (org !== null && session.orgs.some((one) => one.key === org)) await call('org_retry', { org });
      return context.retry?.();
    case 'openAdminConsole':
      return call('page_open', { page: app === null ? 'tokenPage' : 'appPage', org, app });
    case 'unlock':
      return unlock(org, context);
    case 'copy':
      await call('copy', { text: step.text });
      return toast('ok', 'Copied.');
  }
}

async function unlock(key: string | null, context: StepContext): Promise<void> {
  const org = session.orgs.find((one) => one.key === key);
  if (org === undefined) return;
  await call('org_update', { org: org.key, name: org.name, colour: org.colour, readOnly: false });
  toast('ok', `${org.name} is unlocked.`);
  context.retry?.();
}

function toConnection(app: string | null): void {
  go(app === null ? { name: 'connections' } : { name: 'connection', app });
}

function toWays(org: string | null, way?: CredentialKind, reviews = false): unknown {
  return org === null ? go({ name: 'addOrg' }) : toSignIn(org, way, { reviews });
}
