import { screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { windowKey } from '../../frame/keys';
import { announcer } from '../../lib/announce.svelte';
import { session } from '../../lib/session.svelte';
import { faults } from '../../testing/axe';
import { org as anOrg } from '../../testing/data';
import { ENDPOINTS } from '../../testing/endpoints';
import { fakeHost, problem, type FakeHost } from '../../testing/fakehost';
import { everything, showIn } from '../../testing/onshow';
import { find, groupNames, keyOf, proof } from './find';
import { kept } from './memory.svelte';
import Reference from './Reference.svelte';

const user = userEvent.setup();
let host: FakeHost;

beforeEach(() => {
  Object.assign(kept, { text: '', group: '', chosen: null });
  host = fakeHost({ reference_list: () => ENDPOINTS, copy: () => ({}) });
  session.orgs = [anOrg()];
  session.current = 'acme';
});

async function show() {
  showIn(Reference, { org: 'acme' });
  return screen.findByRole('listbox', { name: 'Operations' });
}
const search = () => screen.getByRole<HTMLInputElement>('searchbox', { name: 'Search operations' });
const rows = () => within(screen.getByRole('listbox', { name: 'Operations' })).getAllByRole('option');
const options = () => rows().map((one) => one.getAttribute('aria-label'));
const shown = () => screen.getByRole('article').getAttribute('aria-label');
const names = (text: string, group = '') => find(ENDPOINTS, text, group).flatMap((one) => one.rows.map(keyOf));

describe('finding', () => {
  it('by method, path, purpose, scope, part and Okta’s name, all words, any order', () => {
    expect(names('patch')).toEqual(['PATCH /api/v1/iam/resource-sets/{resourceSetIdOrLabel}/resources']);
    expect(names('reviews count')).toEqual(['GET /governance/api/v2/security-access-reviews/stats']);
    expect(names('okta.appGrants.manage')).toEqual(['POST /api/v1/apps/{appId}/grants']);
    expect(names('CREATERESOURCESETBINDING')).toEqual(['POST /api/v1/iam/resource-sets/{resourceSetIdOrLabel}/bindings']);
    expect(names('authorization server')).toEqual(['POST /oauth2/v1/token']);
    expect(names('role zebra')).toEqual([]);
  });

  it('keeps the groups in order and loses none, two of one name included', () => {
    expect(find(ENDPOINTS, '').map((one) => one.name)).toEqual(groupNames(ENDPOINTS));
    expect(names('')).toHaveLength(ENDPOINTS.length);
    expect(names('getOrgSettings')).toEqual(['GET /api/v1/org', 'GET /governance/api/v1/settings']);
    expect(names('', 'Org')).toHaveLength(2);
  });

  it('what proves the caller is one of three', () => {
    expect(new Set(ENDPOINTS.map(proof)).size).toBe(3);
  });
});

describe('the page', () => {
  it('shows everything one needs to call it', async () => {
    await show();
    expect(options()).toHaveLength(ENDPOINTS.length);
    expect(await faults()).toEqual([]);
    await user.click(screen.getByRole('option', { name: /^List security access reviews/ }));
    const article = screen.getByRole('article', { name: 'GET /governance/api/v2/security-access-reviews' });
    for (const words of ['OAuth only', 'OAuth 2.0 alone', 'okta.governance.securityAccessReviews.admin.read', 'status eq "ACTIVE"', 'limit=20', 'HTTP 200', '"data": []'])
      expect(article.textContent).toContain(words);
    expect(article.textContent).not.toContain('Changes something');
    await user.click(screen.getByRole('option', { name: /^Add a permission/ }));
    expect(screen.getByRole('article').textContent).toContain('HTTP 204, empty');
    expect(screen.getByRole('article').textContent).toContain('Changes something');
    expect(screen.queryByRole('region', { name: 'request' })).toBeNull();
    expect(await faults()).toEqual([]);
  });

  it('copies path, scope and curl as they are; a secret is a placeholder, and none is asked for', async () => {
    await show();
    await user.click(screen.getByRole('option', { name: /^Grant a scope/ }));
    for (const name of ['Copy path', 'Copy scope', 'Copy as curl']) await user.click(screen.getByRole('button', { name }));
    const row = ENDPOINTS.find((one) => one.id === 'grantConsentToScope');
    expect(host.asked.filter((one) => one.name === 'copy').map((one) => (one.args as { text: string }).text)).toEqual([row?.path, row?.scope, row?.curl]);
    expect(row?.curl).toContain('SSWS {apiToken}');
    await user.click(screen.getByRole('option', { name: /^Get an access token/ }));
    expect(screen.getByRole('region', { name: 'request' }).textContent).toContain('client_assertion=••••••');
    expect(everything()).not.toMatch(/eyJ|00[A-Za-z0-9_-]{38}/);
    expect(new Set(host.asked.map((one) => one.name))).toEqual(new Set(['reference_list', 'copy']));
  });

  it('by keyboard: / to the search, down into the list, arrows through it and not beyond', async () => {
    const list = await show();
    const slash = (event: KeyboardEvent) => windowKey(event, { palette: () => undefined, shortcuts: () => undefined });
    window.addEventListener('keydown', slash);
    await user.keyboard('/');
    window.removeEventListener('keydown', slash);
    expect(document.activeElement).toBe(search());
    expect(search().value).toBe('');
    await user.keyboard('role{ArrowDown}');
    expect(document.activeElement).toBe(list);
    const [first, second] = rows();
    expect(shown()).toBe('POST /api/v1/iam/roles');
    expect(list.getAttribute('aria-activedescendant')).toBe(first?.id);
    await user.keyboard('{ArrowDown}');
    expect(shown()).toContain('/permissions/');
    expect([list.getAttribute('aria-activedescendant'), second?.getAttribute('aria-selected')]).toEqual([second?.id, 'true']);
    await user.keyboard('{End}{ArrowDown}{PageDown}');
    expect(rows().at(-1)?.getAttribute('aria-selected')).toBe('true');
    await user.keyboard('{Home}{ArrowUp}');
    expect(shown()).toBe('POST /api/v1/iam/roles');
    search().focus();
    await user.keyboard('{Escape}');
    expect(options()).toHaveLength(ENDPOINTS.length);
    expect(shown()).toBe('POST /api/v1/iam/roles');
  });

  it('by part; nothing found leads back to everything', async () => {
    await show();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Part of the API' }), 'Service apps');
    expect(options()).toEqual(['Grant a scope to an app, POST /api/v1/apps/{appId}/grants']);
    expect(shown()).toBe('POST /api/v1/apps/{appId}/grants');
    await user.type(search(), 'zebra');
    expect(screen.getByRole('heading', { name: 'Nothing found' })).toBeTruthy();
    expect(screen.queryByRole('article')).toBeNull();
    await waitFor(() => expect(announcer.slots.join('')).toBe('0 operations found.'), { timeout: 2000 });
    await user.click(screen.getByRole('button', { name: 'Show all operations' }));
    expect(options()).toHaveLength(ENDPOINTS.length);
    expect(within(screen.getByRole('combobox', { name: 'Part of the API' })).getByRole<HTMLOptionElement>('option', { name: /^All parts/ }).selected).toBe(true);
  });

  it('what can’t be read is told and tried again', async () => {
    host.answers.reference_list = () => {
      throw problem({ title: 'The file is broken.', next: [{ kind: 'retry' }] });
    };
    showIn(Reference, { org: 'acme' });
    expect((await screen.findByRole('alert')).textContent).toContain('The file is broken.');
    host.answers.reference_list = () => ENDPOINTS;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('listbox')).toBeTruthy();
  });
});
