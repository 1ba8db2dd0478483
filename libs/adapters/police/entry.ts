import type { JsonObject, JsonValue } from '@bufbuild/protobuf';
import { catalogue } from '../../contracts/catalogue.js';
import { ContractError, fromWire, toBytes } from '../../contracts/wire.js';
import type { Fact, Person } from '../../kernel/fact.js';
import { dayInLondon } from '../../kernel/london.js';
import { fieldText } from '../canonical/field-text.js';
import { BadPart } from '../reading/bad-part.js';
import { unlessChild } from '../reading/children-only.js';
import { wireOf } from '../reading/person.js';
import type { Place } from '../reading/place.js';
import { isoDate } from '../reading/times.js';
import { instant } from '../../kernel/instant.js';

/** Reads a field of an entry as the contract writes it; undefined when it is absent. Throws `BadPart`. */
export type Read = (place: Place) => JsonValue | undefined;

/** What one kind of entry is called in the contract, and its fields: ours → the contract's, and how it is read. */
export interface Action {
  /** `hub.police.v1.<Fact>`. */
  readonly type: string;
  readonly fields: Readonly<Record<string, readonly [name: string, read: Read]>>;
  /** What the kind of entry says by itself. */
  readonly says?: JsonObject;
}

/** What the head of a record says of every entry. */
export interface Head {
  readonly nominal: string;
  readonly person: Person;
  readonly isYouth?: boolean | undefined;
  /** RFC 3339: when the force wrote the record out. */
  readonly statedAt: string;
  /** All facts of the record. */
  readonly scope: readonly string[];
  /** By the contract's names: those that an event has are said in it. */
  readonly about: JsonObject;
}

/** The fact that an entry states. `at`: RFC 3339. Throws `BadPart` at the entry, and names what the contract calls the field. */
export function entryFact(head: Head, action: Action, entry: Place, at: string): Fact {
  const contract = catalogue.get(action.type);
  if (!contract) throw new TypeError(`the contract has no event ${action.type}`);
  const asn = action.type === 'hub.police.v1.Charged' ? entry.at('asn').text() : undefined;
  const person: Person =
    asn === undefined
      ? head.person
      : { ...head.person, identifiers: [...head.person.identifiers, { kind: 'asn', value: asn }] };
  const has = (name: string) => contract.schema.fields.some(({ jsonName }) => jsonName === name);
  const wire = obey(entry, () =>
    fromWire(contract, {
      ...Object.fromEntries(Object.entries(head.about).filter(([name]) => has(name))),
      ...action.says,
      ...fieldsOf(action, entry),
      person: { ...wireOf(person) } as JsonObject,
    }),
  );
  const onlyIfKnown = unlessChild(head.person.birthDate, dayInLondon(at), head.isYouth);
  return {
    record: { key: head.nominal, person },
    key: [contract.type, head.nominal, ...contract.key.map((name) => fieldText(contract, wire, name))],
    type: contract.type,
    data: toBytes(contract, wire),
    occurred: { at, precision: 'instant' },
    statedAt: head.statedAt,
    scope: head.scope,
    pointer: entry.pointer,
    ...(onlyIfKnown === undefined ? {} : { onlyIfKnown }),
  };
}

function fieldsOf({ fields }: Action, entry: Place): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([ours, [name, read]]) => {
      const value = read(entry.at(ours));
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function obey<T>(entry: Place, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    throw new BadPart('invalid-data', error.message, entry.pointer);
  }
}

export const text: Read = (place) => place.text();
export const flag: Read = (place) => place.flag();
export const day: Read = (place) => place.date();
export const time: Read = (place) => place.instant();
export const texts: Read = (place) => (place.absent ? undefined : place.list().flatMap((one) => one.text() ?? []));

export const count: Read = (place) => {
  const number = place.number();
  if (number !== undefined && !(Number.isInteger(number) && number > 0 && number < 2 ** 31))
    throw new BadPart('wrong-type', 'a whole number above nought is expected here', place.pointer);
  return number;
};

export const dayOrTime: Read = (place) => {
  const said = place.text();
  if (said === undefined) return undefined;
  const read = isoDate(said) ?? instant(said);
  if (read === undefined)
    throw new BadPart('wrong-type', 'a date (YYYY-MM-DD) or a time (RFC 3339) is expected here', place.pointer);
  return read;
};

/** One of the agreed words: `word` → the contract's constant, which begins with `prefix`. */
export function code(prefix: string, words: Readonly<Record<string, string>>): Read {
  return (place) => {
    const word = place.text()?.toUpperCase();
    if (word === undefined) return undefined;
    if (!Object.hasOwn(words, word))
      throw new BadPart('unknown-code', 'this is not one of the agreed words', place.pointer);
    return `${prefix}${words[word] ?? ''}`;
  };
}

/** The agreed words are the contract's own constants without their prefix. */
export function sameCode(prefix: string, words: readonly string[]): Read {
  return code(prefix, Object.fromEntries(words.map((word) => [word, word])));
}
