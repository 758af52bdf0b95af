/** The save as it will be sent, for the eye: whatever is secret is a placeholder, filled in or not. */

import type { CallPreview, OrgTag, SchemeView } from '../../lib/ipc/generated';
import type { Plain } from './form';

export interface Target {
  /** `https://acme.okta.com`. */
  origin: string;
  app: string;
}

export function preview(target: Target, scheme: SchemeView, plain: Plain, activate: boolean): CallPreview {
  const body = JSON.stringify(bodyOf(scheme, plain), null, 2);
  // A consent app has nothing to activate yet.
  const query = activate && !scheme.consent ? '?activate=true' : '';
  const path = `/api/v1/apps/${target.app}/connections/default${query}`;
  return { method: 'POST', path, body, curl: curl(target.origin + path, body) };
}

function bodyOf(scheme: SchemeView, plain: Plain): object {
  const has = (key: string) => scheme.fields.some((field) => field.key === key);
  const value = (key: string) => {
    const typed = (plain[key] ?? '').trim();
    return typed === '' ? `{${key}}` : typed;
  };
  if (scheme.scheme === 'token') {
    const profile = { authScheme: 'TOKEN', token: '{token}' };
    return has('baseUrl') ? { profile, baseUrl: value('baseUrl') } : { profile };
  }
  if (has('clientId')) {
    const signing = { rotationMode: value('rotationMode') };
    return { profile: { authScheme: 'OAUTH2', clientId: value('clientId'), signing } };
  }
  if (has('adminPassword')) {
    const settings = { adminUsername: value('adminUsername'), adminPassword: '{adminPassword}' };
    return { profile: { authScheme: 'OAUTH2', settings } };
  }
  return { profile: { authScheme: 'OAUTH2' } };
}

function curl(url: string, body: string): string {
  return [
    `curl -X POST '${url}'`,
    `  -H 'Accept: application/json'`,
    `  -H 'Authorization: SSWS {apiToken}'`,
    `  -H 'Content-Type: application/json'`,
    `  -d '${body.replaceAll("'", `'\\''`)}'`,
  ].join(' \\\n');
}

/**
 * An org's address. The practice org is on a port of this machine that only its own answers name; a real org's answers
 * may name its admin host instead, which takes no API calls.
 */
export function originOf(org: { host: string; tag: OrgTag } | undefined, raw = ''): string {
  if (org === undefined) return 'https://{yourOktaDomain}';
  if (org.tag !== 'practice') return `https://${org.host}`;
  return /"(http:\/\/127\.0\.0\.1:\d+)\//.exec(raw)?.[1] ?? `http://${org.host}`;
}
