import type { JsonObject } from '@bufbuild/protobuf';
import { decode } from '../../contracts/catalogue.js';
import { FACT_WITHDRAWN } from '../../kernel/event-log.js';
import { open } from '../../platform/keys/seal.js';
import type { Parts } from '../../platform/platform.module.js';

type Hub = Pick<Parts, 'log' | 'keys' | 'database'>;

/** A version of a fact as a reader of the whole log comes to see it. Ids made at random are left out: they differ by run. */
export interface ShownFact {
  /** System and the source's own key. */
  readonly record: string;
  readonly type: string;
  readonly occurredAt: string;
  readonly state: 'current' | 'superseded' | 'withdrawn';
  readonly data: JsonObject | undefined;
}

export async function factsShown(hub: Hub): Promise<ShownFact[]> {
  const events = await hub.log.readAll(null, 100_000);
  const keys = await hub.keys.find(events.map((event) => event.meta.key));
  const names = await recordNames(hub);
  const replaced = new Map(
    events.flatMap((event) =>
      event.meta.supersedes === undefined ? [] : [[event.meta.supersedes, event.type] as const],
    ),
  );
  return events
    .filter((event) => event.type !== FACT_WITHDRAWN)
    .map((event) => {
      const key = keys.get(event.meta.key);
      const by = replaced.get(event.id);
      const state =
        by === FACT_WITHDRAWN
          ? 'withdrawn'
          : by !== undefined || event.meta.historic === true
            ? 'superseded'
            : 'current';
      const data = key && decode(event.type, open(key, event.data, event.id));
      return {
        record: names.get(event.stream) ?? 'erased',
        type: event.type,
        occurredAt: event.meta.occurredAt,
        state,
        data,
      };
    });
}

/** What holds of one child: its records, by system and the source's own key, and what is current of them, sorted. */
export interface CurrentTimeline {
  readonly records: readonly string[];
  readonly facts: readonly string[];
}

/** Of every child with something that holds, whatever order it came in. What is erased is nobody's. */
export async function currentTimelines(hub: Hub): Promise<CurrentTimeline[]> {
  const current = (await factsShown(hub)).filter(({ state, record }) => state === 'current' && record !== 'erased');
  const byRecord = Map.groupBy(current, ({ record }) => record);
  return (await linksShown(hub))
    .map((records) => records.filter((record) => byRecord.has(record)))
    .filter((records) => records.length > 0)
    .map((records) => ({
      records,
      facts: records.flatMap((record) => (byRecord.get(record) ?? []).map((fact) => JSON.stringify(fact))).sort(),
    }));
}

/** The stream and the child of a record, by system and the source's own key. */
export async function linkOf(hub: Hub, name: string): Promise<{ record: string; child: string }> {
  const streams = await recordNames(hub);
  const { rows } = await hub.database.query<{ record: string; child: string }>(
    `select record, child from links where known_to = 'infinity'`,
  );
  const link = rows.find(({ record }) => streams.get(record) === name);
  if (!link) throw new Error(`there is no record ${name}`);
  return link;
}

/** The records of each child, by system and the source's own key, sorted. */
export async function linksShown(hub: Hub): Promise<string[][]> {
  const names = await recordNames(hub);
  const { rows } = await hub.database.query<{ record: string; child: string }>(
    `select record, child from links where known_to = 'infinity'`,
  );
  return [...Map.groupBy(rows, (row) => row.child).values()]
    .map((links) => links.map((link) => names.get(link.record) ?? '?').sort())
    .sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
}

/** The records that are not erased: system and the source's own key, by stream. */
export async function recordNames(hub: Hub): Promise<Map<string, string>> {
  const { rows } = await hub.database.query<{ stream: string; system: string; key_id: string; source_key: Buffer }>(
    'select stream, system, key_id, source_key from records',
  );
  const keys = await hub.keys.find(rows.map((row) => row.key_id));
  return new Map(
    rows.map((row) => {
      const key = keys.get(row.key_id);
      return [row.stream, `${row.system} ${key ? open(key, row.source_key, row.stream).toString() : 'erased'}`];
    }),
  );
}
