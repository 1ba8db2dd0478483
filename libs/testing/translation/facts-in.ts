import type { Fact } from '../../kernel/fact.js';
import type { Translation } from '../../kernel/outcome.js';

export function factsIn(translation: Translation): Fact[] {
  return translation.items.flatMap((item) => (item.outcome === 'fact' ? [item.fact] : []));
}
