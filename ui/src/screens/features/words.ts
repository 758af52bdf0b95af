/** The Admin Console's labels of every field, what each does, and what a change of it means for people. */

import type { ToApp, ToOkta } from '../../lib/ipc/generated';
import { assigned } from './assigned';
import type { ToAppField, ToOktaField } from './draft';

export interface Words {
  label: string;
  help: (app: string) => string;
}

export const TO_APP: Record<ToAppField, Words> = {
  createUsers: {
    label: 'Create Users',
    help: (app) => `Creates an account in ${app}, or links one that is there, for people assigned to the app.`,
  },
  updateAttributes: {
    label: 'Update User Attributes',
    help: (app) => `Keeps profiles in ${app} the same as in Okta: at assignment, and whenever they change in Okta.`,
  },
  deactivateUsers: {
    label: 'Deactivate Users',
    help: (app) => `Deactivates the account in ${app} when a person is unassigned or deactivated in Okta. Assigning again reactivates it.`,
  },
  syncPassword: {
    label: 'Sync Password',
    help: (app) => `Gives each assigned person a password in ${app} and keeps it as chosen below.`,
  },
  passwordSeed: { label: 'Password type', help: () => 'Which password is sent.' },
  passwordChange: { label: 'Password change', help: (app) => `What happens to a password a person has in ${app} already.` },
};

export const TO_OKTA: Record<ToOktaField, Words> = {
  usernameFormat: { label: 'Okta username format', help: () => 'How the Okta username of an imported person is made.' },
  usernameExpression: {
    label: 'Okta username expression',
    help: () => 'Okta Expression Language, such as source.userName. Used with the format Custom.',
  },
  scheduleOn: { label: 'Import schedule', help: (app) => `Imports people from ${app} by themselves, at the times below.` },
  fullImport: { label: 'Full import', help: () => 'Reads everybody. May not run more often than the incremental import.' },
  incrementalImport: { label: 'Incremental import', help: () => 'Reads only what has changed since the last import.' },
  exactMatch: { label: 'Imported user is an exact match to Okta user if', help: () => '' },
  allowPartialMatch: {
    label: 'Allow partial matches',
    help: () => 'A partial match has the same first and last name, but another username or email.',
  },
  autoConfirmExact: { label: 'Auto-confirm exact matches', help: () => 'Links them without anyone confirming it.' },
  autoConfirmPartial: { label: 'Auto-confirm partial matches', help: () => 'Links them without anyone confirming it.' },
  autoConfirmNew: { label: 'Auto-confirm new users', help: () => 'Makes Okta users of people who match nobody, without anyone confirming it.' },
  autoActivateNew: { label: 'Auto-activate new users', help: () => 'New Okta users are active right away and may be sent an activation mail.' },
};

export interface Option {
  value: string;
  label: string;
}

export const CHOICES = {
  passwordSeed: [
    { value: 'RANDOM', label: 'Sync a randomly generated password' },
    { value: 'OKTA', label: 'Sync Okta password' },
  ],
  passwordChange: [
    { value: 'KEEP_EXISTING', label: 'Keep the existing password' },
    { value: 'CHANGE', label: 'Change the password' },
  ],
  usernameFormat: [
    { value: 'EMAIL', label: 'Email address' },
    { value: 'CUSTOM', label: 'Custom' },
  ],
  exactMatch: [
    { value: 'EMAIL', label: 'Email matches' },
    { value: 'USERNAME', label: 'Okta username format matches' },
  ],
} satisfies Record<string, Option[]>;

/** The choices of a field. A value Okta has that is none of them is offered as Okta said it, and kept unless changed. */
export function choices(field: keyof typeof CHOICES, ...said: string[]): Option[] {
  const known: Option[] = CHOICES[field];
  const others = said.filter((value, at) => said.indexOf(value) === at && !known.some((one) => one.value === value));
  return [...known, ...others.map((value) => ({ value, label: value === '' ? 'Nothing chosen' : `${value} (as Okta has it)` }))];
}

/** How a value was, for the line under a changed field. */
export function was(field: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? 'On' : 'Off';
  if (typeof value !== 'string') return '';
  const known: Option[] = field in CHOICES ? CHOICES[field as keyof typeof CHOICES] : [];
  return known.find((one) => one.value === value)?.label ?? (value === '' ? 'none' : value);
}

/** What a change to these values means for people; null where nobody has to fear anything. `count` as Okta counted. */
export function toAppRisk(field: ToAppField, it: ToApp, app: string, count: number | null): string | null {
  switch (field) {
    case 'createUsers':
      return it.createUsers ? `${assigned(count)} can get an account in ${app}.` : null;
    case 'updateAttributes':
      return it.updateAttributes ? `Okta overwrites the profiles in ${app} with its own values: ${assigned(count, false)}.` : null;
    case 'deactivateUsers':
      return it.deactivateUsers
        ? `Whoever is unassigned or deactivated from now on loses the account in ${app}. Now: ${assigned(count, false)}.`
        : `People who leave keep an active account in ${app}.`;
    case 'syncPassword':
      if (!it.syncPassword) return null;
      return it.passwordSeed === 'OKTA'
        ? `${app} is sent each person’s Okta password: ${assigned(count, false)}.`
        : `Okta sets the passwords in ${app}. People may no longer sign in to it directly.`;
    case 'passwordSeed':
      return it.syncPassword && it.passwordSeed === 'OKTA' ? `${app} is sent each person’s Okta password.` : null;
    case 'passwordChange':
      return it.syncPassword && it.passwordChange === 'CHANGE' ? `Passwords people have in ${app} now are replaced.` : null;
  }
}

export function toOktaRisk(field: ToOktaField, it: ToOkta, app: string): string | null {
  switch (field) {
    case 'usernameFormat':
      return 'People imported from now on get another Okta username, and may be matched differently.';
    case 'usernameExpression':
    case 'fullImport':
    case 'incrementalImport':
      return null;
    case 'scheduleOn':
      return it.scheduleOn ? 'Imports run by themselves from now on.' : null;
    case 'exactMatch':
      return 'A wrong match links an app account to another person.';
    case 'allowPartialMatch':
      return it.allowPartialMatch ? 'People are matched by first and last name alone, even if their email differs.' : null;
    case 'autoConfirmExact':
      return it.autoConfirmExact ? 'Exact matches are linked without anyone looking at them.' : null;
    case 'autoConfirmPartial':
      return it.autoConfirmPartial ? 'Two people of the same name may be linked to one account without anyone looking.' : null;
    case 'autoConfirmNew':
    case 'autoActivateNew':
      if (!it.autoConfirmNew || !it[field]) return null;
      return `Everyone new in ${app} becomes an ${it.autoActivateNew ? 'active ' : ''}Okta user on import, without anyone looking.`;
  }
}
