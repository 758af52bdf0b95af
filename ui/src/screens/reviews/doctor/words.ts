/** What the set-up says: how it stands, and which of licence, scopes and admin role is missing. */

import type { SetupLine, SetupView } from '../../../lib/ipc/generated';
import type { Tone } from '../../../lib/tone';

/** The defaults, as the engine takes them where nothing is typed. */
export const ROLE = 'Security access reviews';
export const SET = 'Security access reviews: all users';
export const APP = 'Gatehouse access reviews';

/** For a screen reader: the line it is at, or how it ended. */
export function says(view: SetupView): string {
  if (view.done) return `${view.label} can manage security access reviews.`;
  const doing = view.lines.find((line) => line.state === 'doing');
  if (doing !== undefined) return `${doing.title}…`;
  if (view.running) return 'Setting up…';
  const blocked = view.lines.filter((line) => line.state === 'blocked');
  if (blocked.length > 0) return `${blocked.length === 1 ? 'One line is' : `${blocked.length} lines are`} blocked: ${blocked.map((line) => line.title).join(', ')}.`;
  const todo = view.lines.filter((line) => line.state === 'todo' && line.id !== 'proof').length;
  return todo === 0 ? 'Everything is there; the proof is left.' : `${todo === 1 ? 'One line' : `${todo} lines`} to do.`;
}

export type Need = 'licence' | 'scopes' | 'role';
export type Stands = 'there' | 'missing' | 'planned' | 'unknown';

export const NEEDS: Record<Need, string> = { licence: 'Licence', scopes: 'Scopes', role: 'Admin role' };
export const STANDS: Record<Stands, { text: string; tone: Tone }> = {
  there: { text: 'there', tone: 'ok' },
  missing: { text: 'missing', tone: 'bad' },
  planned: { text: 'to be set up', tone: 'info' },
  unknown: { text: 'not known yet', tone: 'neutral' },
};

const ROLE_LINES = ['role', 'resourceSet', 'assignment'];
const settled = (line: SetupLine | undefined) => line?.state === 'done' || line?.state === 'found';

/** Okta itself refused what was asked of it, or a super admin has to be asked; else a scope was found missing beforehand. */
const upToRole = (line: SetupLine) => line.problem?.okta !== null || line.problem.next.some((step) => step.kind === 'copy');

/** What the first blocked line lacks; `null` where it is about something else, such as the network. */
export function lacking(view: SetupView): { need: Need; line: SetupLine } | null {
  const line = view.lines.find((one) => one.state === 'blocked');
  const code = line?.problem?.code;
  if (line === undefined || line.id === 'member') {
    const proof = view.lines.find((one) => one.id === 'proof');
    return proof?.problem?.code === 'notEnabledInOrg' ? { need: 'licence', line: proof } : null;
  }
  const licence = view.lines.find((one) => one.problem?.code === 'notEnabledInOrg');
  if (licence !== undefined) return { need: 'licence', line: licence };
  if (code !== 'notPermitted') return null;
  return { need: line.id === 'proof' || upToRole(line) ? 'role' : 'scopes', line };
}

/** The three things it takes, each by itself. */
export function stands(view: SetupView): Record<Need, Stands> {
  const lines = new Map(view.lines.map((line) => [line.id, line]));
  const proven = lines.get('proof')?.state === 'done';
  const lacks = lacking(view)?.need;
  const roles = ROLE_LINES.map((id) => lines.get(id));
  const found: Record<Need, Stands> = {
    licence: proven || settled(lines.get('licence')) ? 'there' : 'unknown',
    scopes: settled(lines.get('scopes')) ? 'there' : 'planned',
    role: roles.every(settled) ? 'there' : 'planned',
  };
  if (lines.get('member')?.state === 'blocked') found.scopes = found.role = 'unknown';
  if (lacks !== undefined) found[lacks] = 'missing';
  return found;
}

export interface Advice {
  title: string;
  text: string;
  /** What leads on: signing in anew, or looking again. */
  next: 'signIn' | 'check';
}

/** What is missing in plain words, and what leads on. */
export function advice(view: SetupView, host: string): Advice | null {
  const lacks = lacking(view);
  if (lacks === null) return null;
  switch (lacks.need) {
    case 'licence':
      return {
        title: 'The licence is missing.',
        text: `${host} does not have Okta Identity Governance, or security access reviews are switched off there. No scope and no role makes up for that. Ask who looks after your Okta contract, or look under Settings > Features in the Admin Console; then check again.`,
        next: 'check',
      };
    case 'scopes':
      return {
        title: 'A scope is missing.',
        text: 'A scope is what an app may ask Okta for, whoever uses it. A super admin grants it to the app, on its “Okta API Scopes” tab; the next sign-in asks for it.',
        next: 'signIn',
      };
    case 'role':
      return lacks.line.id === 'proof'
        ? {
            title: 'The admin role is not in force.',
            text: 'Okta does not say that the licence is missing, and the scopes are granted: what it refuses is up to the role. A new one takes a few minutes until it counts everywhere.',
            next: 'check',
          }
        : {
            title: 'An admin role is missing.',
            text: `Scopes are not enough: only a super admin of ${host} may make roles, assign them and grant scopes. Sign in as one for the moment it takes.`,
            next: 'signIn',
          };
  }
}
