import type { Fact, Message, Reason } from '../../kernel/fact.js';
import { translated, type Item, type Translation } from '../../kernel/outcome.js';
import { BadPart, holds, orQuarantine, sortOut } from './bad-part.js';
import { jsonOf } from './content.js';
import { Place, required } from './place.js';
import { placingOf, type Placing } from './subject.js';

/** Reads a record part by part: a part that cannot be read is put aside with its reason, and does not take the others along. */
export class Parts {
  private readonly unread: Item[] = [];

  /** Undefined when it is absent, or cannot be read. */
  one<T>(read: () => T | undefined): T | undefined {
    const { read: found, others } = sortOut(orQuarantine(() => [{ value: read() }]));
    this.unread.push(...others);
    return found[0]?.value;
  }

  /** `whole`: the list is there, and each member could be read. */
  list<T extends object>(
    list: Place,
    read: (one: Place) => T,
  ): { readonly members: readonly T[]; readonly whole: boolean } {
    const { read: members, others } = sortOut(
      orQuarantine(() => list.list().flatMap((one) => orQuarantine(() => [read(one)]))),
    );
    this.unread.push(...others);
    return { members, whole: !list.absent && others.length === 0 };
  }

  put(item: Item): void {
    this.unread.push(item);
  }

  get others(): readonly Item[] {
    return this.unread;
  }
}

/** The active statuses of a record, with their plans, as custodians list them. */
export function readStatus(one: Place): { status: string; plan: string } {
  return { status: required(one.at('status').text(), one.at('status')), plan: one.at('plan').text() ?? '' };
}

/**
 * A whole record as its source observed it: one fact, or what its placing lacks. `fields` are those the hub knows, read or
 * not; of others the receipt says that there are some.
 */
export function snapshotOf(
  message: Message,
  type: string,
  fields: readonly string[],
  read: (record: Place, placing: Placing, parts: Parts) => Pick<Fact, 'data'> & Partial<Pick<Fact, 'record'>>,
): Translation {
  const value = jsonOf(message);
  const placing = placingOf(message);
  if (!('record' in placing)) return translated(placing);
  const parts = new Parts();
  const { data, record = placing.record } = read(new Place(value, '', message.asked), placing, parts);
  const fact: Fact = {
    record,
    key: [type, placing.record.key, placing.observedAt],
    type,
    data,
    occurred: { at: placing.observedAt, precision: 'instant' },
    statedAt: placing.observedAt,
  };
  const unknown = namesIn(value).some((name) => !fields.includes(name));
  return translated([unknown ? { outcome: 'fact', fact, note: fieldsNotRead } : fact, ...parts.others]);
}

/** True for a JSON object that has one of these fields. */
export function hasField(message: Message, fields: readonly string[]): boolean {
  return holds(() => {
    const names = namesIn(jsonOf(message));
    return fields.some((field) => names.includes(field));
  });
}

/** A number of things: whole, and none is nought. Throws `BadPart`. */
export function countIn(place: Place): number | undefined {
  const number = place.number();
  if (number !== undefined && !(Number.isInteger(number) && number >= 0 && number < 2 ** 31))
    throw new BadPart('wrong-type', 'a whole number is expected here', place.pointer);
  return number;
}

/** Throws `BadPart`. */
export function percentageIn(place: Place): number | undefined {
  const number = place.number();
  if (number !== undefined && !(number >= 0 && number <= 100))
    throw new BadPart('wrong-type', 'a percentage is expected here', place.pointer);
  return number;
}

// Without their names, which are the publisher's: it is kept whole with the message.
const fieldsNotRead: Reason = {
  code: 'fields-not-read',
  detail: 'the record has fields that the hub does not know: they are kept with the message',
};

function namesIn(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}
