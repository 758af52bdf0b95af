/**
 * What a line sends, from the engine's own examples of these calls with the names and ids of this set-up put in. Ids that
 * Okta gives only when it is done stand in braces.
 */

import type { EndpointView, SetupLine, SetupView } from '../../../lib/ipc/generated';
import { ROLE, SET } from './words';

export interface Sent {
  method: string;
  path: string;
  /** Pretty JSON. */
  body: string | null;
}

export interface Labels {
  role: string;
  set: string;
}

type Json = Record<string, unknown>;

/** `{appId}` and the like, filled where the id is known. */
function fill(path: string, ids: Record<string, string | null | undefined>): string {
  return path.replace(/\{(\w+)\}/g, (whole, name: string) => ids[name] ?? whole);
}

/** Names of permissions or scopes in what the engine says a line will do. */
const named = (line: SetupLine): string[] => (line.detail ?? '').match(/\bokta(?:\.\w+)+/g) ?? [];

/** What was looked up: in a preview a found line's detail is its id. */
const idOf = (plan: SetupView, id: string): string | null => {
  const line = plan.lines.find((one) => one.id === id);
  return line?.state === 'found' ? line.detail : null;
};

export function sends(line: SetupLine, plan: SetupView, labels: Labels, list: readonly EndpointView[]): Sent[] {
  if (line.state !== 'todo') return [];
  const call = (id: string, ids: Record<string, string | null | undefined> = {}, put: (body: Json) => Json = (body) => body): Sent[] => {
    const row = list.find((one) => one.id === id);
    if (row === undefined) return [];
    const body = row.request === null ? null : JSON.stringify(put(JSON.parse(row.request) as Json), null, 2);
    return [{ method: row.method, path: fill(row.path, ids), body }];
  };
  /** The thing is there and lacks something. */
  const adds = line.detail?.startsWith('Add ') ?? false;
  switch (line.id) {
    case 'role':
      return adds
        ? named(line).flatMap((permissionType) => call('createRolePermission', { permissionType }))
        : call('createRole', {}, (body) => ({ ...body, label: labels.role || ROLE }));
    case 'resourceSet':
      return adds ? call('addResourceSetResources') : call('createResourceSet', {}, (body) => ({ ...body, label: labels.set || SET }));
    case 'scopes':
      return named(line).flatMap((scopeId) => call('grantConsentToScope', { appId: plan.clientId }, (body) => ({ ...body, scopeId })));
    case 'assignment':
      return assignment(plan, call);
    case 'proof':
      return call('getSecurityAccessReviewsStats');
    default:
      return [];
  }
}

type Caller = (id: string, ids?: Record<string, string | null | undefined>, put?: (body: Json) => Json) => Sent[];

function assignment(plan: SetupView, call: Caller): Sent[] {
  const role = idOf(plan, 'role');
  const set = idOf(plan, 'resourceSet');
  const who = plan.clientId ?? idOf(plan, 'member');
  const end = who === null ? null : plan.clientId === null ? `/api/v1/users/${who}` : `/oauth2/v1/clients/${who}`;
  return call('createResourceSetBinding', { resourceSetIdOrLabel: set }, (body) => {
    const example = Array.isArray(body.members) ? String(body.members[0]) : '';
    const member = end === null ? '{member}' : `${URL.canParse(example) ? new URL(example).origin : ''}${end}`;
    return { role: role ?? '{roleId}', members: [member] };
  });
}
