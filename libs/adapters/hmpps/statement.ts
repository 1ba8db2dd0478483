import type { DescMessage, MessageInitShape } from '@bufbuild/protobuf';
import { encode } from '../../contracts/catalogue.js';
import type { PersonSchema } from '../../contracts/gen/hub/common/v1/person_pb.js';
import type { Fact, Identifier } from '../../kernel/fact.js';
import { ignored, type Translation } from '../../kernel/outcome.js';
import { wireOf } from '../reading/person.js';
import type { DomainEvent } from './domain-event.js';
import { aboutNobodyKnown } from './nobody-known.js';

/** What an event says of one record: the record of its first number, which claims all of them. */
export interface Statement {
  readonly numbers: readonly [Identifier, ...Identifier[]];
  /** What, with type and record, says which fact it is. */
  readonly key: readonly string[];
  /** Where it can be taken back: a later event names the same. */
  readonly scope?: readonly string[];
}

/** A fact of an event about somebody whom only a number names: recorded for a child that the hub knows by it. */
export function statementOf<Desc extends DescMessage>(
  event: DomainEvent,
  schema: Desc,
  { numbers, key, scope }: Statement,
  said: (person: MessageInitShape<typeof PersonSchema>) => MessageInitShape<Desc>,
): Fact {
  const person = { identifiers: numbers };
  const record = numbers[0].value;
  return {
    record: { key: record, person },
    key: [schema.typeName, record, ...key],
    type: schema.typeName,
    data: encode(schema, said(wireOf(person))),
    occurred: { at: event.occurredAt, precision: 'instant' },
    statedAt: statedAt(event),
    onlyIfKnown: aboutNobodyKnown,
    ...(scope === undefined ? {} : { scope }),
  };
}

/** The event says that what an earlier one said is not so: whatever came before it in this scope is withdrawn. */
export function takesBack(event: DomainEvent, scope: readonly string[]): Translation {
  const { items } = ignored('taken-back', 'the event takes back what an earlier one said');
  return { items, covers: [{ scope, statedAt: statedAt(event) }] };
}

const statedAt = ({ publishedAt, occurredAt }: DomainEvent): string => publishedAt ?? occurredAt;
