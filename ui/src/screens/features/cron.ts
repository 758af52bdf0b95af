/**
 * The schedule builder's side of five-field UNIX cron.
 *
 * The engine is the judge of an expression (`schedule_preview`); this only turns the common shapes into a form and
 * back. An expression is rewritten only when the person changes the form, so Okta's own spelling stays otherwise.
 */

export type Shape =
  | { kind: 'hours'; every: number; minute: number }
  | { kind: 'daily'; hour: number; minute: number }
  | { kind: 'weekdays'; hour: number; minute: number }
  | { kind: 'weekly'; days: number[]; hour: number; minute: number }
  | { kind: 'raw'; expression: string };

export type ShapeKind = Shape['kind'];

/** Steps that go round a day evenly: an interval of 5 hours would leave a four-hour gap at midnight and is left to raw cron. */
export const HOUR_STEPS = [1, 2, 3, 4, 6, 8, 12] as const;

/** Cron's number of each day, Monday first as a week is read. */
export const DAYS: readonly { value: number; short: string; long: string }[] = [
  { value: 1, short: 'Mon', long: 'Monday' },
  { value: 2, short: 'Tue', long: 'Tuesday' },
  { value: 3, short: 'Wed', long: 'Wednesday' },
  { value: 4, short: 'Thu', long: 'Thursday' },
  { value: 5, short: 'Fri', long: 'Friday' },
  { value: 6, short: 'Sat', long: 'Saturday' },
  { value: 0, short: 'Sun', long: 'Sunday' },
];

const NAMES = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Reads an expression into the form; anything out of the ordinary is raw. */
export function parse(expression: string): Shape {
  const raw: Shape = { kind: 'raw', expression };
  const fields = expression.trim().split(/\s+/);
  const [minutes, hours, dayOfMonth, month, weekday] = fields;
  if (fields.length !== 5 || dayOfMonth !== '*' || month !== '*') return raw;
  if (minutes === undefined || hours === undefined || weekday === undefined) return raw;

  const minute = number(minutes, 59);
  if (minute === null) return raw;

  if (weekday === '*') {
    const every = hours === '*' ? 1 : step(hours);
    if (every !== null) {
      return HOUR_STEPS.some((it) => it === every) ? { kind: 'hours', every, minute } : raw;
    }
  }
  const hour = number(hours, 23);
  if (hour === null) return raw;
  if (weekday === '*') return { kind: 'daily', hour, minute };
  const days = daysOf(weekday);
  if (days === null) return raw;
  if (days.length === 7) return { kind: 'daily', hour, minute };
  return days.join() === '1,2,3,4,5' ? { kind: 'weekdays', hour, minute } : { kind: 'weekly', days, hour, minute };
}

/** Writes the form as an expression. */
export function build(shape: Shape): string {
  switch (shape.kind) {
    case 'hours':
      return `${shape.minute} ${shape.every === 1 ? '*' : `*/${shape.every}`} * * *`;
    case 'daily':
      return `${shape.minute} ${shape.hour} * * *`;
    case 'weekdays':
      return `${shape.minute} ${shape.hour} * * 1-5`;
    case 'weekly':
      return `${shape.minute} ${shape.hour} * * ${[...shape.days].sort((a, b) => a - b).join(',')}`;
    case 'raw':
      return shape.expression;
  }
}

/** The same schedule as near as another shape can hold it, for when the person changes the kind. */
export function reshape(from: Shape, kind: ShapeKind): Shape {
  const minute = from.kind === 'raw' ? 0 : from.minute;
  const hour = from.kind === 'raw' || from.kind === 'hours' ? 2 : from.hour;
  switch (kind) {
    case 'hours':
      return { kind, every: from.kind === 'hours' ? from.every : 4, minute };
    case 'daily':
    case 'weekdays':
      return { kind, hour, minute };
    case 'weekly':
      return { kind, days: from.kind === 'weekly' ? from.days : [0], hour, minute };
    case 'raw':
      return { kind, expression: build(from) };
  }
}

/** `09:05` for an `<input type="time">`. */
export function clock(hour: number, minute: number): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** Reads an `<input type="time">`; null while it is empty or half typed. */
export function readClock(text: string): { hour: number; minute: number } | null {
  const [hours = '', minutes = ''] = text.split(':');
  const hour = number(hours, 23);
  const minute = number(minutes, 59);
  return hour === null || minute === null ? null : { hour, minute };
}

function number(text: string, most: number): number | null {
  if (!/^\d{1,2}$/.test(text)) return null;
  const value = Number(text);
  return value <= most ? value : null;
}

function step(text: string): number | null {
  const found = /^\*\/(\d{1,2})$/.exec(text);
  return found?.[1] === undefined ? null : Number(found[1]);
}

/** Days named by numbers, names, lists and ranges, without repeats, ascending; 7 is Sunday too. */
function daysOf(field: string): number[] | null {
  const days = new Set<number>();
  for (const part of field.split(',')) {
    const [first = '', last, ...rest] = part.split('-');
    if (rest.length > 0) return null;
    const from = day(first);
    let to = last === undefined ? from : day(last);
    if (from === null || to === null) return null;
    // A week may end on Sunday, which is 0 by name.
    if (to === 0 && from > 0) to = 7;
    if (to < from) return null;
    for (let it = from; it <= to; it++) days.add(it % 7);
  }
  return [...days].sort((a, b) => a - b);
}

function day(text: string): number | null {
  const named = NAMES.indexOf(text.toUpperCase());
  return named >= 0 ? named : number(text, 7);
}
