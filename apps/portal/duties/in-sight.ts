import { capabilities } from '../../../libs/capabilities.js';
import type { ChildNow, Derived, HeldFact, Reacting } from '../../../libs/kernel/capability.js';
import type { Rules } from '../../../libs/kernel/rules.js';
import type { Exploitation } from '../../../libs/safeguarding/exploitation/exploitation.fold.js';
import { exploitation } from '../../../libs/safeguarding/exploitation/exploitation.js';
import type { Missing } from '../../../libs/safeguarding/missing/missing.fold.js';
import { missing } from '../../../libs/safeguarding/missing/missing.js';
import type { KnownChild } from '../children/known-child.js';
import type { EndsInSight } from './ends-in-sight.js';

/** Types of the facts that anything is folded from. */
export const foldedTypes = [...new Set(capabilities.flatMap(({ reads }) => reads))];

// Of one that was raised by a version before this.
const unknown: Pick<Reacting, 'reads' | 'react'> = { reads: [], react: () => ({ duties: [], notices: [] }) };

/**
 * A child whom a looker may know of, with the facts that they see in full, in source time. Whatever is folded from these says nothing
 * that the looker could not read. Each capability is folded when it is first asked for, and once.
 */
export class ChildInSight {
  readonly #derived = new Map<string, Derived>();
  #missing: Missing | undefined;
  #exploitation: Exploitation | undefined;

  /** `at`: RFC 3339, as of when what follows follows. */
  constructor(
    readonly known: KnownChild,
    readonly facts: readonly HeldFact[],
    private readonly rules: Rules,
    private readonly at: string,
    private readonly ends: EndsInSight,
  ) {}

  /** Whether the looker sees whatever can end a duty of this kind, a reminder of it or an offer, now or later. */
  seesEndOf(capability: string, kind: string): boolean {
    return this.ends.of(this.known.viewer, capability, kind);
  }

  /** Whether the looker sees facts of this type, handled as the type is, now or later. */
  seesType(type: string): boolean {
    return this.ends.seesType(this.known.viewer, type);
  }

  /** Whether the looker sees all that this capability derives from, now or later. */
  seesAllOf(capability: string): boolean {
    return this.ends.ofAll(this.known.viewer, capability);
  }

  get child(): ChildNow {
    const { id, provisional } = this.known.row;
    // Whom a child nobody has identified may be is said of other children: it is left out.
    return { id, provisional, possible: [] };
  }

  get missing(): Missing {
    return (this.#missing ??= missing.fold(this.facts, this.child));
  }

  get exploitation(): Exploitation {
    return (this.#exploitation ??= exploitation.fold(this.facts, this.child));
  }

  /** What follows by this capability, by its name. */
  derived(capability: string): Derived {
    const derived = this.#derived.get(capability) ?? this.#derive(capability);
    this.#derived.set(capability, derived);
    return derived;
  }

  #derive(capability: string): Derived {
    const { rules, at } = this;
    if (capability === missing.name) return missing.derive(this.missing, rules, at);
    if (capability === exploitation.name) return exploitation.derive(this.exploitation, rules, at);
    const { reads, react } = capabilities.find(({ name }) => name === capability) ?? unknown;
    const facts = this.facts.filter(({ type }) => reads.includes(type));
    return react(facts, this.child, rules, at);
  }
}
