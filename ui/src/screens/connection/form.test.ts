import { describe, expect, it } from 'vitest';
import type { CatalogView, SchemeView } from '../../lib/ipc/generated';
import { connection, office365, org2org, zscaler } from './fixtures';
import { fieldsOf, plainOf, slips } from './form';
import { originOf, preview } from './preview';

const first = (app: CatalogView): SchemeView => app.schemes[0] as SchemeView;

describe('the form', () => {
  it('opens with automatic rotation, whatever Okta’s own default is', () => {
    expect(plainOf(first(org2org), connection())).toEqual({ clientId: '', rotationMode: 'AUTO' });
  });
  it('starts from what Okta shows, and never has a place for a secret', () => {
    const shown = connection({ clientId: '0oa2', rotationMode: 'MANUAL', baseUrl: 'https://scim.example.com' });
    expect(plainOf(first(org2org), shown)).toEqual({ clientId: '0oa2', rotationMode: 'MANUAL' });
    expect(plainOf(first(zscaler), shown)).toEqual({ baseUrl: 'https://scim.example.com' });
  });
  it('falls back to the first choice where Okta shows a value nobody knows', () => {
    expect(plainOf(first(org2org), connection({ rotationMode: 'LATER' }))['rotationMode']).toBe('AUTO');
  });

  it.each([
    [{ baseUrl: '' }, [], ['baseUrl', 'token']],
    [{ baseUrl: 'https://scim.example.com' }, ['token'], []],
    [{ baseUrl: 'http://scim.example.com' }, ['token'], ['baseUrl']],
    [{ baseUrl: 'scim.example.com' }, ['token'], ['baseUrl']],
    [{ baseUrl: 'https://' }, ['token'], ['baseUrl']],
  ])('%j with %j filled: slips %j', (plain, filled, wrong) => {
    expect(Object.keys(slips(first(zscaler), plain, new Set(filled)))).toEqual(wrong);
  });

  it('takes each secret once', () => {
    const taken: string[] = [];
    const take = (key: string) => {
      taken.push(key);
      return 's3cret';
    };
    expect(fieldsOf(first(office365), { adminUsername: 'ada@example.com' }, take)).toEqual({
      adminUsername: 'ada@example.com',
      adminPassword: 's3cret',
    });
    expect(taken).toEqual(['adminPassword']);
  });
});

describe('the request shown', () => {
  const target = { origin: 'https://acme.okta.com', app: '0oa1' };

  it('activates in the same request, but not for consent', () => {
    expect(preview(target, first(zscaler), {}, true).path).toBe('/api/v1/apps/0oa1/connections/default?activate=true');
    expect(preview(target, first(zscaler), {}, false).path).toBe('/api/v1/apps/0oa1/connections/default');
    expect(preview(target, first(office365), {}, true).path).toBe('/api/v1/apps/0oa1/connections/default');
  });
  it('has the bodies of Okta’s reference, with placeholders for what is secret or empty', () => {
    const body = (app: CatalogView, plain = {}) => JSON.parse(preview(target, first(app), plain, false).body) as unknown;
    expect(body(zscaler, { baseUrl: ' https://scim.example.com ' })).toEqual({
      profile: { authScheme: 'TOKEN', token: '{token}' },
      baseUrl: 'https://scim.example.com',
    });
    expect(body(org2org, { clientId: '0oa2', rotationMode: 'AUTO' })).toEqual({
      profile: { authScheme: 'OAUTH2', clientId: '0oa2', signing: { rotationMode: 'AUTO' } },
    });
    expect(body(office365)).toEqual({
      profile: { authScheme: 'OAUTH2', settings: { adminUsername: '{adminUsername}', adminPassword: '{adminPassword}' } },
    });
  });
  it('can be pasted into a shell whatever was typed', () => {
    const shown = preview(target, first(org2org), { clientId: "'; rm -rf ~; '", rotationMode: 'AUTO' }, true).curl;
    expect(shown).toContain(`'\\''; rm -rf ~; '\\''`);
    expect(shown).toContain('SSWS {apiToken}');
  });
  it('names the org’s own address', () => {
    expect(originOf({ host: 'acme.okta.com', tag: 'preview' })).toBe('https://acme.okta.com');
    expect(originOf({ host: 'acme.okta.com', tag: 'production' }, '{"href": "https://acme-admin.okta.com/x"}')).toBe('https://acme.okta.com');
    expect(originOf({ host: '127.0.0.1', tag: 'practice' })).toBe('http://127.0.0.1');
    expect(originOf({ host: '127.0.0.1', tag: 'practice' }, '{"href": "http://127.0.0.1:4444/x"}')).toBe('http://127.0.0.1:4444');
    expect(originOf(undefined)).toBe('https://{yourOktaDomain}');
  });
});
