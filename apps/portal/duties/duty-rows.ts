import type { DutiesRow } from '../../../libs/duties/duties.projection.js';
import type { Database } from '../../../libs/platform/database/pool.js';

/** A duty as it was raised: which it is, never what it is about. */
export type RaisedRow = Pick<
  DutiesRow,
  'key' | 'record' | 'capability' | 'kind' | 'state' | 'causes' | 'owner_agency' | 'owner_role' | 'owner_place'
>;

export interface RaisedWanted {
  readonly states: readonly DutiesRow['state'][];
  readonly children?: readonly string[];
  readonly kind?: string;
  /** Agency of the owner. */
  readonly agency?: string;
  /** Late before this instant, RFC 3339, or without a limit. */
  readonly dueBefore?: string;
  readonly limit: number;
}

/** Duties that were raised, the latest limit first among those that are late: those that wait longest first, without a limit last. */
export async function readRaised(database: Database, wanted: RaisedWanted): Promise<RaisedRow[]> {
  const { rows } = await database.query<RaisedRow>({
    name: 'raised duties',
    text: `
      select key, record, capability, kind, state, causes, owner_agency, owner_role, owner_place from duties
      where state = any($1) and ($2::uuid[] is null or record = any($2)) and ($3::text is null or kind = $3)
        and ($4::text is null or owner_agency = $4) and ($6::timestamptz is null or due is null or due < $6)
      order by (state = 'overdue') desc, case when state = 'met' then met_at end desc, due nulls last, key limit $5`,
    values: [
      wanted.states,
      wanted.children ?? null,
      wanted.kind ?? null,
      wanted.agency ?? null,
      wanted.limit,
      wanted.dueBefore ?? null,
    ],
  });
  return rows;
}
