import type { Agency } from '../../libs/kernel/agency.js';
import type { Cover, Fact, Reason } from '../../libs/kernel/fact.js';
import type { Claimed, PartOutcome } from '../../libs/kernel/intake.js';

/** A fact on its way through one batch, with the keyed hashes it is known by (hex). */
export interface PlacedFact {
  readonly fact: Fact;
  readonly work: Work;
  readonly recordHash: string;
  readonly factHash: string;
  readonly contentHash: string;
  readonly scopeHash?: string;
  readonly note?: Reason;
  /** Keyed hash of what it says of the person, once looked at. */
  personHash?: string;
  /** The record's stream, once identified. */
  stream?: string;
  /** Set when it is not recorded now: the hub does not know a child it could be about. */
  heldFor?: Reason;
  /** Its record, or its message, was erased while it was in hand: nothing of it is recorded. */
  erased?: true;
  /** What came of it, once recorded. */
  outcome?: { readonly outcome: string; readonly eventId?: string };
}

/** A fact that no message states: it follows from a record's snapshots. Nothing else is known of it by the message in hand. */
export interface DerivedFact {
  readonly fact: Pick<Fact, 'type' | 'data' | 'occurred' | 'handling'>;
  readonly factHash: string;
  readonly contentHash: string;
  readonly stream: string;
  /** The snapshot it was seen in. */
  readonly receipt: string;
  /** RFC 3339: the snapshot's own time. */
  readonly statedAt: string;
  /** Of the snapshot's message. */
  readonly origin: Origin;
}

/** What an event says of the message it comes from. */
export interface Origin {
  readonly system: string;
  readonly agency: Agency;
  /** RFC 3339. */
  readonly receivedAt: string;
  readonly correlation: string;
  readonly history?: true;
}

/** One claimed message on its way through a batch. */
export interface Work {
  readonly claimed: Claimed;
  readonly facts: PlacedFact[];
  /** Parts that are not facts: their outcome is known at once. */
  readonly others: readonly PartOutcome[];
  readonly covers: readonly (Cover & { readonly scopeHash: string })[];
  /** Messages this one takes back, by the keyed hash of their id or by their receipt. */
  readonly retracts: readonly ({ readonly messageHash: Buffer } | { readonly receipt: string })[];
  /** Its publisher has taken it back: it states nothing. */
  retractedBy?: string;
}

export function outcomesOf(work: Work): PartOutcome[] {
  if (work.retractedBy !== undefined) {
    return [{ outcome: 'withdrawn', reason: 'retracted', detail: 'its publisher has taken this message back' }];
  }
  const facts = work.facts.map(({ fact, heldFor, erased, outcome, note }): PartOutcome => {
    const place = { fact: fact.type, ...(fact.pointer === undefined ? {} : { pointer: fact.pointer }) };
    const discreet = fact.onlyIfKnown === undefined ? {} : { discreet: fact.onlyIfKnown };
    if (erased)
      return { ...place, outcome: 'ignored', reason: 'erased', detail: 'It was erased while it was in hand.' };
    if (heldFor) return { ...place, ...discreet, outcome: 'held', reason: heldFor.code, detail: heldFor.detail };
    const said = note ? { reason: note.code, detail: note.detail } : {};
    return { ...place, ...discreet, ...said, ...(outcome ?? { outcome: 'unchanged' }) };
  });
  return [...facts, ...work.others];
}
