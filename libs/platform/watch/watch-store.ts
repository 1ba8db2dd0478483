import type { Connection, Database } from '../database/pool.js';

/** Where the last look at the sources ended. */
export interface Beat {
  /** RFC 3339. */
  readonly at: string;
  readonly seqBefore: bigint;
  readonly seqNow: bigint;
  /** In London, `YYYY-MM-DD`. */
  readonly day: string;
  readonly daySeq: bigint;
}

/** A silence: a source that was expected and did not come. Times are RFC 3339. */
export interface Silence {
  readonly system: string;
  /** '' for any. */
  readonly format: string;
  readonly heardAt: string;
  readonly beganAt: string;
  readonly endedAt?: string;
}

export interface Heard {
  readonly system: string;
  readonly format: string;
  /** RFC 3339. */
  readonly at: string;
}

/** Takes the one lock under which the hub looks; undefined when another instance is looking just now. */
export async function beginBeat(connection: Connection, at: string, day: string): Promise<Beat | undefined> {
  await connection.query('insert into watch (beat_at, day) values ($1, $2) on conflict do nothing', [at, day]);
  const { rows } = await connection.query<Beat>(
    `select beat_at as at, seq_before as "seqBefore", seq_now as "seqNow", day::text, day_seq as "daySeq"
     from watch for update skip locked`,
  );
  return rows[0];
}

export async function endBeat(connection: Connection, beat: Beat): Promise<void> {
  await connection.query('update watch set beat_at = $1, seq_before = $2, seq_now = $3, day = $4, day_seq = $5', [
    beat.at,
    beat.seqBefore,
    beat.seqNow,
    beat.day,
    beat.daySeq,
  ]);
}

/** Nobody looked from one instant to another: RFC 3339. Those that no cadence reaches back to any more go. */
export async function noteOutage(connection: Connection, from: string, to: string): Promise<void> {
  await connection.query('insert into hub_outages values ($1, $2) on conflict do nothing', [from, to]);
  await connection.query(`delete from hub_outages where ended_at < $1::timestamptz - interval '400 days'`, [to]);
}

export async function outages(connection: Connection | Database): Promise<{ from: number; to: number }[]> {
  const { rows } = await connection.query<{ from: number; to: number }>(
    `select (extract(epoch from began_at) * 1000)::float8 as from, (extract(epoch from ended_at) * 1000)::float8 as to
     from hub_outages order by began_at`,
  );
  return rows;
}

/** Reads the receipts of these systems that came after `seq`; answers the highest there is. */
export async function hear(connection: Connection, systems: readonly string[], after: bigint): Promise<bigint> {
  const { rows } = await connection.query<{ highest: bigint | null }>(
    `with heard as (
       select r.system, r.format, max(r.received_at) as at, max(r.seq) as seq
       from unnest($1::text[]) s (system)
       cross join lateral (select system, format, received_at, seq from receipts
                           where system = s.system and seq > $2 order by seq) r
       group by r.system, r.format
     ), kept as (
       insert into sources_heard (system, format, heard_at) select system, format, at from heard order by 1, 2
       on conflict (system, format) do update set heard_at = greatest(sources_heard.heard_at, excluded.heard_at)
     )
     select max(seq) as highest from heard`,
    [systems, after],
  );
  return rows[0]?.highest ?? after;
}

export async function heard(connection: Connection | Database): Promise<Heard[]> {
  const { rows } = await connection.query<Heard>(
    'select system, format, heard_at as at from sources_heard order by system, format',
  );
  return rows;
}

/** Those that last, and, newest first, those that have ended; at most `limit`. */
export async function silences(database: Connection | Database, limit: number): Promise<Silence[]> {
  const { rows } = await database.query<Omit<Silence, 'endedAt'> & { ended_at: string | null }>(
    `select system, format, heard_at as "heardAt", began_at as "beganAt", ended_at from silences
     order by ended_at desc nulls first, began_at desc, system, format limit $1`,
    [limit],
  );
  return rows.map(({ ended_at, ...silence }) => ({ ...silence, ...(ended_at === null ? {} : { endedAt: ended_at }) }));
}

/** True when it was not there: nobody is told twice. */
export async function beginSilence(connection: Connection, silence: Silence, noticedAt: string): Promise<boolean> {
  const { rowCount } = await connection.query(
    `insert into silences (system, format, heard_at, began_at, noticed_at) values ($1, $2, $3, $4, $5)
     on conflict (system, format) where ended_at is null do nothing`,
    [silence.system, silence.format, silence.heardAt, silence.beganAt, noticedAt],
  );
  return rowCount === 1;
}

export async function endSilence(connection: Connection, { system, format }: Silence, at: string): Promise<void> {
  await connection.query('update silences set ended_at = $3 where system = $1 and format = $2 and ended_at is null', [
    system,
    format,
    at,
  ]);
}
