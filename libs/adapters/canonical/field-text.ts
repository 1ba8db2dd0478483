import type { Message } from '@bufbuild/protobuf';
import type { EventContract } from '../../contracts/event-contract.js';

/** A single value of a canonical event as a part of its key, by its proto name. Throws `TypeError` when it has no such value. */
export function fieldText({ schema }: EventContract, data: Message, name: string): string {
  const field = schema.fields.find((candidate) => candidate.name === name);
  // Read as it is: a view of the message, with maps of its own, costs more than the fields of a key are worth.
  const value: unknown = field && Reflect.get(data, field.localName);
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  throw new TypeError(`${schema.typeName} has no single value ${name}`);
}
