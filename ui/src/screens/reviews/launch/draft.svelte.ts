/** What is filled in for a launch, kept for each org so that going elsewhere and coming back loses nothing. */

import { announce } from '../../../lib/announce.svelte';
import { presetEnd } from '../../../lib/endtime';
import { asProblem, call } from '../../../lib/ipc/call';
import type { LaunchArgs, LaunchForm, PersonView, Problem } from '../../../lib/ipc/generated';
import { OfOrg } from '../../../lib/oforg';

export class Draft {
  readonly org: string;
  /** Nobody, or the one who is reviewed. */
  #subject = $state.raw<PersonView[]>([]);
  #reviewers = $state.raw<PersonView[]>([]);
  name = $state('');
  end = $state<string | null>(null);
  preset = $state<number | null>(null);
  /** Why somebody left the reviewers, until they are changed by hand. */
  removed = $state<string | null>(null);
  /** Why the person of the address could not be read. */
  unread = $state.raw<Problem | null>(null);
  #filled = false;
  #asked: string | undefined;

  constructor(org: string) {
    this.org = org;
  }

  get subject(): PersonView[] {
    return this.#subject;
  }
  /** Nobody reviews their own access, so the chosen one leaves the reviewers. */
  set subject(people: PersonView[]) {
    this.#subject = people;
    this.unread = null;
    this.removed = null;
    const subject = people[0];
    if (subject === undefined || !this.#reviewers.some((one) => one.id === subject.id)) return;
    this.#reviewers = this.#reviewers.filter((one) => one.id !== subject.id);
    this.removed = `${subject.name} is no longer among the reviewers: nobody reviews their own access.`;
    announce(this.removed);
  }

  get reviewers(): PersonView[] {
    return this.#reviewers;
  }
  set reviewers(people: PersonView[]) {
    this.#reviewers = people;
    this.removed = null;
  }

  /** Starts from what Okta and Gatehouse suggest; what was typed stays. */
  begin(form: LaunchForm): void {
    if (this.#filled) return;
    this.#filled = true;
    this.name = form.template;
    this.preset = (form.presets.find((one) => one.default) ?? form.presets[0])?.days ?? 7;
    this.end = presetEnd(this.preset, Date.now(), Date.parse(form.earliest));
  }

  /** The one the address names, once. */
  async take(subject: string): Promise<void> {
    if (this.#asked === subject) return;
    this.#asked = subject;
    try {
      const person = await call('person_read', { org: this.org, id: subject });
      if (this.#asked === subject) this.subject = [person];
    } catch (error) {
      if (this.#asked !== subject) return;
      this.#asked = undefined;
      this.unread = asProblem(error);
    }
  }

  /** What would be sent; `null` while the end is no date. */
  get args(): LaunchArgs | null {
    if (this.end === null) return null;
    return {
      org: this.org,
      subject: this.#subject[0]?.id ?? '',
      reviewers: this.#reviewers.map((one) => one.id),
      name: this.name,
      endTime: this.end,
    };
  }

  /** The next launch is about somebody else; the reviewers are often the same. */
  next(): void {
    this.subject = [];
    this.#asked = undefined;
  }
}

const drafts = new OfOrg((org) => new Draft(org));

export const draftOf = (org: string): Draft => drafts.of(org);

/** For tests: as after a start. */
export const forgetDrafts = (): void => drafts.clear();
