import type { JsonValue, Message as WireMessage } from '@bufbuild/protobuf';
import type { EventContract } from '../../contracts/event-contract.js';
import { ContractError, fromWire } from '../../contracts/wire.js';
import type { Message, Reason } from '../../kernel/fact.js';
import { BadPart } from '../reading/bad-part.js';
import { contentOf, parseJson } from '../reading/content.js';
import { tellKnown } from './known-fields.js';

const protobuf = /^application\/(?:x-)?protobuf$/;
const json = /^application\/(?:[a-z0-9.+-]+\+)?json$/;

export interface EventData {
  readonly wire: WireMessage;
  /** What of the data the hub could not take up. */
  readonly note?: Reason;
}

/** The data of a canonical event. Throws `BadPart` when it is not a message of the contract. */
export function readData(contract: EventContract, message: Message): EventData {
  const content = contentOf(message);
  if (content.kind === 'json') return fromJson(contract, content.value, message);
  if (protobuf.test(content.contentType)) return { wire: obey(() => fromWire(contract, content.bytes)) };
  if (json.test(content.contentType)) return fromJson(contract, parseJson(content.bytes), message);
  throw new BadPart('unknown-content-type', 'the data is JSON or application/protobuf', '/datacontenttype');
}

// A newer publisher may know more than this hub: what the hub does not know is left out, loudly, and the event recorded.
function fromJson(contract: EventContract, value: unknown, { asked }: Message): EventData {
  if (!isJson(value)) throw new BadPart('invalid-data', 'the data is not JSON', '/data');
  if (asked) tellKnown(contract.schema, value, '/data', asked);
  try {
    return { wire: fromWire(contract, value) };
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    const wire = obey(() => fromWire(contract, value, true));
    return { wire, note: noteOf(error) };
  }
}

// Only names without a place in the contract are named: the library does not say which field an unknown enum value is in.
function noteOf({ message, pointer }: ContractError): Reason {
  const kept = 'it is kept in the receipt, not in the event';
  if (pointer === '/data') return { code: 'unknown-value', detail: `a value is not one the contract has: ${kept}` };
  return { code: 'unknown-field', detail: `${message}: ${kept}` };
}

function obey<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    throw new BadPart('invalid-data', error.message, error.pointer);
  }
}

/** What `JSON.parse` gives, whose type says less than it is. */
function isJson(value: unknown): value is JsonValue {
  return value === null || ['object', 'string', 'number', 'boolean'].includes(typeof value);
}
