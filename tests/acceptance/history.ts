import { randomUUID } from 'node:crypto';
import type { Agency } from '../../libs/kernel/agency.js';
import type { Database } from '../../libs/platform/database/pool.js';

/** When the hub received an entry, recorded it, and learnt that it was replaced: RFC 3339. */
export interface Times {
  readonly received: string;
  readonly recorded: string;
  readonly superseded?: string;
}

/** The childhood as if the hub had followed it live: what was told in one go was recorded an hour after it happened. */
export async function asIfFollowedLive(database: Database, child: string): Promise<void> {
  await database.query(
    `update timeline t set received_at = occurred_at + interval '59 minutes', recorded_at = occurred_at + interval '1 hour',
       superseded_at = case when superseded_at is null then null
         else (select o.stated_at + interval '1 hour' from timeline o where o.key = t.superseded_by) end
     where record in (select record from links where child = $1)`,
    [child],
  );
  await database.query(
    `update caseload set recorded_at = since + interval '1 hour' where record in (select record from links where child = $1)`,
    [child],
  );
  await database.query(`update links set known_from = timestamptz '2000-01-01' where child = $1`, [child]);
}

/** Moves an entry to the days on which a story has it come in. */
export async function cameIn(
  database: Database,
  entry: string,
  { received, recorded, superseded }: Times,
): Promise<void> {
  await database.query('update timeline set received_at = $2, recorded_at = $3, superseded_at = $4 where key = $1', [
    entry,
    received,
    recorded,
    superseded ?? null,
  ]);
}

/** A record of its own at an agency, linked to this child as known from an instant. Returns its stream. */
export async function recordAt(database: Database, child: string, agency: Agency, knownFrom: string): Promise<string> {
  const stream = randomUUID();
  await database.query(
    `insert into records (stream, system, agency, key_hash, key_id, source_key, created_at)
     select $2, $3, $3, sha256(convert_to($4, 'UTF8')), key_id, source_key, $5 from records r
     join links l on l.record = r.stream where l.child = $1 limit 1`,
    [child, stream, agency, stream, knownFrom],
  );
  await linked(database, stream, child, knownFrom);
  return stream;
}

/** What the hub took a record for, from one instant to another. */
export async function linked(
  database: Database,
  record: string,
  child: string,
  from: string,
  to = 'infinity',
): Promise<void> {
  await database.query(
    `insert into links (id, record, child, method, known_from, known_to, reason, who)
     values (gen_random_uuid(), $1, $2, 'manual', $3, $4, 'the story has it so', 'story')`,
    [record, child, from, to],
  );
}
