/**
 * The set-up of one org: whom it is for, what was found, how it goes on. Kept as long as the run, so that signing in and
 * coming back loses nothing, and followed by events also while another page is shown.
 */

import { announce } from '../../../lib/announce.svelte';
import { asProblem, call } from '../../../lib/ipc/call';
import { onEvent } from '../../../lib/ipc/events';
import type { DoctorArgs, DoctorFor, PersonView, Problem, SetupView } from '../../../lib/ipc/generated';
import { onOrgsGone } from '../../../lib/oforg';
import { says } from './words';

export class Doctor {
  readonly org: string;
  /** What works without a person, unless they choose otherwise: a super admin's own sign-in needs no set-up. */
  target = $state<DoctorFor>('serviceApp');
  person = $state.raw<PersonView[]>([]);
  roleLabel = $state('');
  setLabel = $state('');
  appLabel = $state('');
  /** What would be done; nothing was changed for it. */
  plan = $state.raw<SetupView | null>(null);
  /** What is being done, or was done last. */
  result = $state.raw<SetupView | null>(null);
  doing = $state<'plan' | 'run' | 'stop' | null>(null);
  problem = $state.raw<Problem | null>(null);

  #heard = 0;
  /** A preview is what the person asked for last. */
  #previewing = false;
  /** Credentials changed while a preview was being made. */
  #overtaken = false;
  #last: 'plan' | 'run' | 'stop' = 'plan';

  constructor(org: string) {
    this.org = org;
    onEvent('doctor', ({ view }) => {
      if (view.org === org) this.#hear(view);
    });
    onEvent('changed', (event) => {
      // One about all orgs is a lock, or lost events: to look then would take the secrets out of the keychain again.
      if (event.topic === 'credentials' && event.org === org) void this.again();
    });
    // The org was forgotten, or the practice org put back: nothing that was found there holds.
    onOrgsGone((stays) => {
      if (!stays(org)) this.changed();
    });
    void this.#catchUp();
  }

  // Getters: what is derived would end with the page it was first shown on.
  get running(): boolean {
    return this.doing === 'run' || this.result?.running === true;
  }
  get shown(): SetupView | null {
    return this.running ? this.result : (this.plan ?? this.result);
  }
  get ready(): boolean {
    return this.target !== 'person' || this.person.length > 0;
  }

  choose(target: DoctorFor): void {
    this.target = target;
    this.changed();
  }

  /** Something else is wanted: what was found is about something else now. */
  changed(): void {
    this.#previewing = false;
    this.plan = null;
    this.result = null;
    this.problem = null;
  }

  args(): DoctorArgs {
    const person = this.target === 'person' ? (this.person[0]?.id ?? null) : null;
    return { org: this.org, target: this.target, person, roleLabel: this.roleLabel.trim(), setLabel: this.setLabel.trim(), appLabel: this.appLabel.trim() };
  }

  preview = (): Promise<void> =>
    this.#attempt('plan', async () => {
      this.#previewing = true;
      this.#overtaken = false;
      try {
        this.plan = await call('doctor_plan', this.args());
        if (!this.#overtaken) announce(`The preview is here. ${says(this.plan)}`);
      } catch (error) {
        // What was found before may be about somebody else by now, and could be acted on.
        this.plan = null;
        throw error;
      }
    });

  /** Looks again where a preview was wanted: signing in changes what it says. */
  again = async (): Promise<void> => {
    if (this.doing === 'plan') this.#overtaken = true;
    else if (this.#previewing && this.doing === null && !this.running) await this.preview();
  };

  run = (): Promise<void> =>
    this.#attempt('run', async () => {
      const before = { plan: this.plan, result: this.result };
      const first = this.plan ?? this.result;
      const heard = this.#heard;
      this.#previewing = false;
      this.plan = null;
      this.result = first === null ? null : { ...first, running: true, done: false };
      try {
        const view = await call('doctor_run', this.args());
        // An event knows more than the answer that was under way.
        if (heard === this.#heard) this.#hear(view);
      } catch (error) {
        if (heard === this.#heard) Object.assign(this, before);
        throw error;
      }
    });

  stop = (): Promise<void> =>
    this.#attempt('stop', async () => {
      try {
        await call('doctor_stop', { org: this.org });
      } catch (error) {
        // It had come to its end already, and that was not heard.
        if (asProblem(error).code !== 'notFound' || this.result === null) throw error;
        this.result = { ...this.result, running: false };
      }
    });

  /** What failed, once more. */
  retry = (): Promise<void> => ({ plan: this.preview, run: this.run, stop: this.stop })[this.#last]();

  async #attempt(what: 'plan' | 'run' | 'stop', work: () => Promise<void>): Promise<void> {
    if (this.doing !== null) return;
    this.doing = what;
    this.problem = null;
    this.#last = what;
    try {
      await work();
    } catch (error) {
      this.problem = asProblem(error);
    }
    // A stop is asked for once: it takes effect when the line that is under way is done.
    if (this.doing === what && (what !== 'stop' || this.problem !== null || this.result?.running !== true)) this.doing = null;
    if (what === 'plan' && this.#overtaken && this.#previewing) await this.preview();
  }

  /** One that was begun before the page was loaded anew is still under way. */
  async #catchUp(): Promise<void> {
    const view = await call('doctor_get', { org: this.org }).catch(() => null);
    if (view?.running === true && this.#heard === 0 && this.doing === null) this.#hear(view);
  }

  #hear(view: SetupView): void {
    this.#heard++;
    const words = says(view);
    if (this.result === null || words !== says(this.result)) announce(words);
    this.plan = null;
    this.result = view;
    if (!view.running && this.doing === 'stop') this.doing = null;
  }
}

const kept = new Map<string, Doctor>();

export const doctors = {
  of(org: string): Doctor {
    const found = kept.get(org) ?? new Doctor(org);
    kept.set(org, found);
    return found;
  },
};
