import { beforeEach, describe, expect, it, vi } from 'vitest';
import { org } from '../testing/data';
import { fakeHost, problem, type FakeHost } from '../testing/fakehost';
import type { NextStep } from './ipc/generated';
import { runStep, stepLabel, type StepContext } from './nextstep';
import { takeSignInWish, toSignIn } from './orgpages';
import { router, type Route } from './route.svelte';
import { session } from './session.svelte';
import { toasts } from './toasts.svelte';

const STEPS: NextStep[] = [
  { kind: 'retry' }, { kind: 'reopenConsent' }, { kind: 'finishOther', org: 'other', app: '0oa2', label: 'Slack' }, { kind: 'replaceToken' },
  { kind: 'signIn' }, { kind: 'checkPermissions' },
  { kind: 'retryKeychain' }, { kind: 'sessionOnly' }, { kind: 'openAdminConsole' }, { kind: 'setUpConnection' }, { kind: 'activate' },
  { kind: 'checkAgain' }, { kind: 'unlock' }, { kind: 'copy', label: 'Copy the link', text: 'x' },
];
let host: FakeHost;

beforeEach(() => {
  session.orgs = [org('acme', { readOnly: true }), org('other')];
  session.current = 'acme';
  for (const toast of toasts.all) toasts.dismiss(toast.id);
  router.current = { name: 'home' };
  host = fakeHost({
    org_select: ({ org: key }) => org(key), org_update: () => org(), org_retry: () => org(), page_open: () => ({}), copy: () => ({}),
  });
});

describe('next steps', () => {
  it.each(STEPS)('$kind has a label and does something', async (step) => {
    expect(stepLabel(step)).toMatch(/^[A-Z]/);
    const retry = vi.fn();
    const before = JSON.stringify(router.current);
    await runStep(step, { org: 'acme', app: '0oa1', retry });
    const did = retry.mock.calls.length + host.asked.length + (JSON.stringify(router.current) === before ? 0 : 1);
    expect(did).toBeGreaterThan(0);
  });

  it.each(['retry', 'reopenConsent', 'replaceToken', 'signIn', 'checkPermissions', 'sessionOnly', 'setUpConnection', 'activate', 'checkAgain'] as const)(
    '%s is left to the screen where it can do it',
    async (kind) => {
      const own = vi.fn();
      const context: StepContext = { org: 'acme', app: '0oa1', [kind]: own };
      await runStep({ kind }, context);
      expect(own).toHaveBeenCalledOnce();
      expect([host.asked, router.current]).toEqual([[], { name: 'home' }]);
    },
  );

  it('finishing another consent goes to its org and app', async () => {
    await runStep({ kind: 'finishOther', org: 'other', app: '0oa2', label: 'Slack' });
    expect([session.current, router.current]).toEqual(['other', { name: 'connection', app: '0oa2' }]);
  });

  it.each<[NextStep, Route]>([
    [{ kind: 'signIn' }, { name: 'signin', org: 'other' }],
    [{ kind: 'replaceToken' }, { name: 'signin', org: 'other', way: 'apiToken' }],
    [{ kind: 'checkPermissions' }, { name: 'permissions', org: 'other' }],
  ])('%o goes to that page of the org, and makes it the current one', async (step, route) => {
    await runStep(step, { org: 'other' });
    expect([session.current, router.current]).toEqual(['other', route]);
  });

  it('the Admin Console opens at the app where there is one', async () => {
    await runStep({ kind: 'openAdminConsole' }, { app: '0oa1' });
    await runStep({ kind: 'openAdminConsole' });
    expect(host.asked.map((one) => (one.args as { page: string }).page)).toEqual(['appPage', 'tokenPage']);
  });

  it('unlocking keeps name and colour, then tries again', async () => {
    const retry = vi.fn();
    await runStep({ kind: 'unlock' }, { retry });
    expect(host.asked[0]?.args).toEqual({ org: 'acme', name: 'Acme', colour: 'indigo', readOnly: false });
    expect(retry).toHaveBeenCalledOnce();
  });

  it('a step that fails is told', async () => {
    host.answers.copy = () => {
      throw problem({ title: 'The clipboard could not be used.' });
    };
    await runStep({ kind: 'copy', label: 'Copy', text: 'x' });
    expect(toasts.all.at(-1)).toMatchObject({ tone: 'bad', text: 'The clipboard could not be used.' });
  });
});

describe('signing in for access reviews', () => {
  it('leads to the sign-in with their scopes wanted, once', async () => {
    await runStep({ kind: 'signIn' }, { org: 'other', reviews: true });
    expect(router.current).toEqual({ name: 'signin', org: 'other', way: 'signIn' });
    expect(takeSignInWish('other')).toEqual({ reviews: true });
    expect(takeSignInWish('other')).toEqual({});
  });

  it('a wish is for one org, and ends with the next visit', async () => {
    await toSignIn('acme', 'signIn', { reviews: true });
    expect(takeSignInWish('other')).toEqual({});
    expect(takeSignInWish('acme')).toEqual({});
    await toSignIn('acme', 'signIn', { reviews: true });
    await toSignIn('acme');
    expect(takeSignInWish('acme')).toEqual({});
  });

  it('is forgotten where the window was kept from leaving', async () => {
    const off = router.guard(() => false);
    await toSignIn('acme', 'signIn', { reviews: true });
    off();
    expect([router.current, takeSignInWish('acme')]).toEqual([{ name: 'home' }, {}]);
  });
});
