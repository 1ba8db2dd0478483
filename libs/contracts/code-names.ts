import type { DescMessage } from '@bufbuild/protobuf';
import { catalogue } from './catalogue.js';

/** True of a value of a code list of the contract, `RISK_GRADE_HIGH`: nobody's name, and nobody's number. */
export function isCodeName(text: string): boolean {
  return codeNames.has(text);
}

const codeNames: ReadonlySet<string> = new Set(
  [...catalogue.values()].flatMap(({ schema }) => namesIn(schema, new Set<DescMessage>())),
);

function namesIn(schema: DescMessage, seen: Set<DescMessage>): string[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  return schema.fields.flatMap((field) => [
    ...(field.enum?.values.map(({ name }) => name) ?? []),
    ...(field.message ? namesIn(field.message, seen) : []),
  ]);
}
