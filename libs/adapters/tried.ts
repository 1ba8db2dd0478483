import type { JsonObject } from '@bufbuild/protobuf';
import { Asked, type FieldRead } from './fields.js';
import { translate } from './registry.js';
import { decode } from '../contracts/catalogue.js';
import type { Fact } from '../kernel/fact.js';
import { shownOutcomes, statusOf, type Incoming, type PartOutcome, type ReceiptStatus } from '../kernel/intake.js';
import { outcomesAlone, saidIn } from '../kernel/said.js';

/** A fact of the message, as the hub would record it: the publisher's own words in the contract's. */
export interface TriedFact {
  readonly type: string;
  /** The source's own record. */
  readonly record: string;
  readonly occurred: Fact['occurred'];
  readonly statedAt: string;
  readonly handling?: string;
  readonly pointer?: string;
  readonly data?: JsonObject;
}

/** What the receipt of a message would say, and what would be recorded. */
export interface Tried {
  readonly messageId: string;
  readonly status: ReceiptStatus;
  readonly outcomes: readonly PartOutcome[];
  readonly facts: readonly TriedFact[];
  /** Which fields of the message were read on the way, and which the hub leaves alone. */
  readonly fields: readonly FieldRead[];
}

/**
 * Pure: the same message gives the same answer, whatever the hub has heard of whomever. `receivedAt`: RFC 3339.
 */
export function tried({ canonical: _, correlation: __, messageId, ...incoming }: Incoming, receivedAt: string): Tried {
  const asked = new Asked();
  const message = { ...incoming, receivedAt };
  const said = saidIn(translate({ ...message, asked: asked.note }));
  const outcomes = shownOutcomes(outcomesAlone(said));
  return {
    messageId,
    status: statusOf(outcomes),
    outcomes,
    facts: said.facts.map(({ fact }) => shown(fact)),
    fields: asked.fieldsOf(message),
  };
}

function shown({ type, record, occurred, statedAt, handling, pointer, data }: Fact): TriedFact {
  const readable = decode(type, data);
  return {
    type,
    record: record.key,
    occurred,
    statedAt,
    ...(handling === undefined ? {} : { handling }),
    ...(pointer === undefined ? {} : { pointer }),
    ...(readable === undefined ? {} : { data: readable }),
  };
}
