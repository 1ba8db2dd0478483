import { reflect } from '@bufbuild/protobuf/reflect';
import { catalogue, ofTheHub } from '../../contracts/catalogue.js';
import { recordedInTheHub } from '../../contracts/recorded.js';
import type { EventContract } from '../../contracts/event-contract.js';
import { toBytes } from '../../contracts/wire.js';
import type { Format } from '../../kernel/adapter.js';
import type { Fact, Message } from '../../kernel/fact.js';
import { instant } from '../../kernel/instant.js';
import { translated } from '../../kernel/outcome.js';
import { readData } from '../canonical/event-data.js';
import { BadPart, orQuarantine } from '../reading/bad-part.js';

const STREAM = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What the hub's own users say of entries, through its pages, and what they record there as their agency would in its own system.
 * The subject is the hub's name of the record that it belongs to; the agency is the reader's.
 */
export const annotationFormats: Readonly<Record<string, Format>> = Object.fromEntries(
  [...catalogue.values()]
    .filter(({ type }) => ofTheHub(type) || recordedInTheHub.has(type))
    .map((contract) => [contract.type, (message) => translated(orQuarantine(() => [factOf(contract, message)]))]),
);

function factOf(contract: EventContract, message: Message): Fact {
  const { wire } = readData(contract, message);
  const { id = '', subject = '', time = '', recordedtime = time } = message.attributes;
  const of = recordedInTheHub.get(contract.type) ?? message.agency;
  if (of !== message.agency) throw new BadPart('not-its-event', 'the event is another agency’s to record', '/type');
  if (!STREAM.test(subject)) throw new BadPart('no-subject', 'the subject is a record of the hub', '/subject');
  const at = instant(time);
  if (at === undefined) throw new BadPart('invalid-time', 'time is a time (RFC 3339)', '/time');
  const stated = instant(recordedtime);
  if (stated === undefined) throw new BadPart('invalid-time', 'recordedtime is a time (RFC 3339)', '/recordedtime');
  const data = reflect(contract.schema, wire);
  const keyed = contract.schema.fields
    .filter(({ name }) => contract.key.includes(name))
    .map((field) => data.get(field));
  return {
    record: { key: subject, person: { identifiers: [] } },
    stream: subject,
    // What has no key of its own is said once, in one message; a judgement is the agency's, whoever of them made it.
    key: [contract.type, message.agency, ...(keyed.length === 0 ? [id] : keyed.map(String))],
    type: contract.type,
    data: toBytes(contract, wire),
    occurred: { at, precision: 'instant' },
    statedAt: stated,
  };
}
