/** The connection form, made from the catalog's fields. What is secret never comes here: it stays in its element. */

import type { ConnectFields, ConnectionView, FieldView, SchemeView } from '../../lib/ipc/generated';

export type FieldKey = keyof ConnectFields;

/** What is typed into the fields that are no secrets. */
export type Plain = Record<string, string>;

/** What Okta shows of a field now, so that saving again starts from it. */
const SHOWN: Partial<Record<FieldKey, (it: ConnectionView) => string | null>> = {
  baseUrl: (it) => it.baseUrl,
  clientId: (it) => it.clientId,
  rotationMode: (it) => it.rotationMode,
};

/** The form as it opens. A choice has its first value: for Org2Org that is automatic rotation, not Okta's own default. */
export function plainOf(scheme: SchemeView, connection: ConnectionView | null): Plain {
  const fields = scheme.fields.filter((field) => !field.secret);
  return Object.fromEntries(fields.map((field) => [field.key, opening(field, connection)]));
}

function opening(field: FieldView, connection: ConnectionView | null): string {
  const shown = connection === null ? null : (SHOWN[field.key as FieldKey]?.(connection) ?? null);
  if (field.choices.length === 0) return shown ?? '';
  return field.choices.find((choice) => choice.value === shown)?.value ?? field.choices[0]?.value ?? '';
}

/**
 * What is plainly missing or wrong, by field, before anything is sent: a secret is wiped from its field when it is sent,
 * so a slip in another field must not cost it. The engine is the judge of the rest.
 */
export function slips(scheme: SchemeView, plain: Plain, filled: ReadonlySet<string>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const field of scheme.fields) {
    const value = (plain[field.key] ?? '').trim();
    const empty = field.secret ? !filled.has(field.key) : value === '';
    if (empty && field.required) found[field.key] = `${field.label} is missing.`;
    else if (field.key === 'baseUrl' && value !== '' && !isHttps(value)) found[field.key] = 'It must be a full address that begins with https://.';
  }
  return found;
}

/** The request's fields; `take` empties a secret's field and gives what was in it. */
export function fieldsOf(scheme: SchemeView, plain: Plain, take: (key: string) => string): ConnectFields {
  return Object.fromEntries(scheme.fields.map((field) => [field.key, field.secret ? take(field.key) : (plain[field.key] ?? '')]));
}

function isHttps(text: string): boolean {
  return /^https:\/\/[^/\s]+/i.test(text) && URL.canParse(text);
}
