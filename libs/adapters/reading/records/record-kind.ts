import { create, type DescMessage, type Message, type MessageInitShape } from '@bufbuild/protobuf';
import { catalogue } from '../../../contracts/catalogue.js';
import type { EventContract } from '../../../contracts/event-contract.js';
import { firstVersionOf } from '../../../contracts/evolution.js';
import { PersonSchema, type Person as Wire } from '../../../contracts/gen/hub/common/v1/person_pb.js';
import { ContractError, obey, toBytes } from '../../../contracts/wire.js';
import type { Fact, Occurred, Person, Reason } from '../../../kernel/fact.js';
import { BadPart } from '../bad-part.js';
import { personOf } from '../person.js';
import type { Cells } from './cells.js';

/** What a kind of record is in the contract, and how its fields are read. */
export interface RecordKind {
  readonly read: (cells: Cells, statedAt: string) => Fact;
}

/** `day`: the column that says on which day it happened, where `happenedAt` does not say when. */
export function recordKind<Desc extends DescMessage>(
  schema: Desc,
  day: string | undefined,
  fields: (cells: Cells, person: Wire) => MessageInitShape<Desc>,
  onlyIf: (person: Person, day: string) => Reason | undefined = () => undefined,
): RecordKind {
  const contract = catalogue.get(schema.typeName);
  if (!contract) throw new TypeError(`${schema.typeName} is not in the catalogue`);
  return {
    read: (cells, statedAt) => {
      const wire = personIn(cells);
      const person = personOf(wire);
      const occurred = occurredIn(cells, day);
      const said = create(schema, fields(cells, wire));
      const data = valid(contract, said, cells);
      const key = recordKeyIn(cells);
      const onlyIfKnown = onlyIf(person, occurred.at.slice(0, 10));
      return {
        record: { key, person },
        key: [firstVersionOf(contract.type), key, ...businessKey(contract, said, occurred)],
        type: contract.type,
        data,
        occurred,
        statedAt: cells.instant('recordedAt') || statedAt,
        pointer: cells.pointer,
        ...(onlyIfKnown === undefined ? {} : { onlyIfKnown }),
      };
    },
  };
}

// The case system's own number of the case; where there is none, the prisoner number is the record, as in the prisons' events.
function recordKeyIn(cells: Cells): string {
  return cells.text('caseRef') || cells.text('nomsNumber').toUpperCase() || cells.required('caseRef');
}

/** The same key as the event has when it comes as a canonical one: text as it is once it has been written. */
function businessKey({ key, schema }: EventContract, said: Message, occurred: Occurred): readonly string[] {
  if (key.length === 0) return [occurred.at];
  return key.map((name) => {
    const value: unknown = Reflect.get(said, schema.fields.find((field) => field.name === name)?.localName ?? name);
    return typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : typeof value === 'string'
        ? value.toWellFormed()
        : '';
  });
}

function occurredIn(cells: Cells, day: string | undefined): Occurred {
  const at = cells.instant('happenedAt');
  if (at !== '') return { at, precision: 'instant' };
  const on = day === undefined ? '' : cells.day(day);
  if (on === '') throw cells.bad(day ?? 'happenedAt', 'missing-value', 'is required: when it happened');
  return { at: on, precision: 'date' };
}

// Its bytes. Rules of the contract that the record breaks: the contract names its own field, never the value.
function valid(contract: EventContract, message: Message, cells: Cells): Uint8Array {
  const bytes = toBytes(contract, message);
  try {
    obey(contract, message);
    return bytes;
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    throw new BadPart('invalid-data', error.message, cells.pointer);
  }
}

function personIn(cells: Cells): Wire {
  return create(PersonSchema, {
    givenNames: cells.text('givenNames'),
    familyName: cells.text('familyName'),
    birthDate: cells.day('dateOfBirth'),
    nhsNumber: cells.text('nhsNumber'),
    pncId: cells.text('pncId'),
    upn: cells.text('upn'),
    uln: cells.text('uln'),
    nomsNumber: cells.text('nomsNumber'),
    crn: cells.text('crn'),
    croNumber: cells.text('croNumber'),
  });
}
