import { screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import type { KeychainHealth } from '../../lib/ipc/generated';
import { lockedWords } from '../../lib/locked';
import { session } from '../../lib/session.svelte';
import { toasts } from '../../lib/toasts.svelte';
import { faults } from '../../testing/axe';
import { org } from '../../testing/data';
import { fakeHost, problem, type FakeHost } from '../../testing/fakehost';
import { showIn } from '../../testing/onshow';
import { health } from '../../testing/signin';
import Keychain from './Keychain.svelte';

const user = userEvent.setup();
let host: FakeHost;
let view: KeychainHealth;

beforeEach(() => {
  for (const toast of toasts.all) toasts.dismiss(toast.id);
  session.orgs = [org('acme')];
  session.settings = { theme: 'system', density: 'normal', clipboardLook: 'ask', autoActivate: true, idleMinutes: 15 };
  view = health();
  host = fakeHost({
    keychain_health: () => view,
    keychain_test: () => ({ store: 'Secret Service', ok: true, problem: null, testedAt: null }),
    org_wipe: () => ({ itemsDeleted: 2, failed: [] }),
    lock: () => ({}),
    settings_save: (settings) => settings,
    copy: () => ({}),
  });
});
const show = async () => {
  showIn(Keychain, {});
  await screen.findByText('Survives a restart');
};

it('shows the store, whether it lasts, and each item with its state', async () => {
  await show();
  expect(screen.getByText('Secret Service works.')).toBeTruthy();
  expect(screen.getByText('It is kept on disk, encrypted with your login password.')).toBeTruthy();
  const token = screen.getByText('acme.okta.com:token').closest('tr');
  expect(token?.textContent).toContain('API token');
  expect(token?.textContent).toContain('Present');
  const key = screen.getByText('acme.okta.com:key').closest('tr');
  expect(key?.textContent).toContain('Missing');
  expect(key?.textContent).toContain('Not known');
  expect(await faults()).toEqual([]);
});

it('wipes one org after naming its host, and reads again', async () => {
  await show();
  await user.click(screen.getByRole('button', { name: 'Wipe this org’s secrets…: Acme' }));
  const dialog = screen.getByRole('dialog', { name: 'Wipe the secrets of Acme?' });
  expect(dialog.textContent).toContain('acme.okta.com');
  view = health({ items: [] });
  await user.click(within(dialog).getByRole('button', { name: 'Wipe' }));
  expect(host.asked.find((one) => one.name === 'org_wipe')?.args).toEqual({ org: 'acme' });
  expect(await screen.findByText('Gatehouse has nothing in it.')).toBeTruthy();
});

it('what could not be wiped stays on show', async () => {
  host.answers.org_wipe = () => ({ itemsDeleted: 1, failed: [problem({ code: 'keychainLocked', title: 'The keychain is locked.', next: [{ kind: 'retryKeychain' }] })] });
  await show();
  await user.click(screen.getByRole('button', { name: /^Wipe this org/ }));
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Wipe' }));
  await user.click(await screen.findByRole('button', { name: 'Try the keychain again' }));
  expect(host.count('org_wipe')).toBe(2);
});

it('drops secrets from memory now, and after a time without use', async () => {
  await show();
  await user.click(screen.getByRole('button', { name: 'Drop secrets from memory now' }));
  expect(host.count('lock')).toBe(1);
  const idle = screen.getByRole<HTMLSelectElement>('combobox', { name: /^Drop secrets from memory when/ });
  expect([...idle.options].map((one) => one.value)).toEqual(['0', '5', '15', '30', '60']);
  await user.selectOptions(idle, '5');
  await waitFor(() => expect(session.settings.idleMinutes).toBe(5));
});

it('the test is told, and the items are read again', async () => {
  view = health({ keychain: { store: 'Secret Service', ok: false, problem: problem({ code: 'keychainLocked', title: 'The keychain is locked.' }), testedAt: null } });
  await show();
  expect(screen.getByRole('alert').textContent).toContain('The keychain is locked.');
  await user.click(screen.getByRole('button', { name: 'Test the keychain' }));
  expect(await screen.findByText('Secret Service works.')).toBeTruthy();
  await waitFor(() => expect(host.count('keychain_health')).toBe(2));
});

it('the words of a lock', () => {
  expect(lockedWords({ idleMinutes: null, lost: [] }, (key) => key)).toEqual({ text: 'Secrets were dropped from memory.', more: 'The next call reads the keychain again.' });
  expect(lockedWords({ idleMinutes: 15, lost: ['a', 'b'] }, (key) => key.toUpperCase()).more).toContain('sign in again: A, B.');
});
