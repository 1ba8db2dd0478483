import type { DescMessage, JsonObject, JsonValue, Message as WireMessage } from '@bufbuild/protobuf';
import { catalogue } from '../../contracts/catalogue.js';
import type { EventContract } from '../../contracts/event-contract.js';
import { ContractError, fromWire, toBytes } from '../../contracts/wire.js';
import type { Fact, Occurred, Person, Reason } from '../../kernel/fact.js';
import { instant } from '../../kernel/instant.js';
import { factKey } from '../canonical/fact-key.js';
import { BadPart } from '../reading/bad-part.js';
import { personIn, personOf as claimsOf } from '../reading/person.js';
import { isoDate } from '../reading/times.js';
import type { Cells } from './cells.js';
import { columnOf, dayOf, personFields, personOf, textOf, valueOf } from './fields.js';

/** A kind of record that an agency sends. */
export interface RecordKind {
  /** The event that it is. */
  readonly is: DescMessage;
  /** A code whose words the event has too (json names): a record that says the code only gets the words of the list. */
  readonly coded?: { readonly code: string; readonly words: string; readonly list: Readonly<Record<string, string>> };
}

/** What a kind of record is, and the names that it may say something under. */
export interface Kind extends RecordKind {
  readonly contract: EventContract;
  readonly names: ReadonlySet<string>;
}

/** The fact that a record is, and what of it could not be taken up. */
export interface Read {
  readonly fact: Fact;
  readonly note?: Reason;
}

const common = ['kind', 'child', 'at', 'recorded_at', ...personFields];

/** One record as the event of its kind. Throws `BadPart`. */
export function recordIn(cells: Cells, byName: ReadonlyMap<string, Kind>, statedAt: string): Read {
  const kind = byName.get(needed(cells, 'kind').toLowerCase());
  if (kind === undefined)
    throw new BadPart('unknown-kind', 'the hub knows no record of this kind', cells.pointerOf('kind'));
  const { contract, names } = kind;
  const child = needed(cells, 'child');
  const occurred = occurredIn(cells);
  const recordedAt = textOf(cells.said('recorded_at'), cells, 'recorded_at');
  const stated = recordedAt === undefined ? statedAt : instant(recordedAt);
  if (stated === undefined)
    throw new BadPart('invalid-time', 'recorded_at is a time (RFC 3339)', cells.pointerOf('recorded_at'));
  const person = personOf(cells);
  const wire = wireOf(kind, cells, person);
  const claims = claimsOf(personIn(contract, wire));
  const fact: Fact = {
    record: { key: child, person: claims },
    key: factKey(contract, child, wire, occurred.at),
    type: contract.type,
    data: toBytes(contract, wire),
    occurred,
    statedAt: stated,
    pointer: cells.pointer,
  };
  const note = noteOf(cells, names, person, claims);
  return note === undefined ? { fact } : { fact, note };
}

function wireOf({ contract, coded }: Kind, cells: Cells, person: JsonObject): WireMessage {
  const data: JsonObject = { person };
  for (const field of contract.schema.fields) {
    const value = field.name === 'person' ? undefined : valueOf(field, cells);
    if (value !== undefined) data[field.jsonName] = value;
  }
  if (coded) data[coded.words] ??= inWords(coded.list, data[coded.code]) ?? null;
  try {
    return fromWire(contract, data);
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    const field = contract.schema.fields.find(({ jsonName }) => error.pointer === `/data/${jsonName}`);
    throw new BadPart('invalid-data', error.message, field ? cells.pointerOf(columnOf(field)) : cells.pointer);
  }
}

// What cannot be taken up must not silence what came with it: the event is recorded without it, and says so.
function noteOf(cells: Cells, known: ReadonlySet<string>, person: JsonObject, claims: Person): Reason | undefined {
  if (person.birthDate !== undefined && claims.birthDate === undefined)
    return { code: 'unreadable-birth-date', detail: 'birth_date is not a date: it identifies nobody' };
  if (cells.names.every((name) => known.has(name))) return undefined;
  return {
    code: 'fields-not-read',
    detail: 'the record has fields that its kind does not have: they are kept with the message',
  };
}

function occurredIn(cells: Cells): Occurred {
  const text = dayOf(needed(cells, 'at'));
  if (isoDate(text) !== undefined) return { at: text, precision: 'date' };
  const at = instant(text);
  if (at === undefined)
    throw new BadPart('invalid-time', 'at is a time (RFC 3339) or a day: when it happened', cells.pointerOf('at'));
  return { at, precision: 'instant' };
}

// Null says nothing: a code that the list does not have is the agency's own.
function inWords(list: Readonly<Record<string, string>>, code: JsonValue | undefined): string | undefined {
  return typeof code === 'string' && Object.hasOwn(list, code.toUpperCase()) ? list[code.toUpperCase()] : undefined;
}

function needed(cells: Cells, name: string): string {
  const text = textOf(cells.said(name), cells, name);
  if (text === undefined) throw new BadPart('missing-value', `${name} is required`, cells.pointerOf(name));
  return text;
}

/** The kind with its contract. Throws when the contract has no such event: a mistake in the program. */
export function known(kind: RecordKind): Kind {
  const contract = catalogue.get(kind.is.typeName);
  if (contract === undefined) throw new Error(`${kind.is.typeName} is no event of the contract`);
  return { ...kind, contract, names: new Set([...common, ...kind.is.fields.map(columnOf)]) };
}
