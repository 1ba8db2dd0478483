import type { Message } from '@bufbuild/protobuf';
import type { EventContract } from '../../contracts/event-contract.js';
import { firstVersionOf } from '../../contracts/evolution.js';
import { fieldText } from './field-text.js';

/**
 * The business key of a canonical event: its type, the source's record, and the fields that the contract names. An event
 * that the contract gives no key of its own happens once at its time.
 */
export function factKey(contract: EventContract, record: string, data: Message, time: string): string[] {
  const keyed = contract.key.length === 0 ? [time] : contract.key.map((name) => fieldText(contract, data, name));
  return [firstVersionOf(contract.type), record, ...keyed];
}
