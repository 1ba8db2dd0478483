import type { Message } from '../../kernel/fact.js';
import { BadPart, orQuarantine, sortOut } from '../reading/bad-part.js';
import { contentOf, jsonOf } from '../reading/content.js';
import { csvOf, type CsvRow } from '../reading/csv.js';
import { own as member } from '../reading/own.js';
import type { Item } from '../../kernel/outcome.js';

export type Said = string | boolean | number | readonly string[];

/** One record of an agency's file, whether an object or a row: what it says under a name, and where that stands. */
export interface Cells {
  /** JSON pointer or `row N`. */
  readonly pointer: string;
  /** Of one field, as far as the format can say. */
  pointerOf(name: string): string;
  /** Trimmed; undefined when there is nothing. Throws `BadPart` when it is no value: an object, a list of others. */
  said(name: string): Said | undefined;
  /** Names under which something is said. */
  readonly names: readonly string[];
}

/** The columns that every table of records has. */
export const commonColumns = ['KIND', 'CHILD', 'AT'] as const;

/** The records of a message: `{"records": [...]}`, one record alone (a line of NDJSON), or a table. Throws `BadPart`. */
export function recordsOf(message: Message): { readonly read: readonly Cells[]; readonly others: readonly Item[] } {
  if (!isJson(message)) return { read: csvOf(message, commonColumns).rows.map(cellsOfRow), others: [] };
  const whole = jsonOf(message);
  if (isObject(whole) && own(whole, 'kind') !== undefined)
    return { read: [cellsOfObject(whole, '', message)], others: [] };
  const records = isObject(whole) ? own(whole, 'records') : undefined;
  if (!Array.isArray(records)) throw new BadPart('missing-value', 'a list of records is expected here', '/records');
  return sortOut(
    records.flatMap((one: unknown, at) => orQuarantine(() => [cellsOfObject(one, `/records/${at}`, message)])),
  );
}

/** A table is told by its content type, or by what it does not begin with. */
function isJson(message: Message): boolean {
  const content = contentOf(message);
  if (content.kind === 'json') return typeof content.value !== 'string';
  if (content.contentType.endsWith('csv')) return false;
  return /^(\u00EF\u00BB\u00BF)?\s*[{[]/.test(Buffer.from(content.bytes.subarray(0, 64)).toString('latin1'));
}

function cellsOfRow(row: CsvRow): Cells {
  return {
    pointer: row.pointer,
    pointerOf: () => row.pointer,
    said: (name) => row.text(name.toUpperCase()) || undefined,
    names: row.filled.map((name) => name.toLowerCase()),
  };
}

function cellsOfObject(value: unknown, pointer: string, { asked }: Message): Cells {
  if (!isObject(value)) throw new BadPart('wrong-type', 'a record is expected here', pointer);
  return {
    pointer,
    pointerOf: (name) => `${pointer}/${name}`,
    said: (name) => {
      asked?.(`${pointer}/${name}`);
      return saidIn(own(value, name), `${pointer}/${name}`);
    },
    names: Object.keys(value).filter((name) => own(value, name) !== undefined),
  };
}

function saidIn(value: unknown, pointer: string): Said | undefined {
  if (value === undefined || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'string') return value.trim() || undefined;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return value.map((one) => one.trim()).filter((one) => one !== '');
  throw new BadPart('wrong-type', 'text, a number, true or false, or a list of texts is expected here', pointer);
}

/** Null says nothing, as an empty cell does. */
function own(value: object, name: string): unknown {
  return member(value, name) ?? undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
