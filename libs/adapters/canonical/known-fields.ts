import type { DescField, DescMessage } from '@bufbuild/protobuf';
import type { Message } from '../../kernel/fact.js';

/** Tells where data in JSON says something that its message of the contract has a field for, and of a list of words a word for. */
export function tellKnown(schema: DescMessage, value: unknown, at: string, asked: NonNullable<Message['asked']>): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [name, member] of Object.entries(value) as [string, unknown][]) {
    const field = schema.fields.find((one) => one.jsonName === name || one.name === name);
    if (field === undefined || !hasWord(field, member)) continue;
    const here = `${at}/${name}`;
    asked(here);
    if (!field.message) continue;
    const members: readonly unknown[] = Array.isArray(member) ? member : [member];
    for (const [index, one] of members.entries())
      tellKnown(field.message, one, Array.isArray(member) ? `${here}/${index}` : here, asked);
  }
}

function hasWord(field: DescField, value: unknown): boolean {
  if (field.fieldKind !== 'enum' || typeof value !== 'string') return true;
  return field.enum.values.some(({ name }) => name === value);
}
