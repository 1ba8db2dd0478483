import type { DutiesRow } from '../../../libs/duties/duties.projection.js';
import type { Database } from '../../../libs/platform/database/pool.js';

/** A duty as it was raised: which it is, never what it is about. */
export type RaisedRow = Pick<
  DutiesRow,
  'key' | 'record' | 'capability' | 'kind' | 'state' | 'causes' | 'owner_agency' | 'owner_role' | 'owner_place'
>;

export interface RaisedWanted {
  readonly states: readonly DutiesRow['state'][];
  readonly children: readonly string[];
}

/** Every duty of these children that was raised: late ones first, those that wait longest first, without a limit last. */
export async function readRaised(database: Database, { states, children }: RaisedWanted): Promise<RaisedRow[]> {
  const { rows } = await database.query<RaisedRow>({
    name: 'raised duties',
    text: `
      select key, record, capability, kind, state, causes, owner_agency, owner_role, owner_place from duties
      where state = any($1) and record = any($2::uuid[])
      order by (state = 'overdue') desc, case when state = 'met' then met_at end desc, due nulls last, key`,
    values: [states, children],
  });
  return rows;
}

/** Of which child each of these duties was raised, by the duty's id. */
export async function recordsOfDuties(
  database: Database,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map();
  const { rows } = await database.query<Pick<DutiesRow, 'key' | 'record'>>({
    name: 'records of duties',
    text: 'select key, record from duties where key = any($1::uuid[])',
    values: [keys],
  });
  return new Map(rows.map(({ key, record }) => [key, record]));
}
