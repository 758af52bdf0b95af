import { describe, expect, it } from 'vitest';
import type { FeaturesView, Problem } from '../../lib/ipc/generated';
import { dirty, draftOf, problemAt, rebase, unplaced, wanted } from './draft';

function read(): FeaturesView {
  return {
    toApp: {
      createUsers: true, updateAttributes: false, deactivateUsers: false, syncPassword: false,
      passwordSeed: 'RANDOM', passwordChange: 'CYCLE',
    },
    toAppStatus: 'ENABLED',
    toOkta: {
      usernameFormat: 'EMAIL', usernameExpression: '', scheduleOn: true,
      fullImport: { expression: '0 0 * * 0', timezone: 'America/New_York' }, incrementalImport: null,
      exactMatch: 'EMAIL', allowPartialMatch: false, autoConfirmExact: false, autoConfirmPartial: false,
      autoConfirmNew: false, autoActivateNew: false,
    },
    toOktaStatus: 'ENABLED',
    readAt: '2026-11-24T09:00:00Z',
  };
}

const problem = (field: string | null): Problem => ({
  code: 'badInput', title: 'No.', why: '', next: [], field, okta: null, retryAt: null,
});

describe('a draft', () => {
  it('starts clean and keeps what Okta said, unknown values too', () => {
    const draft = draftOf(read());
    expect(dirty(read(), draft)).toEqual([]);
    expect(draft.toApp?.passwordChange).toBe('CYCLE');
    expect(wanted(read(), draft)).toEqual({});
  });

  it('never touches what was read', () => {
    const before = read();
    const draft = draftOf(before);
    if (draft.toOkta?.fullImport) draft.toOkta.fullImport.timezone = 'Asia/Tokyo';
    expect(before).toEqual(read());
    expect(dirty(before, draft)).toEqual([{ half: 'toOkta', field: 'fullImport' }]);
  });

  it('asks only for the half that changed, whole', () => {
    const draft = draftOf(read());
    if (draft.toApp) draft.toApp.deactivateUsers = true;
    expect(wanted(read(), draft)).toEqual({ toApp: { ...read().toApp, deactivateUsers: true } });
  });

  it('sees a schedule that comes or goes', () => {
    const draft = draftOf(read());
    if (draft.toOkta) {
      draft.toOkta.fullImport = null;
      draft.toOkta.incrementalImport = { expression: '0 * * * *', timezone: '' };
    }
    expect(dirty(read(), draft).map((it) => it.field)).toEqual(['fullImport', 'incrementalImport']);
  });

  it('is clean again when an edit is put back', () => {
    const draft = draftOf(read());
    if (draft.toApp) draft.toApp.createUsers = false;
    expect(dirty(read(), draft)).toHaveLength(1);
    if (draft.toApp) draft.toApp.createUsers = true;
    expect(dirty(read(), draft)).toHaveLength(0);
  });

  it('has nothing to say of a half the app lacks', () => {
    const one = { ...read(), toOkta: null };
    expect(dirty(one, draftOf(one))).toEqual([]);
  });
});

describe('rebase', () => {
  it("keeps the person's edits and takes Okta's for the rest", () => {
    const draft = draftOf(read());
    if (draft.toApp) draft.toApp.deactivateUsers = true;
    const now = read();
    if (now.toApp) now.toApp.updateAttributes = true;
    const next = rebase(read(), draft, now);
    expect(next.toApp).toMatchObject({ deactivateUsers: true, updateAttributes: true });
    expect(dirty(now, next)).toEqual([{ half: 'toApp', field: 'deactivateUsers' }]);
  });

  it('drops the edits of a half that is gone', () => {
    const draft = draftOf(read());
    if (draft.toApp) draft.toApp.deactivateUsers = true;
    expect(rebase(read(), draft, { ...read(), toApp: null }).toApp).toBeNull();
  });
});

describe('problems', () => {
  it('are found by their field and by its parts', () => {
    const inner = problem('fullImport.timezone');
    expect(problemAt([problem(null), inner], 'fullImport')).toBe(inner);
    expect(problemAt([problem('fullImportant')], 'fullImport')).toBeNull();
  });
  it('that no field shows are shown apart', () => {
    const loose = problem(null);
    expect(unplaced([problem('fullImport'), loose, problem('elsewhere')], ['fullImport'])).toEqual([loose, problem('elsewhere')]);
  });
});
