import { MissingReportedSchema } from '../../libs/contracts/gen/hub/police/v1/police_pb.js';
import type { OpenedParts } from '../../libs/platform/open-parts.js';
import { canonicalEvent } from '../../libs/simulations/cloud-event.js';
import { keptMessage, type Telling } from '../../libs/simulations/telling.js';

/** Keeps messages as a door does. */
export async function keepIn(hub: OpenedParts, tellings: readonly Telling[]): Promise<void> {
  await hub.intake.keep(
    tellings.map((telling) => {
      const { receivedAt: _, ...message } = keptMessage(telling, '');
      const messageId = telling.door === 'events' ? telling.event.id : `sha256 of ${telling.body}`;
      return { ...message, messageId, canonical: message.body, correlation: crypto.randomUUID() };
    }),
  );
}

/** What the police say of a missing child, as `childhood` would tell it. */
export function missing(record: string, reference: string): Telling {
  const event = canonicalEvent(
    MissingReportedSchema,
    { id: reference, subject: record, time: '2026-05-01T12:00:00Z' },
    { reportReference: reference },
  );
  return { system: 'police', door: 'events', event };
}

/** The child of a police record. Throws when the hub knows no such record. */
export async function childOf(parts: OpenedParts, sourceKey: string): Promise<string> {
  const { rows } = await parts.database.query<{ child: string }>(
    `select l.child from records r join links l on l.record = r.stream and l.known_to = 'infinity' where r.key_hash = $1`,
    [parts.keys.hash('record', 'police', sourceKey)],
  );
  if (!rows[0]) throw new Error('no record');
  return rows[0].child;
}
