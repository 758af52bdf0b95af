import { describe, expect, it } from 'vitest';
import { ENDPOINTS, REVIEW_SCOPE } from '../../../testing/endpoints';
import { aPlan, allFound } from './fixtures';
import { sends, type Labels } from './sends';

const NONE: Labels = { role: '', set: '' };
const of = (plan: ReturnType<typeof aPlan>, id: string, labels = NONE) => {
  const line = plan.lines.find((one) => one.id === id);
  if (line === undefined) throw new Error(id);
  return sends(line, plan, labels, ENDPOINTS).map((one) => ({ call: `${one.method} ${one.path}`, body: one.body === null ? null : (JSON.parse(one.body) as unknown) }));
};

describe('what a line sends', () => {
  it('a role and a resource set under the names that were chosen', () => {
    const labels = { role: 'Reviewers of access', set: 'Everybody' };
    expect(of(aPlan('a'), 'role', labels)).toEqual([
      { call: 'POST /api/v1/iam/roles', body: { label: 'Reviewers of access', description: 'Made by Gatehouse.', permissions: [`${REVIEW_SCOPE}.manage`, 'okta.users.read'] } },
    ]);
    expect(of(aPlan('a'), 'resourceSet', labels)).toEqual([
      { call: 'POST /api/v1/iam/resource-sets', body: { label: 'Everybody', resources: ['https://acme.okta.com/api/v1/users'] } },
    ]);
    expect(of(aPlan('a'), 'role')[0]?.body).toMatchObject({ label: 'Security access reviews' });
  });

  it('only what is lacking, where role and resource set are there', () => {
    const plan = aPlan('a', { role: { detail: `Add ${REVIEW_SCOPE}.manage and okta.users.read` }, resourceSet: { detail: 'Add all users to it' } });
    expect(of(plan, 'role')).toEqual([
      { call: `POST /api/v1/iam/roles/{roleIdOrLabel}/permissions/${REVIEW_SCOPE}.manage`, body: null },
      { call: 'POST /api/v1/iam/roles/{roleIdOrLabel}/permissions/okta.users.read', body: null },
    ]);
    expect(of(plan, 'resourceSet')).toEqual([
      { call: 'PATCH /api/v1/iam/resource-sets/{resourceSetIdOrLabel}/resources', body: { additions: ['https://acme.okta.com/api/v1/users'] } },
    ]);
  });

  it('one grant a scope, to the app that is set up', () => {
    expect(of(aPlan('a'), 'scopes')).toEqual([
      { call: 'POST /api/v1/apps/0oaService/grants', body: { scopeId: `${REVIEW_SCOPE}.read`, issuer: 'https://acme.okta.com' } },
      { call: 'POST /api/v1/apps/0oaService/grants', body: { scopeId: `${REVIEW_SCOPE}.manage`, issuer: 'https://acme.okta.com' } },
    ]);
  });

  it('the assignment names the app, or the person, at the org’s own address', () => {
    expect(of(aPlan('a'), 'assignment')).toEqual([
      {
        call: 'POST /api/v1/iam/resource-sets/{resourceSetIdOrLabel}/bindings',
        body: { role: '{roleId}', members: ['https://acme.okta.com/oauth2/v1/clients/0oaService'] },
      },
    ]);
    const person = allFound('a', { assignment: { state: 'todo', detail: null }, member: { state: 'found', detail: '00uBen' } }, { clientId: null });
    expect(of(person, 'assignment')).toEqual([
      { call: 'POST /api/v1/iam/resource-sets/iam1p0/bindings', body: { role: 'cr01p0', members: ['https://acme.okta.com/api/v1/users/00uBen'] } },
    ]);
  });

  it('nothing for what is there, blocked, or of an engine that knows the call no more', () => {
    for (const id of ['role', 'resourceSet', 'member', 'scopes', 'assignment']) expect(of(allFound('a'), id)).toEqual([]);
    expect(of(aPlan('a', { role: { state: 'blocked' } }), 'role')).toEqual([]);
    const [role] = aPlan('a').lines;
    expect(role && sends(role, aPlan('a'), NONE, [])).toEqual([]);
  });

  it('the proof is a read', () => {
    expect(of(allFound('a'), 'proof')).toEqual([{ call: 'GET /governance/api/v2/security-access-reviews/stats', body: null }]);
  });
});
