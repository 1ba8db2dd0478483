import type { Database } from '../../../libs/platform/database/pool.js';
import type { Disclosable } from '../../../libs/disclosure/terms.js';
import type { TimelineRow } from '../../../libs/timeline/timeline.projection.js';
import type { TimelineFilter } from './filter.js';
import { kindOf, nameOf, visible } from './kind-text.js';

/** A timeline row with its place in the order, exact where `occurred_at` is cut to milliseconds. */
export interface PageRow extends TimelineRow {
  readonly place: string;
}

export interface Place {
  /** Microseconds since the epoch. */
  readonly occurred: string;
  readonly position: string;
}

export interface PageWanted {
  readonly child: string;
  /** The kinds that this viewer sees in full: everything else is as if it were not there. */
  readonly kinds: readonly Disclosable[];
  readonly filter: TimelineFilter;
  /** With `filter.asKnownAt`: whose rows may be shown besides, though they are known to be another child's now. */
  readonly others: {
    readonly children: readonly string[];
    /** The kinds that this viewer sees in full of them. */
    readonly kinds: readonly Disclosable[];
  };
  readonly after?: Place;
  readonly limit: number;
}

const SEEN = (alias: string): string => `(${kindOf(alias)} = any($2::text[]))`;
const VISIBLE = visible(SEEN);

const EARLIER = `
  (select o.key from timeline o where o.key = t.supersedes and ${SEEN('o')}) as supersedes`;

// What was linked here by mistake is another child's today: it is theirs to tell of.
const THEIRS = `
  exists (select from links n where n.record = l.record and n.known_to = 'infinity'
          and t.occurred_at >= n.valid_from and t.occurred_at < n.valid_to
          and (n.child = $1 or (n.child = any($11::uuid[]) and ${kindOf('t')} = any($12::text[]))))`;

/** The newest entries first, at most `limit`, as recorded and linked at `filter.asKnownAt`, or as they are. */
export async function readPage(database: Database, wanted: PageWanted): Promise<PageRow[]> {
  const { child, kinds, filter, others, after, limit } = wanted;
  const known = filter.asKnownAt !== undefined;
  const { rows } = await database.query<PageRow>({
    name: `timeline page ${known ? 'as known' : 'now'}`,
    text: `
      select t.*, ${EARLIER}, (extract(epoch from t.occurred_at) * 1000000)::bigint::text as place
      from links l join timeline t on t.record = l.record
      where l.child = $1
        and t.occurred_at >= l.valid_from and t.occurred_at < l.valid_to
        and ${known ? `l.known_from <= $3 and l.known_to > $3 and t.recorded_at <= $3 and ${THEIRS}` : `$3::timestamptz is null and l.known_to = 'infinity'`}
        and ($4::text[] is null or t.agency = any($4)) and ($5::text[] is null or t.category = any($5))
        and ($6::timestamptz is null or t.occurred_at >= $6) and ($7::timestamptz is null or t.occurred_at <= $7)
        and ($8::bigint is null or (t.occurred_at, t.position) < (to_timestamp(0) + $8 * interval '1 microsecond', $9::bigint))
        and ${VISIBLE}
      order by t.occurred_at desc, t.position desc limit $10`,
    values: [
      child,
      [...new Set(kinds.map(nameOf))],
      filter.asKnownAt ?? null,
      filter.agencies ?? null,
      filter.categories ?? null,
      filter.from ?? null,
      filter.to ?? null,
      after?.occurred ?? null,
      after?.position ?? null,
      limit,
      ...(known ? [others.children, [...new Set(others.kinds.map(nameOf))]] : []),
    ],
  });
  return rows;
}

/** The children to whom records belong now that were linked to this one before. */
export async function laterChildren(database: Database, child: string): Promise<string[]> {
  const { rows } = await database.query<{ child: string }>({
    name: 'later children',
    text: `
      select distinct n.child from links l join links n on n.record = l.record and n.known_to = 'infinity'
      where l.child = $1 and n.child <> $1`,
    values: [child],
  });
  return rows.map((row) => row.child);
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
    values: [child, [...new Set(kinds.map(nameOf))]],
  });
  return rows[0] ?? {};
}
