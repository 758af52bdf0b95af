/** The features of one app while they are edited: what was read, what is wanted, what a review and an apply said. */

import { asProblem, call } from '../../lib/ipc/call';
import { concerns, onEvent } from '../../lib/ipc/events';
import type { ApplyReport, FeaturesPreview, FeaturesView, FeaturesWanted, Half, Problem, ToApp, ToOkta } from '../../lib/ipc/generated';
import { dirty, draftOf, problemAt, rebase, unplaced, wanted, type Draft } from './draft';
import { together } from './together';

/** A problem of a field, and how the form was when it was found. */
interface Found {
  problem: Problem;
  draft: Draft;
}

export class Editor {
  readonly org: string;
  readonly app: string;

  read = $state.raw<FeaturesView | null>(null);
  draft = $state<Draft>({ toApp: null, toOkta: null });
  /** Why they could not be read. */
  unread = $state.raw<Problem | null>(null);
  reading = $state(false);
  /** Why a review or an apply was refused as a whole. */
  problem = $state.raw<Problem | null>(null);
  doing = $state<'review' | 'apply' | null>(null);
  preview = $state.raw<FeaturesPreview | null>(null);
  report = $state.raw<ApplyReport | null>(null);
  /** Counts how often the form was filled anew, so that its controls begin anew too. */
  filled = $state(0);

  changes = $derived(this.read === null ? [] : dirty(this.read, this.draft));
  #problems = $state.raw<Found[]>([]);
  #notes = $state.raw<Found[]>([]);
  #turn = 0;

  constructor(org: string, app: string) {
    this.org = org;
    this.app = app;
  }

  listen(): () => void {
    const about = ['features', 'connection', 'practice'] as const;
    return onEvent('changed', (event) => {
      const ours = about.some((topic) => concerns(event, { topic, org: this.org, app: this.app }));
      // What an apply of this editor changes comes with its report.
      if (ours && this.doing === null) void this.load();
    });
  }

  /** Reads them again; edits are carried over. */
  load = async (): Promise<void> => {
    const turn = ++this.#turn;
    this.reading = true;
    try {
      const now = await call('features_get', this.#args());
      if (turn !== this.#turn) return;
      this.#take(now);
      this.unread = null;
    } catch (error) {
      if (turn !== this.#turn) return;
      this.unread = asProblem(error);
    }
    this.reading = false;
  };

  set<K extends keyof ToApp>(half: 'toApp', field: K, value: ToApp[K]): void;
  set<K extends keyof ToOkta>(half: 'toOkta', field: K, value: ToOkta[K]): void;
  set(half: Half, field: string, value: unknown): void {
    const side = this.draft[half] as Record<string, unknown> | null;
    if (side === null) return;
    side[field] = value;
    const stands = (found: Found) => this.#stands(found);
    this.#problems = this.#problems.filter(stands);
    this.#notes = this.#notes.filter(stands);
  }

  changed(half: Half, field: string): boolean {
    return this.changes.some((it) => it.half === half && it.field === field);
  }

  count(half: Half): number {
    return this.changes.filter((it) => it.half === half).length;
  }

  /** What has to be mended at a field, or at one of its parts. */
  wrong(field: string): Problem | null {
    return problemAt(this.#problems.map((it) => it.problem), field);
  }

  /** What may be sent but has no effect. */
  note(field: string): Problem | null {
    return problemAt(this.#notes.map((it) => it.problem), field);
  }

  /** Problems that no field shows. */
  loose(fields: readonly string[]): Problem[] {
    return unplaced(this.#problems.map((it) => it.problem), fields);
  }

  get mends(): Problem[] {
    return this.#problems.map((it) => it.problem);
  }

  discard = (): void => {
    if (this.read !== null) this.#fill(draftOf(this.read));
  };

  /** Asks the engine what would be sent. True when there is a preview to show; false when something has to be mended. */
  review = async (): Promise<boolean> => {
    if (this.read === null || this.changes.length === 0 || this.doing !== null) return false;
    this.doing = 'review';
    this.problem = this.preview = this.report = null;
    const draft = $state.snapshot(this.draft) as Draft;
    try {
      const preview = await call('features_preview', { ...this.#args(), read: this.read, wanted: wanted(this.read, draft) });
      this.#problems = preview.problems.map((problem) => ({ problem, draft }));
      this.#notes = preview.notes.map((problem) => ({ problem, draft }));
      if (preview.problems.length > 0) return false;
      this.preview = preview;
      return true;
    } catch (error) {
      this.problem = asProblem(error);
      return false;
    } finally {
      this.doing = null;
    }
  };

  /** Okta has changed meanwhile: its values, with the edits put on top. */
  catchUp = async (): Promise<void> => {
    await this.load();
    if (this.unread === null) await this.review();
  };

  apply = (): Promise<void> => this.#apply(this.read === null ? {} : wanted(this.read, $state.snapshot(this.draft) as Draft));

  /** Sends one half again. */
  retry = (half: Half): Promise<void> => {
    if (this.read === null) return Promise.resolve();
    const all = wanted(this.read, $state.snapshot(this.draft) as Draft);
    return this.#apply(half === 'toApp' ? { toApp: all.toApp } : { toOkta: all.toOkta });
  };

  close = (): void => {
    this.preview = this.report = this.problem = null;
  };

  async #apply(what: FeaturesWanted): Promise<void> {
    if (this.read === null || this.doing !== null) return;
    this.doing = 'apply';
    this.problem = null;
    const before = this.report;
    try {
      const report = await call('features_apply', { ...this.#args(), read: this.read, wanted: what });
      // The half that was not sent again keeps what was said of it.
      const kept = before?.halves.filter((it) => !report.halves.some((now) => now.half === it.half)) ?? [];
      this.report = { ...report, halves: [...kept, ...report.halves].sort((a, b) => (a.half < b.half ? -1 : 1)) };
      this.#after(report);
    } catch (error) {
      this.problem = asProblem(error);
    } finally {
      this.doing = null;
    }
  }

  /** Only a half that failed keeps its edits: what Okta ignored is shown in the report and follows Okta here. */
  #after(report: ApplyReport): void {
    if (this.read === null) return;
    const next = rebase(this.read, $state.snapshot(this.draft) as Draft, report.now);
    const settled = draftOf(report.now);
    for (const half of report.halves) {
      if (half.problem !== null) continue;
      if (half.half === 'toApp') next.toApp = settled.toApp;
      else next.toOkta = settled.toOkta;
    }
    // A read that is under way is older than this.
    this.#turn++;
    this.reading = false;
    this.read = report.now;
    this.#fill(next);
  }

  #take(now: FeaturesView): void {
    const next = this.read === null ? draftOf(now) : rebase(this.read, $state.snapshot(this.draft) as Draft, now);
    this.read = now;
    this.#fill(next);
  }

  #fill(draft: Draft): void {
    this.draft = draft;
    this.#problems = [];
    this.#notes = [];
    this.filled++;
  }

  #stands({ problem, draft }: Found): boolean {
    if (problem.field === null) return true;
    const now = $state.snapshot(this.draft) as Draft;
    const changed = new Set(['toApp', 'toOkta'].flatMap((half) => sides(draft, now, half as Half)));
    return !together(problem.field).some((field) => changed.has(field));
  }

  #args(): { org: string; app: string } {
    return { org: this.org, app: this.app };
  }
}

/** Fields of a half that differ between two drafts. */
function sides(before: Draft, now: Draft, half: Half): string[] {
  const [a, b] = [before[half], now[half]] as (Record<string, unknown> | null)[];
  if (a == null || b == null) return [];
  return Object.keys(b).filter((field) => JSON.stringify(a[field]) !== JSON.stringify(b[field]));
}
