/** What is filled in before the names are looked up, kept for each org so that going elsewhere loses nothing. */

import { presetEnd } from '../../../lib/endtime';
import type { GroupView, IncidentHead, IncidentRow, LaunchForm, PersonView } from '../../../lib/ipc/generated';
import { OfOrg } from '../../../lib/oforg';
import { entries } from './entries';

/** What all reviews have in common. */
export class Common {
  reviewers = $state.raw<PersonView[]>([]);
  template = $state('');
  end = $state<string | null>(null);
  preset = $state<number | null>(null);

  /** As Okta and Gatehouse suggest. */
  begin(form: LaunchForm): void {
    this.template = form.template;
    this.preset = (form.presets.find((one) => one.default) ?? form.presets[0])?.days ?? 7;
    this.end = presetEnd(this.preset, Date.now(), Date.parse(form.earliest));
  }

  /** As it is. */
  from(head: IncidentHead): void {
    this.reviewers = head.reviewers;
    this.template = head.template;
    this.end = head.endTime;
    this.preset = null;
  }
}

export class Draft {
  text = $state('');
  group = $state.raw<GroupView | null>(null);
  readonly common = new Common();
  #begun = false;

  /** How many people the text names. A getter: what is derived would end with the page it was first shown on. */
  get count(): number {
    return entries(this.text).length;
  }

  begin(form: LaunchForm): void {
    if (this.#begun) return;
    this.#begun = true;
    this.common.begin(form);
  }

  /** The list again, to be edited: who was not launched for. */
  again(head: IncidentHead, rows: readonly IncidentRow[]): void {
    this.#begun = true;
    this.text = rows
      .filter((row) => !['launched', 'found', 'sending', 'unknown'].includes(row.state))
      .map((row) => row.person?.login ?? row.text)
      .join('\n');
    this.group = null;
    this.common.from(head);
  }

  /** It was handed over. */
  empty(): void {
    this.text = '';
    this.group = null;
  }
}

const drafts = new OfOrg(() => new Draft());

export const draftOf = (org: string): Draft => drafts.of(org);

/** For tests: as after a start. */
export const forgetDrafts = (): void => drafts.clear();
