/** What is filled in, kept while the form is folded away during a save: a refusal then costs nothing but the secrets. */

import type { CatalogView, ConnectionView, Scheme, SchemeView } from '../../lib/ipc/generated';
import { plainOf, type Plain } from './form';

export class Draft {
  scheme: Scheme;
  activate: boolean;
  /** One set of values a scheme, so that a look at the other one loses nothing. */
  #plain: Record<string, Plain>;

  constructor(catalog: CatalogView, connection: ConnectionView | null, activate: boolean) {
    const known = catalog.schemes.find((one) => one.scheme === connection?.scheme) ?? catalog.schemes[0];
    this.scheme = $state(known?.scheme ?? 'oauth2');
    this.activate = $state(activate);
    this.#plain = $state(Object.fromEntries(catalog.schemes.map((one) => [one.scheme, plainOf(one, connection)])));
  }

  values(scheme: SchemeView): Plain {
    return this.#plain[scheme.scheme] ?? {};
  }

  set(scheme: SchemeView, key: string, value: string): void {
    this.#plain[scheme.scheme] = { ...this.values(scheme), [key]: value };
  }
}
