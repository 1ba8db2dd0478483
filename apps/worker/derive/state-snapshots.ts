import { snapshotReading } from '../../../libs/adapters/registry.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Connection } from '../../../libs/platform/database/pool.js';
import { seal } from '../../../libs/platform/keys/seal.js';
import { keysOfStreams } from '../../../libs/platform/records/record-store.js';
import { replaceSnapshots } from '../../../libs/platform/records/snapshot-store.js';
import { occurredAt } from '../record/events.js';
import type { PlacedFact } from '../work.js';

/** A snapshot that is recorded now, on the record it is of. */
export interface PlacedSnapshot {
  readonly placed: PlacedFact;
  readonly record: string;
  readonly type: string;
  /** RFC 3339, in milliseconds: two of one millisecond are of one time, whichever way they are compared. */
  readonly observedAt: string;
}

export function snapshotsAmong(facts: readonly PlacedFact[]): PlacedSnapshot[] {
  return facts.flatMap((placed) => {
    const { fact, stream, heldFor } = placed;
    if (stream === undefined || heldFor || !snapshotReading(fact.type)) return [];
    const observedAt = new Date(occurredAt(fact.occurred).occurredAt).toISOString();
    return [{ placed, record: stream, type: fact.type, observedAt }];
  });
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
  const standing = snapshotsAmong(facts).filter(({ placed }) => placed.work.retractedBy === undefined);
  const ids = await keyIds(connection, standing);
  const found = await keys.find([...new Set(ids.values())]);
  await replaceSnapshots(
    connection,
    repeated,
    standing.flatMap(({ placed, record, type, observedAt }) => {
      const key = found.get(ids.get(record) ?? '');
      // Being erased: there is nothing to seal it under.
      if (!key) return [];
      const { fact, work } = placed;
      const sealed = seal(key, fact.data, purposeOf(record));
      const { statedAt, handling = '' } = fact;
      return [{ record, type, observedAt, receipt: work.claimed.receipt, statedAt, handling, sealed }];
    }),
  );
}

/** What a snapshot is sealed for. */
export function purposeOf(stream: string): string {
  return `snapshot of ${stream}`;
}

async function keyIds(connection: Connection, snapshots: readonly PlacedSnapshot[]): Promise<Map<string, string>> {
  if (snapshots.length === 0) return new Map();
  return keysOfStreams(connection, [...new Set(snapshots.map(({ record }) => record))]);
}
