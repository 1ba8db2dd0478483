import { capabilities } from '../../../libs/capabilities.js';
import type { ChildNow, Derived, HeldFact } from '../../../libs/kernel/capability.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Rules } from '../../../libs/kernel/rules.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { heldFacts } from '../../../libs/platform/reactions/held-facts.js';
import { factsInSight } from '../children/facts-in-sight.js';
import { knownChildren, type KnownChild } from '../children/known-child.js';
import type { Looker } from '../looks/looker.js';

/** A child whom a looker may know of, with the facts that they see in full. */
export interface ChildInSight {
  readonly known: KnownChild;
  readonly child: ChildNow;
  /** In source time. Whatever is folded from these says nothing that the looker could not read. */
  readonly facts: readonly HeldFact[];
}

const types = [...new Set(capabilities.flatMap(({ reads }) => reads))];

/** Of these children, those that this looker may know of, by id: what they may not know of leaves no trace. */
export async function childrenInSight(
  parts: { readonly database: Database; readonly keys: KeyStore },
  looker: Looker,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ChildInSight>> {
  const known = await knownChildren(parts.database, looker, ids);
  if (known.length === 0) return new Map();
  const facts = await heldFacts(
    parts,
    known.map(({ row }) => row.id),
    types,
  );
  return new Map(
    known.map((one): [string, ChildInSight] => {
      const { id, provisional } = one.row;
      const seen = factsInSight(one, looker, facts.get(id) ?? []);
      // Whom a child nobody has identified may be is said of other children: it is left out.
      return [id, { known: one, child: { id, provisional, possible: [] }, facts: seen }];
    }),
  );
}

/** What follows from the facts that a looker sees, by capability. */
export function derivedInSight({ child, facts }: ChildInSight, rules: Rules, at: string): ReadonlyMap<string, Derived> {
  return new Map(capabilities.map(({ name, reads, react }) => [name, react(of(facts, reads), child, rules, at)]));
}

const of = (facts: readonly HeldFact[], reads: readonly string[]): HeldFact[] =>
  facts.filter(({ type }) => reads.includes(type));
