/**
 * The three-step spine: what each step's state is and which single button moves the connection on.
 *
 * Okta's answer decides; the running work only colours it. After a 204 a step is not done until the connection was
 * read back, because Okta answers 204 to writes that changed nothing.
 */

import type { AppDetail, ConnectView, FeatureGlance, Stage } from '../../lib/ipc/generated';

export type StepKey = 'authenticate' | 'activate' | 'features';
export type State = 'todo' | 'running' | 'waiting' | 'done' | 'problem' | 'blocked';
export type ActionKind = 'save' | 'consent' | 'activate' | 'features';

export interface Action {
  kind: ActionKind;
  label: string;
}

export interface Step {
  key: StepKey;
  title: string;
  state: State;
  /** The state in words. */
  says: string;
  /** The step's one button; none while it runs or is blocked. */
  action: Action | null;
}

export interface Spine {
  steps: [Step, Step, Step];
  /** The step whose button is the primary one of the page; none while something runs. */
  primary: StepKey | null;
}

const RUNNING: readonly Stage[] = ['saving', 'finishing', 'activating', 'readingBack'];

/** Something is on its way to Okta. */
export function running(view: ConnectView): boolean {
  return RUNNING.includes(view.stage);
}

/** The person is, or can be, at the provider's page. */
export function awaiting(view: ConnectView): boolean {
  return view.stage === 'awaitingConsent' || view.stage === 'finishing';
}

/** Which step a failure belongs to. */
export function failedAt(view: ConnectView): StepKey | null {
  if (view.stage !== 'failed') return null;
  const step = view.steps.find((it) => it.state === 'failed')?.key;
  return step === 'activate' || step === 'readBack' ? 'activate' : 'authenticate';
}

/** The app's connection has stored credentials, but nobody has consented as far as is known. */
export function needsConsent(detail: AppDetail): boolean {
  const { connection, row } = detail;
  if (connection?.status !== 'disabled' || connection.scheme !== 'oauth2') return false;
  return row.checked?.needsConsent ?? connection.consentOffered;
}

/** Saving again replaces what Okta has, which can't be read back. */
export function replaces(detail: AppDetail): boolean {
  return detail.connection?.scheme != null;
}

export function spine(detail: AppDetail, view: ConnectView): Spine {
  const steps: Spine['steps'] = [authenticate(detail, view), activate(detail, view), features(detail, view)];
  // Nothing competes with work under way.
  if (running(view)) return { steps: quiet(steps), primary: null };
  const next = steps.find((it) => it.state !== 'done' && it.action !== null);
  return { steps, primary: next?.key ?? (steps[2].action === null ? null : 'features') };
}

function authenticate(detail: AppDetail, view: ConnectView): Step {
  const step = { key: 'authenticate' as const, title: 'Authenticate' };
  const enabled = detail.connection?.status === 'enabled';
  const saved = replaces(detail);
  const save: Action = { kind: 'save', label: saved ? 'Authenticate again' : saveLabel(detail) };
  switch (view.stage) {
    case 'saving':
      return { ...step, state: 'running', says: 'Saving the connection in Okta', action: null };
    case 'finishing':
      return { ...step, state: 'running', says: 'Handing Okta the answer', action: null };
    case 'awaitingConsent':
      return {
        ...step,
        state: 'waiting',
        says: 'Waiting for consent',
        action: { kind: 'consent', label: view.openedAt === null ? 'Give consent' : 'Continue consent' },
      };
    case 'authorized':
    case 'activating':
    case 'readingBack':
    case 'done':
      return { ...step, state: 'done', says: schemeSays(detail, view), action: save };
    case 'failed':
      if (failedAt(view) === 'authenticate') {
        const again: Action = consentFailed(view) ? { kind: 'consent', label: 'Open consent again' } : { ...save, label: 'Try again' };
        return { ...step, state: 'problem', says: view.problem?.title ?? 'It did not work', action: again };
      }
      break;
    case 'idle':
    case 'cancelled':
      break;
  }
  if (enabled) return { ...step, state: 'done', says: schemeSays(detail, view), action: save };
  if (needsConsent(detail)) {
    return { ...step, state: 'waiting', says: 'Saved in Okta. Consent has not been given yet', action: { kind: 'consent', label: 'Give consent' } };
  }
  if (saved) return { ...step, state: 'done', says: schemeSays(detail, view), action: save };
  return { ...step, state: 'todo', says: 'Not set up yet', action: save };
}

function activate(detail: AppDetail, view: ConnectView): Step {
  const step = { key: 'activate' as const, title: 'Activate' };
  const action: Action = { kind: 'activate', label: 'Activate' };
  if (view.stage === 'activating') return { ...step, state: 'running', says: 'Activating', action: null };
  if (view.stage === 'readingBack') return { ...step, state: 'running', says: 'Reading back what Okta has', action: null };
  // A deactivation that failed leaves it enabled: Okta's answer decides, the problem is told beside it.
  if (failedAt(view) === 'activate' && detail.connection?.status !== 'enabled') {
    return { ...step, state: 'problem', says: view.problem?.title ?? 'It did not work', action: { ...action, label: 'Try again' } };
  }
  if (detail.connection?.status === 'enabled' || view.stage === 'done') {
    return { ...step, state: 'done', says: 'Enabled in Okta', action: null };
  }
  if (view.stage === 'authorized') return { ...step, state: 'todo', says: 'Ready to activate', action };
  // Consent may have been given in the Admin Console: Okta decides, so the button stays.
  if (needsConsent(detail) && !awaiting(view)) {
    return { ...step, state: 'todo', says: 'Comes after consent', action };
  }
  if (replaces(detail) && !awaiting(view)) return { ...step, state: 'todo', says: 'Saved, not active', action };
  return { ...step, state: 'blocked', says: 'Authenticate first', action: null };
}

function features(detail: AppDetail, view: ConnectView): Step {
  const step = { key: 'features' as const, title: 'Features' };
  const enabled = detail.connection?.status === 'enabled';
  if (!enabled && view.stage !== 'done') {
    return { ...step, state: 'blocked', says: 'Okta shows them when the connection is enabled', action: null };
  }
  const checked = detail.row.checked;
  const action: Action = { kind: 'features', label: 'Set features' };
  if (checked === null) return { ...step, state: 'todo', says: 'Not read yet', action };
  const glances = [
    ...(detail.catalog?.toApp === false ? [] : [`To App ${glance(checked.toApp)}`]),
    ...(detail.catalog?.toOkta === false ? [] : [`To Okta ${glance(checked.toOkta)}`]),
  ];
  const on = checked.toApp === 'on' || checked.toOkta === 'on';
  return {
    ...step,
    state: on ? 'done' : 'todo',
    says: glances.join(', '),
    action: on ? { ...action, label: 'Edit features' } : action,
  };
}

function quiet(steps: Spine['steps']): Spine['steps'] {
  const still = (step: Step): Step => ({ ...step, action: null });
  return [still(steps[0]), still(steps[1]), still(steps[2])];
}

function consentFailed(view: ConnectView): boolean {
  const step = view.steps.find((it) => it.state === 'failed')?.key;
  return step === 'open' || step === 'consent' || step === 'callback';
}

function saveLabel(detail: AppDetail): string {
  return detail.catalog?.schemes[0]?.consent === true ? 'Save and go on to consent' : 'Save';
}

function schemeSays(detail: AppDetail, view: ConnectView): string {
  const scheme = detail.connection?.scheme ?? view.scheme;
  const label = detail.catalog?.schemes.find((it) => it.scheme === scheme)?.label;
  return label === undefined ? 'Saved in Okta' : `${label}, saved in Okta`;
}

function glance(it: FeatureGlance): string {
  switch (it) {
    case 'on':
      return 'on';
    case 'off':
      return 'off';
    case 'none':
      return 'not offered';
    case 'unread':
      return 'not read';
  }
}
