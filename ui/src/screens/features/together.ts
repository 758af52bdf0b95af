/** Fields that are judged together: a change to one may settle what was said of another. */

const GROUPS: readonly (readonly string[])[] = [
  ['scheduleOn', 'fullImport', 'incrementalImport'],
  ['usernameFormat', 'usernameExpression'],
  ['allowPartialMatch', 'autoConfirmPartial'],
  ['autoConfirmNew', 'autoActivateNew'],
  ['syncPassword', 'passwordSeed', 'passwordChange'],
];

/** The fields that a problem's field is judged with, itself among them. `fullImport.timezone` counts as `fullImport`. */
export function together(field: string): readonly string[] {
  const name = field.split('.')[0] ?? field;
  return GROUPS.find((group) => group.includes(name)) ?? [name];
}
