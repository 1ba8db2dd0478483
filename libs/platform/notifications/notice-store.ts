import type { Database } from '../database/pool.js';

/** Somebody, as sign-in names them. */
export interface Person {
  readonly who: string;
  readonly agency: string;
}

/** Notes the notices that stand before somebody for the first time. */
export async function noteShown(
  database: Database,
  { who, agency }: Person,
  notices: readonly { readonly id: string; readonly urgency: string }[],
  at: string,
): Promise<void> {
  if (notices.length === 0) return;
  await database.query({
    name: 'notice shown',
    text: `insert into notice_shown (notice, who, agency, urgency, at)
           select n, $3, $4, u, $5 from unnest($1::uuid[], $2::text[]) as s (n, u) on conflict do nothing`,
    values: [notices.map(({ id }) => id), notices.map(({ urgency }) => urgency), who, agency, at],
  });
}

export interface Acknowledging extends Person {
  readonly notice: string;
  readonly name: string;
  /** The role in which they were told. */
  readonly role: string;
  /** RFC 3339. */
  readonly at: string;
  readonly correlationId: string;
}

/** Once for everybody: the same again changes nothing. */
export async function acknowledge(database: Database, said: readonly Acknowledging[]): Promise<void> {
  await database.query({
    name: 'notice acknowledge',
    text: `insert into notice_acknowledged (notice, who, agency, name, role, at, correlation_id)
           select r.notice, r.who, r.agency, r.name, r.role, r.at, r.correlation from json_to_recordset($1) as r (
             notice uuid, who text, agency text, name text, role text, at timestamptz, correlation uuid)
           on conflict do nothing`,
    values: [JSON.stringify(said.map(({ correlationId, ...one }) => ({ ...one, correlation: correlationId })))],
  });
}

/** Notes that somebody reads an inbox, at most once an hour. */
export async function noteReader(
  database: Database,
  { who, agency, roles, area = '' }: Person & { readonly roles: readonly string[]; readonly area?: string },
  name: string,
  at: string,
): Promise<void> {
  await database.query({
    name: 'notice reader',
    text: `insert into notice_readers as r (who, agency, role, place, name, seen_at)
           select $1, $2, role, $4, $5, $6 from unnest($3::text[]) as s (role)
           on conflict (agency, role, place, who) do update set name = $5, seen_at = $6
           where r.seen_at < $6::timestamptz - interval '1 hour'`,
    // A token may name a role twice.
    values: [who, agency, [...new Set(roles)], area, name, at],
  });
}

/** How often somebody was interrupted on a day: notices that stood before them for the first time. */
export interface Interruptions {
  readonly who: string;
  readonly name: string;
  readonly urgent: number;
  readonly ordinary: number;
}

/** Of one agency, or one of its people, between two instants; who was interrupted most first. */
export async function interruptions(
  database: Database,
  agency: string,
  from: string,
  to: string,
  who?: string,
): Promise<Interruptions[]> {
  const { rows } = await database.query<Interruptions>({
    name: 'notice interruptions',
    text: `
      select s.who, coalesce((select max(r.name) from notice_readers r where r.who = s.who and r.agency = s.agency), s.who) as name,
        count(*) filter (where urgency = 'urgent')::integer as urgent,
        count(*) filter (where urgency = 'ordinary')::integer as ordinary
      from notice_shown s
      where agency = $1 and at >= $2 and at < $3 and ($4::text is null or who = $4) and urgency <> 'digest'
      group by s.who, s.agency order by count(*) desc, s.who`,
    values: [agency, from, to, who ?? null],
  });
  return rows;
}
