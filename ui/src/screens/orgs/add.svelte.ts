/**
 * Adding an org: an address is checked without any token, then a way to sign in is chosen. A token is handed over once; the
 * other ways go on at the org's sign-in page.
 *
 * The keychain is tried before the token is asked for, so that nobody has to paste it twice because a keychain was locked.
 */

import { asProblem, call } from '../../lib/ipc/call';
import type { CredentialKind, OrgCheck, OrgView, Problem } from '../../lib/ipc/generated';
import { COLOURS } from '../../lib/orgs';
import { session } from '../../lib/session.svelte';
import { Keychain, type Keep } from './keychain.svelte';

export class AddOrg {
  address = $state('');
  checking = $state(false);
  check = $state.raw<OrgCheck | null>(null);
  /** What is wrong with the address. */
  addressProblem = $state.raw<Problem | null>(null);

  /** How Gatehouse is to sign in. */
  way = $state<CredentialKind>('serviceApp');
  confirmed = $state(false);
  name = $state('');
  colour = $state('');
  keep = $state<Keep>('keychain');
  readonly chain = new Keychain();
  adding = $state(false);
  /** What is wrong with the rest. */
  problem = $state.raw<Problem | null>(null);

  already = $derived(session.orgs.find((org) => org.key === this.check?.already) ?? null);

  #turn = 0;

  async look(): Promise<void> {
    const turn = ++this.#turn;
    this.checking = true;
    this.addressProblem = null;
    this.check = null;
    this.problem = null;
    this.confirmed = false;
    try {
      const check = await call('org_check', { address: this.address });
      if (turn !== this.#turn) return;
      this.check = check;
      if (this.name === '') this.name = nameOf(check.host);
      if (this.colour === '') this.colour = freeColour(session.orgs);
      void this.chain.test();
    } catch (error) {
      if (turn !== this.#turn) return;
      this.addressProblem = asProblem(error);
    }
    this.checking = false;
  }

  /** Another address: whatever was said of the last one no longer holds. */
  retype(): void {
    this.#turn++;
    this.checking = false;
    this.check = null;
    this.addressProblem = null;
    this.problem = null;
  }

  /** Adds the org, with its token where that is the way. Returns the org, or nothing where `problem` says why. */
  async add(token?: string): Promise<OrgView | undefined> {
    const check = this.check;
    if (check === null) return undefined;
    this.adding = true;
    this.problem = null;
    try {
      return await call('org_add', {
        origin: check.origin,
        ...(token === undefined ? {} : { token }),
        name: this.name,
        colour: this.colour,
        sessionOnly: token !== undefined && this.keep === 'session',
        customDomainConfirmed: this.confirmed,
      });
    } catch (error) {
      this.problem = asProblem(error);
      if (this.problem.code.startsWith('keychain')) void this.chain.test();
      return undefined;
    } finally {
      this.adding = false;
    }
  }
}

/** A first guess at a name: `acme-dev.okta.com` is “Acme dev”. */
export function nameOf(host: string): string {
  const words = (host.split('.')[0] ?? host).replace(/[-_]+/g, ' ').trim();
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

/** The first colour no other org has. */
export function freeColour(orgs: readonly Pick<OrgView, 'colour'>[]): string {
  return COLOURS.find((colour) => !orgs.some((org) => org.colour === colour)) ?? COLOURS[0];
}
