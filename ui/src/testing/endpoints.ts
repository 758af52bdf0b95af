/** A few operations, as the engine gives them. */

import type { EndpointView } from '../lib/ipc/generated';

export const REVIEW_SCOPE = 'okta.governance.securityAccessReviews.admin';

interface Given {
  group: string;
  purpose: string;
  scope?: string | null;
  oauthOnly?: boolean;
  request?: unknown;
  status?: number;
  answer?: unknown;
  query?: string;
  note?: string;
}

const pretty = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2));

export function endpoint(id: string, call: string, { scope = 'okta.roles.manage', oauthOnly = false, status = 200, ...given }: Given): EndpointView {
  const [method = '', path = ''] = call.split(' ');
  const proof = scope === null ? '' : ` -H 'Authorization: ${oauthOnly ? 'Bearer {accessToken}' : 'SSWS {apiToken}'}'`;
  return {
    id, group: given.group, method, path, scope, oauthOnly, writes: method !== 'GET' && scope !== null, purpose: given.purpose, query: given.query ?? null,
    request: given.request === undefined ? null : pretty(given.request), status, answer: given.answer === undefined ? null : pretty(given.answer),
    note: given.note ?? null, curl: `curl -X ${method} 'https://acme.okta.com${path}'${proof}`,
  };
}

const ROLES = 'Roles and resource sets';
const USERS = 'https://acme.okta.com/api/v1/users';

export const ENDPOINTS: EndpointView[] = [
  endpoint('getWellknownOrgMetadata', 'GET /.well-known/okta-organization', { group: 'Org', purpose: 'see which org an address belongs to', scope: null, answer: { pipeline: 'idx' } }),
  endpoint('getOrgSettings', 'GET /api/v1/org', { group: 'Org', purpose: "read the org's name", scope: 'okta.orgs.read', answer: { companyName: 'Acme' } }),
  endpoint('grantConsentToScope', 'POST /api/v1/apps/{appId}/grants', {
    group: 'Service apps', purpose: 'grant a scope to an app', scope: 'okta.appGrants.manage', status: 201, note: 'Only a super admin may grant scopes.',
    request: { scopeId: 'okta.apps.read', issuer: 'https://acme.okta.com' }, answer: { id: 'oag1example0grant000' },
  }),
  endpoint('getSecurityAccessReviewsStats', 'GET /governance/api/v2/security-access-reviews/stats', {
    group: 'Security access reviews', purpose: 'count security access reviews', scope: `${REVIEW_SCOPE}.read`, oauthOnly: true, answer: { activeCount: 1 },
  }),
  endpoint('listSecurityAccessReviews', 'GET /governance/api/v2/security-access-reviews', {
    group: 'Security access reviews', purpose: 'list security access reviews', scope: `${REVIEW_SCOPE}.read`, oauthOnly: true, answer: { data: [] },
    query: 'filter=status+eq+%22ACTIVE%22&limit=20',
  }),
  // Okta uses this id twice.
  endpoint('getOrgSettings', 'GET /governance/api/v1/settings', {
    group: 'Governance settings', purpose: 'see whether AI summaries are on', scope: 'okta.governance.settings.read', oauthOnly: true, answer: { governanceAI: {} },
  }),
  endpoint('createRole', 'POST /api/v1/iam/roles', {
    group: ROLES, purpose: 'create a custom admin role', answer: { id: 'cr01example0role0000' },
    request: { label: 'Security access reviews', description: 'Made by Gatehouse.', permissions: [`${REVIEW_SCOPE}.manage`, 'okta.users.read'] },
  }),
  endpoint('createRolePermission', 'POST /api/v1/iam/roles/{roleIdOrLabel}/permissions/{permissionType}', { group: ROLES, purpose: 'add a permission to a role', status: 204 }),
  endpoint('createResourceSet', 'POST /api/v1/iam/resource-sets', {
    group: ROLES, purpose: 'create a resource set', request: { label: 'Security access reviews: all users', resources: [USERS] }, answer: { id: 'iam1example0set00000' },
  }),
  endpoint('addResourceSetResources', 'PATCH /api/v1/iam/resource-sets/{resourceSetIdOrLabel}/resources', {
    group: ROLES, purpose: 'add to a resource set', request: { additions: [USERS] }, answer: { id: 'iam1example0set00000' },
  }),
  endpoint('createResourceSetBinding', 'POST /api/v1/iam/resource-sets/{resourceSetIdOrLabel}/bindings', {
    group: ROLES, purpose: 'give a role to somebody', request: { role: 'cr01example0role0000', members: [`${USERS}/00u1example0person00`] }, answer: { id: 'cr01example0role0000' },
  }),
  endpoint('token', 'POST /oauth2/v1/token', {
    group: 'Authorization server', purpose: 'get an access token', scope: null, request: 'grant_type=client_credentials\nclient_assertion=••••••', answer: { access_token: '••••••' },
  }),
];
