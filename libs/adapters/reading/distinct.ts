import { Buffer } from 'node:buffer';
import type { Fact } from '../../kernel/fact.js';
import { part, type Item } from '../../kernel/outcome.js';

/**
 * One fact per key. Said twice alike, it is said once; said twice differently, neither can be believed, whichever came
 * first in the message: all of them go to a person.
 */
export function distinct(facts: readonly Fact[]): readonly Item[] {
  if (facts.length < 2) return facts.map((fact) => ({ outcome: 'fact', fact }));
  const byKey = Map.groupBy(facts, (fact) => JSON.stringify(fact.key));
  return [...byKey.values()].flatMap((versions): Item[] => {
    const [first, ...others] = versions;
    if (first === undefined) return [];
    if (others.every((other) => says(other, first))) return [{ outcome: 'fact', fact: first }];
    return versions.map((version) =>
      part('quarantined', 'contradiction', 'the message says two different things of the same fact', version.pointer),
    );
  });
}

function says(one: Fact, other: Fact): boolean {
  return one.occurred.at === other.occurred.at && Buffer.compare(one.data, other.data) === 0;
}
