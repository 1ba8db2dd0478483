// A message broken in one place, as no test of ours would think of: for round trips that must not crash, and for fuzzing.
import fc from 'fast-check';
import type { Item } from '../../kernel/outcome.js';
import { withValue } from '../translation/with-value.js';

/** One value anywhere in a document is another, or is gone. */
export function damaged(documents: fc.Arbitrary<object>): fc.Arbitrary<unknown> {
  const others = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('', ' ', '0', '__proto__', undefined));
  return fc
    .tuple(documents, others)
    .chain(([document, other]) =>
      fc.constantFrom(...pointersIn(document)).map((pointer) => withValue(document, pointer, other)),
    );
}

/** Reason codes of a translation. */
export function codesOf(items: readonly Item[]): readonly string[] {
  return items.flatMap((item) => ('reason' in item && typeof item.reason === 'object' ? [item.reason.code] : []));
}

function pointersIn(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [at];
  const inner = Object.entries(value).flatMap(([name, one]) => pointersIn(one, `${at}/${name}`));
  return at === '' ? inner : [at, ...inner];
}
