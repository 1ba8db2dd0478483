import type { Fact } from './fact.js';
import type { PartOutcome } from './intake.js';
import type { Item, Translation } from './outcome.js';

type FactItem = Extract<Item, { outcome: 'fact' }>;
type Retraction = Extract<Item, { outcome: 'retract' }>;

/** What a translation says, before anything else that the hub has heard comes into it. */
export interface Said {
  /** Each fact once. */
  readonly facts: readonly FactItem[];
  readonly retractions: readonly Retraction[];
  /** Parts that are not facts: their outcome is known at once. */
  readonly others: readonly PartOutcome[];
}

/** Said twice alike is said once; said in two ways, the first is taken and a person looks at the other. */
export function saidIn({ items }: Translation): Said {
  const [first] = items;
  // As most messages do: there is nothing that it could contradict.
  if (items.length === 1 && first?.outcome === 'fact') return { facts: [first], retractions: [], others: [] };
  const facts = new Map<string, FactItem>();
  const retractions: Retraction[] = [];
  const others: PartOutcome[] = [];
  for (const item of items) {
    if (item.outcome === 'fact') {
      const { record, key } = item.fact;
      const identity = JSON.stringify([record.key, ...key]);
      const twin = facts.get(identity);
      if (!twin) facts.set(identity, item);
      else if (!saysTheSame(twin.fact, item.fact)) others.push(contradiction(item.fact));
    } else if (item.outcome === 'retract') {
      retractions.push(item);
      others.push({ outcome: 'retracted' });
    } else {
      const { outcome, reason, pointer } = item;
      const place = pointer === undefined ? {} : { pointer };
      others.push({ outcome, reason: reason.code, detail: reason.detail, ...place });
    }
  }
  if (others.length === 0 && facts.size === 0) {
    others.push({ outcome: 'ignored', reason: 'nothing-in-it', detail: 'the message says nothing the hub records' });
  }
  return { facts: [...facts.values()], retractions, others };
}

/** What comes of it in a hub that has heard nothing else. `discreet` parts are still to be hidden from their publisher. */
export function outcomesAlone({ facts, others }: Said): PartOutcome[] {
  const recorded = facts.map(({ fact, note }): PartOutcome => ({
    fact: fact.type,
    outcome: 'recorded',
    ...(note ? { reason: note.code, detail: note.detail } : {}),
    ...(fact.pointer === undefined ? {} : { pointer: fact.pointer }),
    ...(fact.onlyIfKnown === undefined ? {} : { discreet: fact.onlyIfKnown }),
  }));
  return [...recorded, ...others];
}

function saysTheSame(one: Fact, other: Fact): boolean {
  return (
    one.type === other.type &&
    one.occurred.at === other.occurred.at &&
    one.occurred.precision === other.occurred.precision &&
    (one.handling ?? '') === (other.handling ?? '') &&
    Buffer.compare(one.data, other.data) === 0
  );
}

function contradiction(fact: Fact): PartOutcome {
  return {
    fact: fact.type,
    outcome: 'quarantined',
    reason: 'contradicts-itself',
    detail: 'the message states the same fact twice with different content; the first was taken',
    ...(fact.pointer === undefined ? {} : { pointer: fact.pointer }),
  };
}
