import { catalogue } from '../contracts/catalogue.js';
import type { Message } from '../kernel/fact.js';
import { BadPart } from './reading/bad-part.js';
import { contentOf, jsonOf, parseJson } from './reading/content.js';
import { columnsOf, csvOf } from './reading/csv.js';
import { rootNameOf, xmlPlaces } from './reading/xml.js';

/** A field in which a message says something, and whether an adapter asked for it. */
export interface FieldRead {
  /** A path of names, a star for any member of a list; or a column; or a path of elements, with `@` before an attribute. */
  readonly field: string;
  readonly read: boolean;
}

/** Fields beyond these are not told of, and values beyond those not looked at: what a small sample shows, a large one does too. */
export const MOST_FIELDS = 1_000;
const MOST_VALUES = 200_000;
const DEEPEST = 64;

/** Notes what is asked for. A field is asked for wherever it stands as soon as it is at one of its places. */
export class Asked {
  readonly #names = new Set<string>();
  readonly note = (place: string): void => void this.#names.add(anywhere(place));

  /** The fields of the message, in its own order. Pure; none when it cannot be read so far. */
  fieldsOf(message: Message): readonly FieldRead[] {
    return [...this.#placesIn(message)].slice(0, MOST_FIELDS).map((field) => ({ field, read: this.#names.has(field) }));
  }

  #placesIn(message: Message): ReadonlySet<string> {
    try {
      const content = contentOf(message);
      if (content.kind === 'json' && typeof content.value !== 'string') return this.#inJson(message);
      if (rootNameOf(message) !== undefined) return xmlPlaces(message);
      if (content.kind === 'bytes' && isJson(content.bytes)) return this.#inJson(message);
      return columnsOf(message).length > 1 ? filledColumns(message) : new Set();
    } catch (error) {
      // What is wrong with it is the translation's to say.
      if (error instanceof BadPart) return new Set();
      throw error;
    }
  }

  #inJson(message: Message): ReadonlySet<string> {
    const found = new Set<string>();
    const waiting: Said[] = [{ at: catalogue.has(message.format) ? '/data' : '', depth: 0, value: jsonOf(message) }];
    for (let looked = 0; looked < MOST_VALUES; looked += 1) {
      const next = waiting.pop();
      if (next === undefined) break;
      const members = next.depth < DEEPEST ? this.#membersOf(next) : [];
      for (const member of members.reverse()) waiting.push(member);
      if (members.length === 0 && isSaid(next.value)) found.add(next.at);
    }
    return found;
  }

  #membersOf({ at, depth, value }: Said): Said[] {
    const opened = this.#opened(at, value);
    if (typeof opened !== 'object' || opened === null) return [];
    // A list of words is one field.
    if (Array.isArray(opened) && opened.every((one) => typeof one !== 'object')) return [];
    return Object.entries(opened).map(([name, member]) => ({ at: anywhere(`${at}/${name}`), depth: depth + 1, value: member as unknown })); // prettier-ignore
  }

  /** Notifications and queues carry their message as text: it is opened where somebody asked for what is in it. */
  #opened(at: string, value: unknown): unknown {
    if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value;
    const within = `${at}/`;
    if (![...this.#names].some((name) => name.startsWith(within))) return value;
    return parseJson(Buffer.from(value));
  }
}

interface Said {
  readonly at: string;
  readonly depth: number;
  readonly value: unknown;
}

const anywhere = (place: string): string => place.replaceAll(/\/\d+(?=\/|$)/g, '/*');

function isSaid(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== '';
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return value !== undefined && value !== null;
}

function isJson(bytes: Uint8Array): boolean {
  return /^(\u00EF\u00BB\u00BF)?\s*[{[]/.test(Buffer.from(bytes.subarray(0, 64)).toString('latin1'));
}

function filledColumns(message: Message): ReadonlySet<string> {
  const { columns, rows } = csvOf(message, []);
  const filled = new Set(rows.flatMap((row) => row.filled));
  return new Set(columns.filter((column) => column !== '' && filled.has(column)));
}
