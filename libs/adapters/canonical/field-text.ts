import type { ReflectMessage } from '@bufbuild/protobuf/reflect';

/** A single value of a canonical event as a part of its key, by its proto name. Throws `TypeError` when it has no such value. */
export function fieldText(data: ReflectMessage, name: string): string {
  const field = data.fields.find((candidate) => candidate.name === name);
  const value = field && data.get(field);
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  throw new TypeError(`${data.desc.typeName} has no single value ${name}`);
}
