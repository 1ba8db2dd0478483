import type { OnDuty, Turn } from '../../../libs/notifications/rota.js';
import { transaction, type Connection, type Database } from '../../../libs/platform/database/pool.js';
import { COVERED, HELD } from '../children/child-rows.js';

/** One entry of the rota: somebody is duty officer, in a team, for a while. Times are RFC 3339. */
export interface RotaEntry extends Turn {
  readonly id: string;
  readonly team: string;
  /** Sign-in name. */
  readonly worker: string;
  readonly workerName: string;
  /** The cases they hold are somebody else's to cover just now. */
  readonly away: boolean;
}

/** What is recorded of a turn, by whom and when. */
export interface Recording extends Omit<RotaEntry, 'away'> {
  readonly by: string;
  readonly at: string;
}

const held = HELD.replaceAll('%records%', 'array(select record from caseload where worker = r.worker)');
const covered = COVERED.replaceAll('%records%', 'array(select record from caseload where worker = r.worker)');

// Cover is said of each child: whoever has any case of theirs covered by another now may not be there.
const AWAY = `exists (
  select from (${held}) own join (${covered}) other on other.record = own.record
  where own.worker = r.worker and other.worker <> r.worker)`;

const COLUMNS = `r.id, r.team, r.worker, r.worker_name as "workerName", r.starts_at as "startsAt", r.ends_at as "endsAt", ${AWAY} as away`;

/** Who is on duty, with what to call them: whoever is away is named with it. */
export interface OnDutyNow extends OnDuty {
  readonly words: readonly string[];
}

/** Who is on duty at an instant, RFC 3339; undefined while no rota is kept: nobody has put anybody on it. */
export async function onDutyAt(database: Database, at: string): Promise<OnDutyNow | undefined> {
  const { rows } = await database.query<{ kept: boolean } & Pick<RotaEntry, 'worker' | 'workerName' | 'team' | 'away'>>(
    {
      name: 'rota now',
      text: `
      select kept, coalesce(r.worker, '') as worker, r.worker_name as "workerName", r.team, r.away from (select exists (select from duty_rota where removed_at is null) as kept) k
      left join lateral (
        select worker, worker_name, team, ${AWAY} as away from duty_rota r where removed_at is null and starts_at <= $1 and ends_at > $1
      ) r on true`,
      values: [at],
    },
  );
  if (rows[0]?.kept !== true) return undefined;
  const named = rows.filter(({ worker }) => worker !== '');
  return {
    named: named.map(({ worker }) => worker),
    gap: named.every(({ away }) => away),
    words: named.map(({ workerName, team, away }) => `${workerName} (${team}${away ? ', away' : ''})`),
  };
}

/** Entries that had not ended at an instant (RFC 3339), in the order in which they begin; at most `limit`. */
export async function readRota(database: Database, endingAfter: string, limit: number): Promise<RotaEntry[]> {
  const { rows } = await database.query<RotaEntry>({
    name: 'rota read',
    text: `select ${COLUMNS} from duty_rota r where removed_at is null and ends_at > $1 order by starts_at, ends_at, id limit $2`,
    values: [endingAfter, limit],
  });
  return rows;
}

/** One that can still be changed: it has not been removed, nor ended by `at` (RFC 3339). */
export async function findTurn(database: Database, id: string, at: string): Promise<RotaEntry | undefined> {
  const { rows } = await database.query<RotaEntry>({
    name: 'rota find',
    text: `select ${COLUMNS} from duty_rota r where id = $1 and removed_at is null and ends_at > $2`,
    values: [id, at],
  });
  return rows[0];
}

/** The same said twice is there once. */
export async function addTurn(database: Database | Connection, recording: Recording): Promise<void> {
  const { id, team, worker, workerName, startsAt, endsAt, by, at } = recording;
  await database.query(
    `insert into duty_rota (id, team, worker, worker_name, starts_at, ends_at, recorded_by, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [id, team, worker, workerName, startsAt, endsAt, by, at],
  );
}

/** Puts another in the place of an entry. False, and nothing changed, where somebody has changed or removed it meanwhile, or it is over. */
export async function changeTurn(database: Database, before: string, recording: Recording): Promise<boolean> {
  return transaction(database, async (connection) => {
    if (!(await removeTurn(connection, before, recording))) return false;
    await addTurn(connection, recording);
    return true;
  });
}

/** Takes an entry off; it is kept as what was said. False where it was off already, or is over: what was, was. */
export async function removeTurn(
  database: Database | Connection,
  id: string,
  { by, at }: Pick<Recording, 'by' | 'at'>,
): Promise<boolean> {
  const { rowCount } = await database.query(
    'update duty_rota set removed_by = $2, removed_at = $3 where id = $1 and removed_at is null and ends_at > $3',
    [id, by, at],
  );
  return rowCount === 1;
}
