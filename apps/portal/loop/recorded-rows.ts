import { HUB_SYSTEM } from '../../../libs/kernel/agency.js';
import type { Database } from '../../../libs/platform/database/pool.js';

/** A version that holds of something recorded in the hub, or stated by a system. Times are RFC 3339. */
export interface RecordedRow {
  readonly seq: bigint;
  readonly key: string;
  readonly record: string;
  readonly type: string;
  readonly agency: string;
  readonly category: string;
  readonly handling: string;
  readonly occurred_at: string;
  readonly stated_at: string;
  readonly recorded_at: string;
  readonly key_id: string;
  readonly sealed: Buffer;
}

const HOLDS = 't.superseded_by is null and t.withdrawn_by is null and not t.historic';
const COLUMNS =
  't.key, t.record, t.type, t.agency, t.category, t.handling, t.occurred_at, t.stated_at, t.recorded_at, t.key_id, t.sealed';

/** What people of an agency recorded in the hub and holds, in the order in which it was kept, after `seq`. */
export async function readRecorded(
  database: Database,
  { agency, types, after, limit }: { agency: string; types: readonly string[]; after: string; limit: number },
): Promise<RecordedRow[]> {
  const { rows } = await database.query<RecordedRow>({
    name: 'recorded in the hub',
    text: `
      select r.seq, ${COLUMNS} from receipts r
      cross join lateral jsonb_to_recordset(r.outcomes) as o ("eventId" uuid)
      join timeline t on t.key = o."eventId" and ${HOLDS}
      where r.system = $1 and r.agency = $2 and r.format = any($3) and r.seq > $4::bigint
      order by r.seq limit $5`,
    values: [HUB_SYSTEM, agency, types, after, limit],
  });
  return rows;
}

/** What a system itself states, of these types, of the children that these records belong to. `of`: one of the records. */
export async function readStated(
  database: Database,
  { system, types, records }: { system: string; types: readonly string[]; records: readonly string[] },
): Promise<(Omit<RecordedRow, 'seq'> & { readonly of: string })[]> {
  const { rows } = await database.query<Omit<RecordedRow, 'seq'> & { readonly of: string }>({
    name: 'stated by a system',
    text: `
      select mine.record as of, ${COLUMNS} from links mine
      join links l on l.child = mine.child and l.known_to = 'infinity'
      join timeline t on t.record = l.record and t.system = $1 and t.type = any($2)
        and ${HOLDS}
      where mine.record = any($3::uuid[]) and mine.known_to = 'infinity'`,
    values: [system, types, records],
  });
  return rows;
}

/** A system's own record of the child that another record belongs to, with its sealed key. */
export interface OwnRecordRow {
  readonly of: string;
  readonly stream: string;
  readonly key_id: string;
  readonly source_key: Buffer;
}

/** None that was recorded only because the hub knew the child: its publisher is not told that it does. */
export async function readOwnRecords(
  database: Database,
  system: string,
  records: readonly string[],
): Promise<OwnRecordRow[]> {
  const { rows } = await database.query<OwnRecordRow>({
    name: 'own records of children',
    text: `
      select distinct on (mine.record) mine.record as of, r.stream, r.key_id, r.source_key from links mine
      join links l on l.child = mine.child and l.known_to = 'infinity'
      join records r on r.stream = l.record and r.system = $1 and not r.only_if_known
      where mine.record = any($2::uuid[]) and mine.known_to = 'infinity'
      -- The record that it was recorded on, where that is the system's own: a system may have several of a child.
      order by mine.record, (r.stream = mine.record) desc, r.created_at, r.stream`,
    values: [system, records],
  });
  return rows;
}
