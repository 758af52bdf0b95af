import { describe, expect, it } from 'vitest';
import type { AppChecked, AppDetail, ConnectionView, ConnectView, Stage, StepView } from '../../lib/ipc/generated';
import { failedAt, running, spine } from './spine';

const STAGES: Stage[] = [
  'idle', 'saving', 'awaitingConsent', 'finishing', 'authorized', 'activating', 'readingBack', 'done', 'failed', 'cancelled',
];

function view(stage: Stage, more: Partial<ConnectView> = {}): ConnectView {
  return {
    org: 'acme', app: '0oa1', label: 'Google Workspace', stage, scheme: 'oauth2', steps: [], consentHost: null,
    consentHostUnknown: false, openedAt: null, browserFailed: false, problem: null, autoActivate: true, ...more,
  };
}

function connection(more: Partial<ConnectionView> = {}): ConnectionView {
  return {
    status: 'disabled', scheme: null, baseUrl: null, clientId: null, rotationMode: null, consentOffered: false,
    readAt: '2026-11-24T09:00:00Z', raw: '{}', ...more,
  };
}

function checked(more: Partial<AppChecked> = {}): AppChecked {
  return {
    status: 'enabled', scheme: 'oauth2', toApp: 'off', toOkta: 'off', needsConsent: false, at: '2026-11-24T09:00:00Z',
    problem: null, ...more,
  };
}

function detail(it: ConnectionView | null, seen: AppChecked | null = null): AppDetail {
  return {
    row: {
      id: '0oa1', name: 'google', label: 'Google Workspace', status: 'ACTIVE', signOnMode: 'SAML_2_0', supported: true,
      reason: null, checked: seen, waiting: false,
    },
    catalog: {
      name: 'google', title: 'Google Workspace', provider: 'Google', accountHint: 'Sign in as a super admin.', blockers: [],
      schemes: [{ scheme: 'oauth2', label: 'OAuth 2.0 with consent', about: '', consent: true, fields: [] }],
      toApp: true, toOkta: true,
    },
    connection: it, connect: view('idle'), assigned: 12, problem: null,
  };
}

const failed = (key: string): StepView[] => [{ key, label: key, state: 'failed', note: null }];

describe('the spine', () => {
  it('starts at step 1 with the other two closed', () => {
    const it = spine(detail(connection()), view('idle'));
    expect(it.primary).toBe('authenticate');
    expect(it.steps.map((step) => step.state)).toEqual(['todo', 'blocked', 'blocked']);
    expect(it.steps[0].action?.kind).toBe('save');
  });

  it('keeps step 2 closed while consent is awaited', () => {
    const it = spine(detail(connection({ scheme: 'oauth2', consentOffered: true })), view('awaitingConsent'));
    expect(it.steps.map((step) => step.state)).toEqual(['waiting', 'blocked', 'blocked']);
    expect(it.steps[0].action).toEqual({ kind: 'consent', label: 'Give consent' });
  });

  it('finds a consent left open by somebody else or an earlier run', () => {
    const it = spine(detail(connection({ scheme: 'oauth2', consentOffered: true })), view('idle'));
    expect(it.primary).toBe('authenticate');
    expect(it.steps[0].action?.kind).toBe('consent');
    expect(it.steps[1].action?.kind).toBe('activate');
  });

  it('believes the look at the app over the authorize link', () => {
    const it = spine(detail(connection({ scheme: 'oauth2', consentOffered: true }), checked({ status: 'disabled' })), view('idle'));
    expect(it.primary).toBe('activate');
  });

  it('goes to Activate after consent and to Features after that', () => {
    const saved = detail(connection({ scheme: 'oauth2' }));
    expect(spine(saved, view('authorized')).primary).toBe('activate');
    const enabled = detail(connection({ scheme: 'oauth2', status: 'enabled' }), checked());
    expect(spine(enabled, view('done')).primary).toBe('features');
    expect(spine(enabled, view('idle')).steps.map((step) => step.state)).toEqual(['done', 'done', 'todo']);
  });

  it('says features as they were last seen, and still offers to edit them', () => {
    const it = spine(detail(connection({ scheme: 'oauth2', status: 'enabled' }), checked({ toApp: 'on' })), view('idle'));
    expect(it.steps[2]).toMatchObject({ state: 'done', says: 'To App on, To Okta off', action: { label: 'Edit features' } });
    expect(it.primary).toBe('features');
  });

  it.each([
    ['save', 'authenticate', 'save'],
    ['callback', 'authenticate', 'consent'],
    ['consent', 'authenticate', 'consent'],
    ['activate', 'activate', 'activate'],
    ['readBack', 'activate', 'activate'],
  ])('a failure at %s belongs to %s and its button is %s', (key, step, kind) => {
    const stopped = view('failed', { steps: failed(key) });
    expect(failedAt(stopped)).toBe(step);
    const it = spine(detail(connection({ scheme: 'oauth2' })), stopped);
    const at = it.steps.find((found) => found.key === step);
    expect(at?.state).toBe('problem');
    expect(at?.action?.kind).toBe(kind);
  });

  it('offers nothing while something runs, and a way on in every other stage', () => {
    for (const it of [connection(), connection({ scheme: 'oauth2' }), connection({ scheme: 'oauth2', status: 'enabled' }), null]) {
      for (const stage of STAGES) {
        const stage_view = view(stage, stage === 'failed' ? { steps: failed('save') } : {});
        const found = spine(detail(it), stage_view);
        if (running(stage_view)) {
          expect(found.primary).toBeNull();
          expect(found.steps.every((step) => step.action === null)).toBe(true);
        } else {
          expect(found.primary, `${stage}`).not.toBeNull();
          expect(found.steps.find((step) => step.key === found.primary)?.action).not.toBeNull();
        }
      }
    }
  });

  it('never opens Features before the connection is enabled', () => {
    for (const stage of STAGES.filter((it) => it !== 'done')) {
      expect(spine(detail(connection({ scheme: 'oauth2' })), view(stage)).steps[2].state).toBe('blocked');
    }
  });
});
