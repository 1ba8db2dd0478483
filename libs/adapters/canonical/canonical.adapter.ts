import type { Message as WireMessage } from '@bufbuild/protobuf';
import { agencyOfType, catalogue } from '../../contracts/catalogue.js';
import type { EventContract } from '../../contracts/event-contract.js';
import { toBytes } from '../../contracts/wire.js';
import type { Person as WirePerson } from '../../contracts/gen/hub/common/v1/person_pb.js';
import type { Format } from '../../kernel/adapter.js';
import type { Agency } from '../../kernel/agency.js';
import type { Fact, Message, Person, Reason } from '../../kernel/fact.js';
import { quarantined, translated, type Item, type Translation } from '../../kernel/outcome.js';
import { BadPart, orQuarantine } from '../reading/bad-part.js';
import { personIn, personOf } from '../reading/person.js';
import { instant } from '../../kernel/instant.js';
import { readData } from './event-data.js';
import { factKey } from './fact-key.js';
import { fieldText } from './field-text.js';

/** The formats every agency speaks: the canonical events of its own package. */
export function canonicalFormats(agency: Agency): Readonly<Record<string, Format>> {
  const own = [...catalogue.values()].filter((contract) => contract.agency === agency);
  return Object.fromEntries(own.map((contract) => [contract.type, (message) => translateEvent(contract, message)]));
}

/** A canonical type that the catalogue does not have. */
export function unknownType(agency: Agency, type: string): Translation {
  if (agencyOfType(type) !== agency) return quarantined('other-agency', 'the type is not one of this agency', '/type');
  return quarantined('unknown-type', 'the contract has no event of this type', '/type');
}

function translateEvent(contract: EventContract, message: Message): Translation {
  return translated(orQuarantine(() => [itemOf(contract, message)]));
}

function itemOf(contract: EventContract, message: Message): Item {
  const { wire, note } = readData(contract, message);
  if (contract.category === 'correction') {
    // The hub's own door names the receipt: the message id may have been erased.
    const { hubreceipt } = message.attributes;
    return {
      outcome: 'retract',
      target:
        hubreceipt === undefined ? { messageId: fieldText(contract, wire, 'message_id') } : { receipt: hubreceipt },
      reason: fieldText(contract, wire, 'reason'),
    };
  }
  const person = personIn(contract, wire);
  const fact = factOf(contract, message, wire, personOf(person));
  const said = note ?? birthDateNote(person);
  return { outcome: 'fact', fact, ...(said === undefined ? {} : { note: said }) };
}

function factOf(contract: EventContract, message: Message, data: WireMessage, person: Person): Fact {
  const { subject, recordedtime, handling } = message.attributes;
  if (!subject?.trim()) throw new BadPart('no-subject', "subject is required: it is the source's record", '/subject');
  const time = timeOf(message, 'time');
  if (handling !== undefined && !/^[a-z][a-z-]*$/.test(handling))
    throw new BadPart('invalid-handling', 'handling is a word in lower case, e.g. professional-only', '/handling');
  return {
    record: { key: subject, person },
    key: factKey(contract, subject, data, time),
    type: contract.type,
    data: toBytes(contract, data),
    occurred: { at: time, precision: 'instant' },
    statedAt: recordedtime === undefined ? time : timeOf(message, 'recordedtime'),
    ...(handling === undefined ? {} : { handling }),
  };
}

function timeOf(message: Message, attribute: 'time' | 'recordedtime'): string {
  const text = message.attributes[attribute];
  if (text === undefined) throw new BadPart('no-time', `${attribute} is required: when it happened`, `/${attribute}`);
  const at = instant(text);
  if (at === undefined) throw new BadPart('invalid-time', `${attribute} is a time (RFC 3339)`, `/${attribute}`);
  return at;
}

// A claim that cannot be read must not silence the alert it came with: the event is recorded without it, and says so.
function birthDateNote(person: WirePerson | undefined): Reason | undefined {
  if (!person?.birthDate.trim() || personOf(person).birthDate !== undefined) return undefined;
  return { code: 'unreadable-birth-date', detail: 'person.birthDate is not a date (YYYY-MM-DD): it identifies nobody' };
}
