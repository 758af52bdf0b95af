/** Features for the tests of this screen, as the engine gives them. */

import type { AppDetail, ChangeView, FeaturesPreview, FeaturesView, SchedulePreview, ToApp, ToOkta } from '../../lib/ipc/generated';
import { session } from '../../lib/session.svelte';

export const ORG = 'acme';
export const APP = '0oa1p0000000000000001';

export function startSession(): void {
  session.orgs = [
    { key: ORG, name: 'Acme', host: 'acme.okta.com', tag: 'production', colour: 'teal', readOnly: false, credential: 'apiToken', secret: 'keychain', orgId: null, lastUsed: null },
  ];
  session.current = ORG;
}

export function toApp(more: Partial<ToApp> = {}): ToApp {
  return {
    createUsers: true, updateAttributes: false, deactivateUsers: false, syncPassword: false, passwordSeed: 'RANDOM',
    passwordChange: 'CYCLE', ...more,
  };
}

export function toOkta(more: Partial<ToOkta> = {}): ToOkta {
  return {
    usernameFormat: 'EMAIL', usernameExpression: '', scheduleOn: true,
    fullImport: { expression: '00 21 * * Mon,Thu', timezone: 'America/New_York' }, incrementalImport: null, exactMatch: 'EMAIL',
    allowPartialMatch: false, autoConfirmExact: false, autoConfirmPartial: false, autoConfirmNew: false, autoActivateNew: false, ...more,
  };
}

export function features(more: Partial<FeaturesView> = {}): FeaturesView {
  return { toApp: toApp(), toAppStatus: 'ENABLED', toOkta: toOkta(), toOktaStatus: 'ENABLED', readAt: '2026-11-24T09:00:00Z', ...more };
}

export function app(toOktaOffered = true): AppDetail {
  return {
    row: {
      id: APP, name: 'google', label: 'Google Workspace', status: 'ACTIVE', signOnMode: 'SAML_2_0', supported: true, reason: null,
      checked: null, waiting: false,
    },
    catalog: {
      name: 'google', title: 'Google Workspace', provider: 'Google', accountHint: '', blockers: [], schemes: [], toApp: true, toOkta: toOktaOffered,
    },
    connection: null,
    connect: {
      org: ORG, app: APP, label: 'Google Workspace', stage: 'done', scheme: 'oauth2', steps: [], consentHost: null, consentHostUnknown: false,
      openedAt: null, browserFailed: false, problem: null, autoActivate: true,
    },
    assigned: 12,
    problem: null,
  };
}

export function change(more: Partial<ChangeView> = {}): ChangeView {
  return { half: 'toApp', field: 'deactivateUsers', label: 'Deactivate Users', before: 'Off', after: 'On', risk: 'People lose their account.', ...more };
}

export function preview(more: Partial<FeaturesPreview> = {}): FeaturesPreview {
  return {
    changes: [change()],
    calls: [{ method: 'PUT', path: `/api/v1/apps/${APP}/features/USER_PROVISIONING`, body: '{\n  "update": {}\n}', curl: "curl -X PUT 'https://acme.okta.com/…'" }],
    problems: [],
    notes: [],
    drifted: [],
    ...more,
  };
}

export function runs(more: Partial<SchedulePreview> = {}): SchedulePreview {
  const run = (day: number) => ({
    at: `2026-11-${day}T02:00:00Z`, inZone: `Day ${day} Nov 2026 21:00 EST`, inLocal: `Day ${day + 1} Nov 2026 03:00 CET`,
  });
  return { runs: [24, 25, 26, 27, 28].map(run), words: 'Mondays and Thursdays at 21:00', problem: null, ...more };
}
