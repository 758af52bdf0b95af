/** The editor's copy of both features, and what in it differs from what Okta has. */

import type { FeaturesView, FeaturesWanted, Half, Problem, Schedule, ToApp, ToOkta } from '../../lib/ipc/generated';

export type ToAppField = keyof ToApp;
export type ToOktaField = keyof ToOkta;

export interface Draft {
  toApp: ToApp | null;
  toOkta: ToOkta | null;
}

export interface DirtyField {
  half: Half;
  field: string;
}

/** A copy to edit; `read` is never touched. */
export function draftOf(read: FeaturesView): Draft {
  return {
    toApp: read.toApp === null ? null : { ...read.toApp },
    toOkta:
      read.toOkta === null
        ? null
        : { ...read.toOkta, fullImport: copy(read.toOkta.fullImport), incrementalImport: copy(read.toOkta.incrementalImport) },
  };
}

/** Fields that differ, To App first, in the order Okta's object has them. */
export function dirty(read: FeaturesView, draft: Draft): DirtyField[] {
  return [...differing('toApp', read.toApp, draft.toApp), ...differing('toOkta', read.toOkta, draft.toOkta)];
}

/** What to ask for: a half nobody touched is left alone. */
export function wanted(read: FeaturesView, draft: Draft): FeaturesWanted {
  const halves = new Set(dirty(read, draft).map((it) => it.half));
  return {
    ...(halves.has('toApp') ? { toApp: draft.toApp } : {}),
    ...(halves.has('toOkta') ? { toOkta: draft.toOkta } : {}),
  };
}

/**
 * The person's edits carried over to a fresh read: only what they changed is kept, the rest follows Okta. A half that
 * Okta no longer has drops its edits.
 */
export function rebase(before: FeaturesView, draft: Draft, now: FeaturesView): Draft {
  const next = draftOf(now);
  for (const { half, field } of dirty(before, draft)) {
    if (half === 'toApp' && next.toApp !== null && draft.toApp !== null) {
      next.toApp = { ...next.toApp, [field]: draft.toApp[field as ToAppField] };
    }
    if (half === 'toOkta' && next.toOkta !== null && draft.toOkta !== null) {
      next.toOkta = { ...next.toOkta, [field]: draft.toOkta[field as ToOktaField] };
    }
  }
  return next;
}

/** The problem that belongs beside a field. Okta's and the engine's names for parts of a schedule count for it too. */
export function problemAt(problems: Problem[], field: string): Problem | null {
  return problems.find((it) => it.field === field || it.field?.startsWith(`${field}.`)) ?? null;
}

/** Problems that no field of the form shows. */
export function unplaced(problems: Problem[], fields: readonly string[]): Problem[] {
  return problems.filter((it) => !fields.some((field) => problemAt([it], field) !== null));
}

function copy(schedule: Schedule | null): Schedule | null {
  return schedule === null ? null : { ...schedule };
}

function differing(half: Half, read: object | null, draft: object | null): DirtyField[] {
  if (read === null || draft === null) return [];
  const before = new Map<string, unknown>(Object.entries(read));
  return Object.entries(draft)
    .filter(([field, value]) => !same(before.get(field), value))
    .map(([field]) => ({ half, field }));
}

function same(a: unknown, b: unknown): boolean {
  if (isSchedule(a) && isSchedule(b)) return a.expression === b.expression && a.timezone === b.timezone;
  return a === b;
}

function isSchedule(it: unknown): it is Schedule {
  return typeof it === 'object' && it !== null && 'expression' in it;
}
