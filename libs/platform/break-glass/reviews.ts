import type { DataKey, KeyStore } from '../../kernel/keys.js';
import type { Database } from '../database/pool.js';
import { open, seal } from '../keys/seal.js';
import type { GrantHolder } from './grants.js';

export const verdicts = ['justified', 'not-justified', 'follow-up'] as const;
export type Verdict = (typeof verdicts)[number];

export function isVerdict(text: string): text is Verdict {
  return (verdicts as readonly string[]).includes(text);
}

/** One break-glass as its reviewers read it. */
export interface BreakGlass extends GrantHolder {
  readonly id: string;
  readonly child: string;
  readonly roles: readonly string[];
  /** RFC 3339, as are the others. */
  readonly beganAt: string;
  /** When it ended, or will. */
  readonly endsAt: string;
  readonly live: boolean;
  /** Absent: erased with the child. */
  readonly reason?: string;
  /** How often something was looked at under it. */
  readonly looks: number;
  readonly review?: { readonly at: string; readonly by: string; readonly verdict: Verdict; readonly comment?: string };
}

interface Row extends GrantHolder {
  id: string;
  child: string;
  roles: string[];
  began_at: string;
  ends_at: string;
  live: boolean;
  looks: number;
  key_id: string;
  reason: Buffer;
  reviewed_at: string | null;
  reviewed_by: string | null;
  verdict: Verdict | null;
  comment: Buffer | null;
}

const MOST_REVIEWED = 25;

const COLUMNS = `
  id, child, who, agency, roles, began_at, coalesce(ended_at, ends_at) as ends_at, key_id, reason,
  ended_at is null and ends_at > clock_timestamp() as live, reviewed_at, reviewed_by, verdict, comment,
  (select count(*)::integer from audit a where a.who = b.who and a.agency = b.agency and a.child = b.child
     and a.purpose = 'emergency' and a.outcome = 'shown' and a.at between b.began_at and coalesce(b.ended_at, b.ends_at)) as looks`;

/** All that nobody has reviewed, the oldest first; then the last that were. */
export async function readBreakGlasses(database: Database, keys: KeyStore): Promise<BreakGlass[]> {
  const { rows } = await database.query<Row>(
    `(select ${COLUMNS} from break_glass b where reviewed_at is null order by began_at, id)
     union all
     (select ${COLUMNS} from break_glass b where reviewed_at is not null order by reviewed_at desc, id limit ${MOST_REVIEWED})`,
  );
  return opened(rows, keys);
}

export async function readBreakGlass(database: Database, keys: KeyStore, id: string): Promise<BreakGlass | undefined> {
  const { rows } = await database.query<Row>(`select ${COLUMNS} from break_glass b where id = $1`, [id]);
  return (await opened(rows, keys))[0];
}

/** Ends it too, if it was live. False when somebody was first, or it was their own. */
export async function reviewBreakGlass(
  database: Database,
  keys: KeyStore,
  id: string,
  { by, verdict, comment }: { by: GrantHolder; verdict: Verdict; comment: string },
): Promise<boolean> {
  const { rows } = await database.query<{ key_id: string }>('select key_id from break_glass where id = $1', [id]);
  const key = rows[0] && (await keys.find([rows[0].key_id])).get(rows[0].key_id);
  const { rowCount } = await database.query(
    `update break_glass
        set reviewed_at = clock_timestamp(), reviewed_by = $2, verdict = $4, comment = $5,
            ended_at = case when ends_at > clock_timestamp() then coalesce(ended_at, clock_timestamp()) else ended_at end
      where id = $1 and reviewed_at is null and not (who = $2 and agency = $3)`,
    [id, by.who, by.agency, verdict, key ? seal(key, Buffer.from(comment), id) : null],
  );
  return rowCount === 1;
}

async function opened(rows: readonly Row[], keys: KeyStore): Promise<BreakGlass[]> {
  const found = await keys.find([...new Set(rows.map(({ key_id }) => key_id))]);
  return rows.map((row) => {
    const { id, child, who, agency, roles, live, looks } = row;
    const reason = textOf(row.reason, row.id, found.get(row.key_id));
    return {
      ...{ id, child, who, agency, roles, live, looks, beganAt: row.began_at, endsAt: row.ends_at },
      ...(reason === undefined ? {} : { reason }),
      ...reviewOf(row, found.get(row.key_id)),
    };
  });
}

function reviewOf({ id, reviewed_at, reviewed_by, verdict, comment }: Row, key: DataKey | undefined) {
  if (reviewed_at === null || reviewed_by === null || verdict === null) return {};
  const said = comment === null ? undefined : textOf(comment, id, key);
  return { review: { at: reviewed_at, by: reviewed_by, verdict, ...(said === undefined ? {} : { comment: said }) } };
}

function textOf(sealed: Buffer, id: string, key: DataKey | undefined): string | undefined {
  return key && sealed.byteLength > 0 ? open(key, sealed, id).toString() : undefined;
}
