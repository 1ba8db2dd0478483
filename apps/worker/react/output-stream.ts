import type { NewEvent, RecordedEvent } from '../../../libs/kernel/event-log.js';
import { REACTION } from '../../../libs/kernel/event-log.js';
import type { DataKey, KeyStore } from '../../../libs/kernel/keys.js';
import { HUB_SYSTEM } from '../../../libs/kernel/agency.js';
import type { Difference } from '../../../libs/duties/compare.js';
import { outputEvent } from '../../../libs/duties/output-events.js';
import { outputsOf, type Outputs } from '../../../libs/duties/outputs.js';
import { open, seal } from '../../../libs/platform/keys/seal.js';

// Nobody's message: what is derived has facts behind it, and no receipt.
const NO_RECEIPT = '00000000-0000-0000-0000-000000000000';

/** What a child's stream says is raised. Throws when a body does not open: better no answer than a second telling. */
export function openOutputs(events: readonly RecordedEvent[], key: DataKey): Outputs {
  return outputsOf(events.map(({ id, type, data }) => ({ type, data: open(key, data, id) })));
}

/**
 * The differences as the next events of a child's stream. Ids are a keyed hash of the place in the stream and what is said there:
 * the same derivation twice makes the same events. `at`: RFC 3339.
 */
export function outputEvents(
  differences: readonly Difference[],
  { child, revision, at, key, keys }: { child: string; revision: number; at: string; key: DataKey; keys: KeyStore },
): NewEvent[] {
  return differences.map((difference, index) => {
    const { type, data } = outputEvent(difference);
    const id = opaqueId(keys, 'reaction', child, String(revision + index), type, Buffer.from(data).toString('base64'));
    return {
      id,
      type,
      meta: {
        system: HUB_SYSTEM,
        agency: HUB_SYSTEM,
        fact: outputOf(difference),
        content: keys.hash('content', type, data, at, 'instant', '').toString('hex'),
        occurredAt: at,
        precision: 'instant',
        statedAt: at,
        receivedAt: at,
        category: REACTION,
        handling: '',
        receipt: NO_RECEIPT,
        correlation: id,
        key: key.id,
      },
      data: seal(key, data, id),
    };
  });
}

function outputOf(difference: Difference): string {
  if ('duty' in difference) return difference.duty.id;
  return 'notice' in difference ? difference.notice.id : difference.id;
}

/** A UUID (RFC 9562 version 8) from a keyed hash. */
export function opaqueId(keys: KeyStore, domain: string, ...parts: readonly string[]): string {
  const hash = keys.hash(domain, ...parts).subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
