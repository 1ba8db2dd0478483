import { MOST_LINES, type MaskedLine } from './masked-line.js';
import { nameShown } from './names.js';
import { shapeOf } from './shape.js';

export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** Apart from the way to the places, this far is shown. */
const AROUND = 2;
const MEMBERS = 60;
const DEEPEST = 40;

type Path = readonly string[];

/** `pointers`: JSON pointers; names in them are taken as they stand, as adapters write them. */
export function maskedJson(value: JsonValue, pointers: readonly string[]): MaskedLine[] {
  const targets = pointers.filter((one) => one === '' || one.startsWith('/')).map((one) => one.split('/').slice(1));
  const lines: MaskedLine[] = [];
  walk({ name: '', value, ahead: targets, depth: 0, off: 0 }, lines);
  return lines.slice(0, MOST_LINES);
}

interface Step {
  readonly name: string;
  readonly value: JsonValue;
  /** What is left of the way to each place that lies here or below. */
  readonly ahead: readonly Path[];
  readonly depth: number;
  /** How far off the way. */
  readonly off: number;
}

function walk(step: Step, lines: MaskedLine[]): void {
  if (lines.length >= MOST_LINES) return;
  const { name, depth } = step;
  const here = step.ahead.some((path) => path.length === 0);
  const value = opened(step);
  const line = (said?: string): void =>
    void lines.push({ depth, name, here, ...(said === undefined ? {} : { value: said }) });
  if (value === null || typeof value !== 'object') line(valueShown(value));
  else if (depth > DEEPEST || step.off > AROUND) line(sizeOf(value));
  else {
    line(Array.isArray(value) && value.length === 0 ? 'empty list' : undefined);
    if (isList(value)) members(step, value, lines);
    else fields(step, value, lines);
  }
}

function fields(step: Step, value: { readonly [name: string]: JsonValue }, lines: MaskedLine[]): void {
  const entries = Object.entries(value);
  const wanted = new Set(step.ahead.map(([next]) => next));
  const shown = [...entries.slice(0, MEMBERS), ...entries.slice(MEMBERS).filter(([name]) => wanted.has(name))];
  for (const [name, member] of shown) walk(within(step, name, nameShown(name), member), lines);
  if (shown.length < entries.length) more(step, entries.length - shown.length, lines);
  for (const next of wanted) {
    if (next !== undefined && !Object.hasOwn(value, next))
      lines.push({ depth: step.depth + 1, name: nameShown(next), value: 'not there', here: true });
  }
}

function members(step: Step, value: readonly JsonValue[], lines: MaskedLine[]): void {
  const wanted = step.ahead.flatMap(([next]) => (next !== undefined && /^\d{1,7}$/.test(next) ? [Number(next)] : []));
  const shown = [...new Set(wanted.length === 0 ? [0] : wanted)]
    .filter((at) => at < value.length)
    .sort((a, b) => a - b);
  for (const at of shown) walk(within(step, String(at), String(at), value[at] ?? null), lines);
  if (shown.length < value.length) more(step, value.length - shown.length, lines);
}

function within(step: Step, key: string, name: string, value: JsonValue): Step {
  const ahead = step.ahead.flatMap(([next, ...rest]) => (next === key ? [rest] : []));
  // What lies below a place that is wrong belongs to it.
  const off = ahead.length > 0 ? 0 : step.off + 1;
  return { name, value, ahead, depth: step.depth + 1, off };
}

function more({ depth }: Step, count: number, lines: MaskedLine[]): void {
  lines.push({ depth: depth + 1, name: '', value: `and ${count} more`, here: false });
}

// Notifications and queues carry their message as text.
function opened({ value, ahead }: Step): JsonValue {
  if (typeof value !== 'string' || !ahead.some((path) => path.length > 0)) return value;
  try {
    return JSON.parse(value) as JsonValue;
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}

function valueShown(value: null | boolean | number | string): string {
  if (typeof value === 'string') return `"${shapeOf(value)}"`;
  return typeof value === 'number' ? shapeOf(String(value)) : String(value);
}

function sizeOf(value: readonly JsonValue[] | { readonly [name: string]: JsonValue }): string {
  const count = isList(value) ? value.length : Object.keys(value).length;
  return isList(value) ? `list of ${count}` : `${count} ${count === 1 ? 'field' : 'fields'}`;
}

// `Array.isArray` does not narrow a readonly list.
const isList = (value: object): value is readonly JsonValue[] => Array.isArray(value);
