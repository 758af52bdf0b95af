/** What a person changes of a review, and what the engine says to it before anything is sent. */

import { asProblem, call } from '../../../../lib/ipc/call';
import type { PersonView, Problem, ProfileView, ReviewDetail, ReviewUpdateArgs, UpdatePlan } from '../../../../lib/ipc/generated';

const CALM_MS = 350;
const HOUR_MS = 3_600_000;

/** A reviewer Okta has already. */
const asPerson = ({ id, name, login, email, status }: ProfileView): PersonView => ({
  id,
  name,
  login: login ?? '',
  email,
  status: status ?? '',
  canBeSubject: false,
  canReview: true,
  note: null,
});

/** Six months after it was launched, as Okta counts: the same day of the month, or the last one there is. */
export function latestEnd(created: string | null, now: number): Date {
  const from = new Date(created ?? now);
  const to = new Date(Number.isNaN(from.getTime()) ? now : from.getTime());
  const day = to.getUTCDate();
  to.setUTCDate(1);
  to.setUTCMonth(to.getUTCMonth() + 6);
  const last = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  to.setUTCDate(Math.min(day, last));
  return to;
}

export class Edit {
  end = $state<string | null>(null);
  preset = $state<number | null>(null);
  reviewers = $state.raw<PersonView[]>([]);

  plan = $state.raw<UpdatePlan | null>(null);
  /** A plan for what stands there now is on its way. */
  planning = $state(false);
  saving = $state(false);
  problem = $state.raw<Problem | null>(null);

  readonly detail: ReviewDetail;
  readonly #reviewersBefore: string;
  #turn = 0;

  constructor(detail: ReviewDetail) {
    this.detail = detail;
    this.end = detail.review.endTime;
    this.reviewers = detail.review.reviewers.map(asPerson);
    this.#reviewersBefore = ids(this.reviewers);
  }

  endChanged = $derived.by(() => this.end !== null && Date.parse(this.end) !== Date.parse(this.detail.review.endTime ?? ''));
  reviewersChanged = $derived.by(() => ids(this.reviewers) !== this.#reviewersBefore);
  changed = $derived(this.endChanged || this.reviewersChanged);
  /** Only what changes is sent. */
  args = $derived.by<ReviewUpdateArgs>(() => ({
    org: this.detail.org,
    review: this.detail.review.id,
    endTime: this.endChanged ? this.end : null,
    reviewers: this.reviewersChanged ? this.reviewers.map(({ id }) => id) : null,
  }));
  ready = $derived.by(() => this.changed && !this.planning && this.plan !== null && this.plan.request !== null && this.end !== null);

  /** The earliest end: an hour from now; what Okta has already stays allowed. */
  least(now: number): Date {
    const before = Date.parse(this.detail.review.endTime ?? '');
    return new Date(this.endChanged || Number.isNaN(before) ? now + HOUR_MS : Math.min(now + HOUR_MS, before));
  }

  fieldProblem(field: string): Problem | null {
    return this.plan?.problems.find((one) => one.field === field) ?? null;
  }
  /** Problems that belong beside no field. */
  get others(): Problem[] {
    return this.plan?.problems.filter((one) => one.field === null) ?? [];
  }

  /** Asks for a plan a moment from now; returns what takes the asking back. */
  follow(args: ReviewUpdateArgs, changed: boolean): () => void {
    const turn = ++this.#turn;
    this.planning = changed;
    if (!changed) {
      this.plan = null;
      this.problem = null;
      return () => undefined;
    }
    const timer = setTimeout(() => void this.#ask(args, turn), CALM_MS);
    return () => clearTimeout(timer);
  }

  /** Asks again, for what stands there. */
  look = (): Promise<void> => {
    this.planning = true;
    return this.#ask(this.args, ++this.#turn);
  };

  async #ask(args: ReviewUpdateArgs, turn: number): Promise<void> {
    try {
      const plan = await call('review_update_plan', args);
      if (turn !== this.#turn) return;
      this.plan = plan;
      this.problem = null;
    } catch (error) {
      if (turn !== this.#turn) return;
      this.plan = null;
      this.problem = asProblem(error);
    }
    this.planning = false;
  }

  /** Sends it; gives the review read back, or nothing when it was refused. Once it went through there is no second time. */
  async save(): Promise<ReviewDetail | null> {
    if (!this.ready || this.saving) return null;
    this.saving = true;
    this.problem = null;
    try {
      return await call('review_update', this.args);
    } catch (error) {
      this.problem = asProblem(error);
      this.saving = false;
      return null;
    }
  }
}

const ids = (people: readonly PersonView[]) => JSON.stringify(people.map(({ id }) => id));
