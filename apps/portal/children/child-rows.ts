import type { Reach } from '../../../libs/disclosure/reach.js';
import type { Sight } from '../../../libs/disclosure/sight.js';
import type { Disclosable } from '../../../libs/disclosure/terms.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { sightValues, told } from './told.js';

/** One source record of a child, as linked to it now. */
export interface RecordRow {
  readonly stream: string;
  readonly agency: string;
  readonly key_id: string;
  readonly person: Buffer | null;
}

/** Who holds a child's case now, as the case system of one record states it. */
export interface HolderRow {
  readonly worker: string;
  readonly worker_name: string | null;
  readonly team: string | null;
  readonly since: string;
  /** The entry that says so; absent while it is on its way to the timeline. */
  readonly entry?: Disclosable;
}

/** Who acts for them now, as the case system of one record states it. */
export interface CoverRow {
  readonly worker: string;
  readonly worker_name: string | null;
  readonly team: string | null;
  /** RFC 3339; absent: until further notice. */
  readonly until?: string;
  /** The entry that says so; absent while it is on its way to the timeline. */
  readonly entry?: Disclosable;
}

export interface ChildRow {
  readonly id: string;
  readonly provisional: boolean;
  readonly records: readonly RecordRow[];
  /** Newest first. */
  readonly holders: readonly HolderRow[];
  readonly covers: readonly CoverRow[];
}

export interface ChildrenWanted {
  readonly reach: Reach;
  /** Children whose case this worker holds, covers for somebody else now, or either. */
  readonly workedBy?: { readonly worker: string; readonly as: 'holder' | 'cover' | 'either' };
  /** Children whose case is held in this team. */
  readonly team?: string;
  /** Children of whom one record has all these name tokens, or claims one of these identifiers, and the caller may know it. */
  readonly search?: {
    readonly tokens: readonly Buffer[];
    readonly identifiers: readonly IdentifierHash[];
    readonly sight: Sight;
  };
  /** Children after this one, in order of id. */
  readonly after?: string;
  readonly limit: number;
}

export interface IdentifierHash {
  readonly kind: string;
  readonly hash: Buffer;
}

const LIVE = `l.known_to = 'infinity' and l.valid_from <= now() and l.valid_to > now()`;

// The newest statement that still counts, per record, unless it closes the case.
export const HELD = `
  select * from (
    select distinct on (c.record) c.record, c.key, c.worker, c.worker_name, c.team, c.since, c.closed
    from caseload c where c.record = any(%records%) and c.void_at is null and c.since <= now()
    order by c.record, c.since desc, c.position desc
  ) newest where not closed`;

// Who covers an open case now. A case that has gone to another worker since is theirs: the cover was for the one before.
export const COVERED = `
  select distinct on (c.record) c.record, c.key, c.worker, c.worker_name, c.team, c.covers_until
  from cover c join (${HELD}) h on h.record = c.record
  where c.void_at is null and c.covers_from <= now() and (c.covers_until is null or c.covers_until > now())
    and (h.since <= c.covers_from or h.worker = coalesce((
      select a.worker from caseload a where a.record = c.record and a.void_at is null and a.since <= c.covers_from
      order by a.since desc, a.position desc limit 1), h.worker))
  order by c.record, c.covers_from desc, c.key`;

/** The kind of the timeline's entry with the key `key`, as JSON. */
const entryAt = (key: string): string => `
  (select jsonb_build_object('agency', t.agency, 'category', t.category, 'handling', t.handling)
   from timeline t where t.key = ${key})`;

/** Ids of the children wanted, within what the caller may know of; at most `limit`, in order of id. */
export async function findChildren(database: Database, wanted: ChildrenWanted): Promise<string[]> {
  const { reach, workedBy, team, search, after, limit } = wanted;
  const { rows } = await database.query<{ id: string }>({
    name: 'find children',
    text: `
      with said as (
        select n.record, r.agency, coalesce(n.at, r.person_stated_at) as at from (
          select record, null::timestamptz as at from name_index where token = any($1::bytea[])
          group by record having count(*) = cardinality($1::bytea[])
          union all
          select c.record, c.stated_at from unnest($2::text[], $3::bytea[]) as i (kind, hash)
          join claims c on c.kind = i.kind and c.value_hash = i.hash
        ) n
        -- Fenced, so that each is looked up: the planner expects one name and would compare every record with every name.
        cross join lateral (select agency, person_stated_at from records where stream = n.record offset 0) r
      ), named as (
        select record from said where ${told({ record: 'said.record', agency: 'said.agency', at: 'said.at' }, ['$10', '$11'])}
      ), held as (
        ${of(HELD, `array(select record from caseload where worker = $4 or team = $12)`)}
      ), covered as (
        ${of(COVERED, `array(select record from cover where worker = $4)`)}
      ), candidates as (
        select distinct l.child from links l
        where ${LIVE}
          and ($5 is false or l.record in (select record from named))
          and ($4::text is null
            or ($13 <> 'cover' and l.record in (select record from held where worker = $4))
            or ($13 <> 'holder' and l.record in (select record from covered where worker = $4)))
          and ($12::text is null or l.record in (select record from held where team = $12))
          and ($6::uuid is null or l.child > $6)
      )
      select k.id from children k join candidates on candidates.child = k.id
      where k.erased_at is null and ${within('$7', '$8')}
      order by k.id limit $9`,
    values: [
      search?.tokens ?? [],
      search?.identifiers.map(({ kind }) => kind) ?? [],
      search?.identifiers.map(({ hash }) => hash) ?? [],
      workedBy?.worker ?? null,
      search !== undefined,
      after ?? null,
      reach.recordsOf,
      reach.openCases,
      limit,
      ...(search ? sightValues(search.sight) : [[], []]),
      team ?? null,
      workedBy?.as ?? 'either',
    ],
  });
  return rows.map(({ id }) => id);
}

/**
 * True for a child within a reach, by what `knownChildren` decides anew for each: so that a list asks for no more than it may show. The
 * arguments are SQL: the child's id, and the reach's `recordsOf` and `openCases`.
 */
export function inReach(child: string, [recordsOf, openCases]: readonly [string, string]): string {
  return `(
    (select true from links l join records r on r.stream = l.record
     where l.child = ${child} and ${LIVE} and r.agency = any(${recordsOf}::text[]) limit 1)
    or (${openCases}::boolean and
      (select true from (${of(HELD, `array(select l.record from links l where l.child = ${child} and ${LIVE})`)}) open limit 1)))`;
}

/** Records whose case is held in this team now: SQL, as is the argument. */
export function heldInTeam(team: string): string {
  return `select record from (${of(HELD, `array(select record from caseload where team = ${team})`)}) h where team = ${team}`;
}

/** How many children of one allocation's kind a worker holds, and how many they cover for others now. */
export interface WorkloadRow {
  readonly worker: string;
  readonly worker_name: string | null;
  readonly team: string | null;
  readonly covers: boolean;
  readonly children: number;
  readonly entry: Disclosable | null;
}

/** Who holds and covers how many children, within what the caller may know of. */
export async function readWorkload(database: Database, { recordsOf, openCases }: Reach): Promise<WorkloadRow[]> {
  const { rows } = await database.query<WorkloadRow>({
    name: 'read workload',
    text: `
      with acting as (
        select record, key, worker, worker_name, team, false as covers from (${of(HELD, 'array(select record from caseload)')}) h
        union all
        select record, key, worker, worker_name, team, true from (${of(COVERED, 'array(select record from cover)')}) c
      )
      select a.worker, max(a.worker_name) as worker_name, a.team, a.covers, count(distinct l.child)::integer as children,
        jsonb_build_object('agency', t.agency, 'category', t.category, 'handling', t.handling) as entry
      from acting a
      join timeline t on t.key = a.key
      join links l on l.record = a.record and ${LIVE}
      join children k on k.id = l.child and k.erased_at is null
      where $2 or exists (select from links o join records r on r.stream = o.record
                          where o.child = k.id and o.known_to = 'infinity' and r.agency = any($1::text[]))
      group by a.worker, a.team, a.covers, t.agency, t.category, t.handling
      order by a.team nulls last, a.worker`,
    values: [recordsOf, openCases],
  });
  return rows;
}

// The queries above are about the records that are put in here.
function of(query: string, records: string): string {
  return query.replaceAll('%records%', records);
}

interface OfRecord {
  readonly id: string;
  readonly provisional: boolean;
  readonly stream: string;
  readonly agency: string;
  readonly key_id: string;
  readonly person: Buffer | null;
  readonly worker: string | null;
  readonly worker_name: string | null;
  readonly team: string | null;
  readonly since: string | null;
  readonly entry: Disclosable | null;
  readonly cover: (Omit<CoverRow, 'entry' | 'until'> & { until: string | null; entry: Disclosable | null }) | null;
}

const OF_RECORDS = `
  select k.id, k.provisional, r.stream, r.agency, r.key_id, r.person, h.worker, h.worker_name, h.team, h.since,
    ${entryAt('h.key')} as entry,
    case when c.key is not null then jsonb_build_object('worker', c.worker, 'worker_name', c.worker_name,
      'team', c.team, 'until', c.covers_until, 'entry', ${entryAt('c.key')}) end as cover
  from children k
  join links l on l.child = k.id and ${LIVE}
  join records r on r.stream = l.record
  left join lateral (${of(HELD, 'array[l.record]')}) h on true
  left join lateral (${of(COVERED, 'array[l.record]')}) c on true
  where k.erased_at is null`;

// Of a child, alias k: whether it is within a reach, the parameters being which agencies' records, and whether open cases.
const within = (recordsOf: string, openCases: string): string => `(
  exists (select from links l join records r on r.stream = l.record
          where l.child = k.id and ${LIVE} and r.agency = any(${recordsOf}::text[]))
  or (${openCases}::boolean and exists (
    select from (${of(HELD, `array(select l.record from links l where l.child = k.id and ${LIVE})`)}) open)))`;

/** These children with their records and who holds their cases, in the order of the ids; unknown and erased ones are left out. */
export async function readChildren(database: Database, ids: readonly string[]): Promise<ChildRow[]> {
  const { rows } = await database.query<OfRecord>({
    name: 'read children',
    text: `
      ${OF_RECORDS} and k.id = any($1::uuid[])
      order by array_position($1::uuid[], k.id), h.since desc nulls last, r.stream`,
    values: [ids],
  });
  return childrenOf(rows);
}

/**
 * The same of one child, if it is within a reach: of one that is not, no more is read than of one that there is not, since how long
 * that takes would tell them apart. A list of one id is planned anew each time, which takes longer than reading it.
 */
export async function readChild(database: Database, id: string, reach: Reach): Promise<ChildRow | undefined> {
  const { rows } = await database.query<OfRecord>({
    name: 'read child',
    text: `${OF_RECORDS} and k.id = $1::uuid and ${within('$2', '$3')} order by h.since desc nulls last, r.stream`,
    values: [id, reach.recordsOf, reach.openCases],
  });
  return childrenOf(rows)[0];
}

function childrenOf(rows: readonly OfRecord[]): ChildRow[] {
  return [...Map.groupBy(rows, ({ id }) => id)].map(([id, ofChild]) => ({
    id,
    provisional: ofChild.some(({ provisional }) => provisional),
    records: ofChild,
    holders: ofChild.flatMap(({ worker, worker_name, team, since, entry }) =>
      worker === null || since === null ? [] : [{ worker, worker_name, team, since, ...(entry ? { entry } : {}) }],
    ),
    covers: ofChild.flatMap(({ cover }) => {
      if (cover === null) return [];
      const { until, entry, ...who } = cover;
      return [{ ...who, ...(until === null ? {} : { until }), ...(entry ? { entry } : {}) }];
    }),
  }));
}
