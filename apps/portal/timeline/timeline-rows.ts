import type { Database } from '../../../libs/platform/database/pool.js';
import type { Disclosable } from '../../../libs/disclosure/terms.js';
import type { TimelineRow } from '../../../libs/timeline/timeline.projection.js';
import type { TimelineFilter } from './filter.js';

/** What kinds of entry a child has, or had while another record was linked. Few, however many entries there are. */
export interface KindRow extends Disclosable {
  /** Some entry of this kind belongs to the child as linked now. */
  readonly live: boolean;
}

/** A timeline row with its place in the order, exact where `occurred_at` is cut to milliseconds. */
export interface PageRow extends TimelineRow {
  readonly place: string;
}

export interface Place {
  /** Microseconds since the epoch. */
  readonly occurred: string;
  readonly position: string;
}

// A kind in one value, so that it is compared at once; no part of it holds a line feed.
const kindOf = (alias: string): string =>
  `(${alias}.agency || E'\\n' || ${alias}.category || E'\\n' || ${alias}.handling)`;
const nameOf = ({ agency, category, handling }: Disclosable): string => `${agency}\n${category}\n${handling}`;

export interface PageWanted {
  readonly child: string;
  /** The kinds that this viewer sees in full: everything else is as if it were not there. */
  readonly kinds: readonly Disclosable[];
  readonly filter: TimelineFilter;
  readonly after?: Place;
  readonly limit: number;
}

export async function readKinds(database: Database, child: string): Promise<KindRow[]> {
  const { rows } = await database.query<KindRow>({
    name: 'timeline kinds',
    text: `
      select t.agency, t.category, t.handling, bool_or(l.known_to = 'infinity') as live
      from links l join timeline t on t.record = l.record
      where l.child = $1 and t.occurred_at >= l.valid_from and t.occurred_at < l.valid_to
      group by 1, 2, 3 order by 1, 2, 3`,
    values: [child],
  });
  return rows;
}

// A version that no longer holds is not shown where another version of its fact may not be: what its source has since
// marked as not for this viewer would show through the old one. The limit keeps the look-up to the rows of one record: as an
// anti-join the planner reads the whole table for it.
const VISIBLE = `
  ${kindOf('t')} = any($2::text[])
  and ((t.superseded_by is null and not t.historic) or (
    select true from timeline o where o.record = t.record and o.fact = t.fact
    and ${kindOf('o')} <> all($2::text[]) limit 1) is null)`;

const EARLIER = `
  (select o.key from timeline o where o.key = t.supersedes
   and ${kindOf('o')} = any($2::text[])) as supersedes`;

/** The newest entries first, at most `limit`, as recorded and linked at `filter.asKnownAt`, or as they are. */
export async function readPage(database: Database, wanted: PageWanted): Promise<PageRow[]> {
  const { child, kinds, filter, after, limit } = wanted;
  const known = filter.asKnownAt !== undefined;
  const { rows } = await database.query<PageRow>({
    name: `timeline page ${known ? 'as known' : 'now'}`,
    text: `
      select t.*, ${EARLIER}, (extract(epoch from t.occurred_at) * 1000000)::bigint::text as place
      from links l join timeline t on t.record = l.record
      where l.child = $1
        and t.occurred_at >= l.valid_from and t.occurred_at < l.valid_to
        and ${known ? 'l.known_from <= $3 and l.known_to > $3 and t.recorded_at <= $3' : `$3::timestamptz is null and l.known_to = 'infinity'`}
        and ($4::text[] is null or t.agency = any($4)) and ($5::text[] is null or t.category = any($5))
        and ($6::timestamptz is null or t.occurred_at >= $6) and ($7::timestamptz is null or t.occurred_at <= $7)
        and ($8::bigint is null or (t.occurred_at, t.position) < (to_timestamp(0) + $8 * interval '1 microsecond', $9::bigint))
        and ${VISIBLE}
      order by t.occurred_at desc, t.position desc limit $10`,
    values: [
      child,
      kinds.map(nameOf),
      filter.asKnownAt ?? null,
      filter.agencies ?? null,
      filter.categories ?? null,
      filter.from ?? null,
      filter.to ?? null,
      after?.occurred ?? null,
      after?.position ?? null,
      limit,
    ],
  });
  return rows;
}

/** What changes whenever an entry that is seen in full comes, goes, or stops to hold. */
export async function readVisible(
  database: Database,
  child: string,
  kinds: readonly Disclosable[],
): Promise<Readonly<Record<string, string | null>>> {
  const { rows } = await database.query<Record<string, string | null>>({
    name: 'timeline visible',
    text: `
      select count(*)::text as entries, max(t.position)::text as newest,
             max(t.superseded_at)::text as superseded, max(t.withdrawn_at)::text as withdrawn
      from links l join timeline t on t.record = l.record
      where l.child = $1 and l.known_to = 'infinity'
        and t.occurred_at >= l.valid_from and t.occurred_at < l.valid_to
        and ${VISIBLE}`,
    values: [child, kinds.map(nameOf)],
  });
  return rows[0] ?? {};
}
