import { snapshotReading } from '../../../libs/adapters/registry.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Connection } from '../../../libs/platform/database/pool.js';
import { seal } from '../../../libs/platform/keys/seal.js';
import { keysOfStreams } from '../../../libs/platform/records/record-store.js';
import { replaceSnapshots } from '../../../libs/platform/records/snapshot-store.js';
import { occurredAt } from '../record/events.js';
import type { PlacedFact } from '../work.js';

/** The snapshots among these facts that are recorded now, on the record they are of. */
export function snapshotsAmong(facts: readonly PlacedFact[]): (PlacedFact & { readonly stream: string })[] {
  return facts.flatMap((placed) =>
    placed.stream !== undefined && !placed.heldFor && snapshotReading(placed.fact.type)
      ? [Object.assign(placed, { stream: placed.stream })]
      : [],
  );
}

/**
 * Commits what snapshots the messages in hand state, beside their statements: sealed, because those that come later are
 * compared with them. `repeated`: receipts seen before, whose earlier snapshots no longer count.
 */
export async function stateSnapshots(
  connection: Connection,
  facts: readonly PlacedFact[],
  repeated: readonly string[],
  keys: KeyStore,
): Promise<void> {
  const standing = snapshotsAmong(facts).filter(({ work }) => work.retractedBy === undefined);
  const ids = await keyIds(connection, standing);
  const found = await keys.find([...new Set(ids.values())]);
  await replaceSnapshots(
    connection,
    repeated,
    standing.flatMap(({ fact, stream, work }) => {
      const key = found.get(ids.get(stream) ?? '');
      // Being erased: there is nothing to seal it under.
      if (!key) return [];
      const observedAt = inMilliseconds(occurredAt(fact.occurred).occurredAt);
      const sealed = seal(key, fact.data, purposeOf(stream));
      const { receipt } = work.claimed;
      const { type, statedAt, handling = '' } = fact;
      return [{ record: stream, type, observedAt, receipt, statedAt, handling, sealed }];
    }),
  );
}

/** What a snapshot is sealed for. */
export function purposeOf(stream: string): string {
  return `snapshot of ${stream}`;
}

async function keyIds(connection: Connection, placed: readonly { stream: string }[]): Promise<Map<string, string>> {
  if (placed.length === 0) return new Map();
  return keysOfStreams(connection, [...new Set(placed.map(({ stream }) => stream))]);
}

// As exactly as the hub writes times: two of one millisecond are of one time, whichever way they are compared.
function inMilliseconds(instant: string): string {
  return new Date(instant).toISOString();
}
