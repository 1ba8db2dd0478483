import type { Agency } from '../../../libs/kernel/agency.js';
import type { Reader } from '../../../libs/notifications/addressing.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { COVERED, HELD } from '../children/child-rows.js';

/** Who said they have it, and when. */
export interface Acknowledged {
  readonly who: string;
  readonly name: string;
  readonly agency: string;
  /** RFC 3339. */
  readonly at: string;
}

/** A notice that may be somebody's, with what decides whether it is. */
export interface NoticeRow {
  readonly id: string;
  readonly child: string;
  readonly kind: string;
  readonly thread: string;
  readonly agency: Agency;
  readonly role: string;
  readonly purpose: string;
  readonly place: string;
  readonly urgency: 'urgent' | 'ordinary' | 'digest';
  readonly possible: boolean;
  readonly causes: string;
  readonly state: 'told' | 'recalled';
  readonly raisedAt: string;
  readonly endedAt: string | null;
  readonly position: bigint;
  readonly acting: readonly string[];
  readonly staffed: boolean;
  readonly acknowledgedBy: readonly Acknowledged[];
  /** It has stood before the reader. */
  readonly shown: boolean;
}

export interface NoticesWanted {
  /** As `onRota` has them. */
  readonly reader: Reader;
  /** They may be told of what is for others, where nobody has it: `mayBeToldBeside`. */
  readonly beside: boolean;
  /** Raised since, RFC 3339. */
  readonly since: string;
  /** Readers seen since count as there, RFC 3339. */
  readonly staffedSince: string;
  /** Only those that nobody has acknowledged. */
  readonly open: boolean;
  /** Of this thread, with this id, or about this child only. */
  readonly only?: string;
  /** Oldest first, after this position; absent: newest first. */
  readonly after?: string;
  readonly limit: number;
}

const of = (query: string, records: string): string => query.replaceAll('%records%', records);

/** Notices that may be this reader's: whether they are is decided by `toldAs`, and what they say by disclosure. */
export async function readNotices(database: Database, wanted: NoticesWanted): Promise<NoticeRow[]> {
  const { reader, beside, since, staffedSince, open, only, after, limit } = wanted;
  const oldestFirst = after !== undefined;
  const { rows } = await database.query<NoticeRow>({
    name: `notices ${oldestFirst ? 'after' : 'newest'}`,
    text: `
      with mine as (
        select distinct l.child from (
          select record from (${of(HELD, 'array(select record from caseload where worker = $2)')}) h where worker = $2
          union
          select record from (${of(COVERED, 'array(select record from cover where worker = $2)')}) c where worker = $2
        ) acting join links l on l.record = acting.record and l.known_to = 'infinity'
      )
      select n.key as id, n.record as child, n.kind, n.thread, n.to_agency as agency, n.to_role as role,
        n.to_purpose as purpose, n.to_place as place, n.urgency, n.possible, n.causes, n.state,
        n.raised_at as "raisedAt", n.ended_at as "endedAt", n.position,
        coalesce(a.acting, '{}') as acting, s.staffed,
        coalesce(k.by, '[]') as "acknowledgedBy", w.shown
      from notices n
      cross join lateral (select exists (
        select from notice_readers r where r.agency = n.to_agency and r.role = n.to_role
          and (r.place = n.to_place or r.place = '') and r.seen_at >= $5) as staffed) s
      cross join lateral (select exists (
        select from notice_shown s where s.notice = n.key and s.who = $2 and s.agency = $1) as shown) w
      left join lateral (
        select jsonb_agg(jsonb_build_object('who', who, 'name', name, 'agency', agency, 'at', at) order by at) as by
        from notice_acknowledged where notice = n.key) k on true
      left join lateral (
        select array_agg(distinct worker) as acting from (
          select h.worker from links l, lateral (${of(HELD, 'array[l.record]')}) h
          where l.child = coalesce(n.to_holder_of, n.record) and l.known_to = 'infinity'
          union all
          select c.worker from links l, lateral (${of(COVERED, 'array[l.record]')}) c
          where l.child = coalesce(n.to_holder_of, n.record) and l.known_to = 'infinity'
        ) workers) a on n.to_role = 'named-case-manager'
      where (n.raised_at >= $4 or (n.state = 'recalled' and n.ended_at >= $4)) and ($8::uuid is null or n.thread = $8 or n.key = $8 or n.record = $8)
        and ((n.state = 'told' and not ($7 and k.by is not null) and (
            (n.to_agency = $1 and (n.to_role = any($3::text[]) or 'system' = any($3)
              or (n.to_role = 'named-case-manager' and coalesce(n.to_holder_of, n.record) in (select child from mine))))
            or ($6 and k.by is null and (n.to_role = 'named-case-manager' or n.to_role = 'duty-officer' or n.urgency = 'urgent' or not s.staffed))))
          or (n.state = 'recalled' and w.shown and not $7))
        ${oldestFirst ? 'and n.position > $10::bigint' : ''}
      order by n.position ${oldestFirst ? 'asc' : 'desc'}, n.key limit $9`,
    values: [
      reader.agency,
      reader.who,
      reader.roles,
      since,
      staffedSince,
      beside,
      open,
      only ?? null,
      limit,
      ...(oldestFirst ? [after] : []),
    ],
  });
  return rows;
}
