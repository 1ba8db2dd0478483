import type { Database } from '../../../libs/platform/database/pool.js';
import type { Disclosable } from '../../../libs/disclosure/terms.js';
import type { TimelineRow } from '../../../libs/timeline/timeline.projection.js';
import type { TimelineFilter } from './filter.js';
import { kindOf, nameOf, visible } from './kind-text.js';

/** A timeline row with its place in the order, exact where `occurred_at` is cut to milliseconds. */
export interface PageRow extends TimelineRow {
  readonly place: string;
  /** When the hub came to know that the row's record is this child's: RFC 3339. */
  readonly linked_at: string;
}

export interface Place {
  /** Microseconds since the epoch. */
  readonly occurred: string;
  readonly position: string;
}

/** The entries of a child that one viewer sees in full, now or as they were known. */
export interface Seen {
  readonly child: string;
  /** The kinds that this viewer sees in full: everything else is as if it were not there. */
  readonly kinds: readonly Disclosable[];
  /** RFC 3339; absent: as things are. */
  readonly asKnownAt?: string;
  /** With `asKnownAt`: whose rows may be shown besides, though they are known to be another child's now. */
  readonly others: {
    readonly children: readonly string[];
    /** The kinds that this viewer sees in full of them. */
    readonly kinds: readonly Disclosable[];
  };
}

export interface PageWanted {
  readonly seen: Seen;
  /** Its `asKnownAt` is that of `seen`. */
  readonly filter: TimelineFilter;
  readonly after?: Place;
  readonly only?: Only;
  readonly limit: number;
}

/** Nothing but these, of what would be shown anyway: event ids, or facts. */
export type Only = { readonly entries: readonly string[] } | { readonly facts: readonly string[] };

const KIND_SEEN = (alias: string): string => `(${kindOf(alias)} = any($2::text[]))`;
const VISIBLE = visible(KIND_SEEN);

/** The version before, only where it is shown itself: that there was one would tell of it. Takes `seenValues`. */
export const EARLIER = `
  (case when t.supersedes is not null then (select o.key from timeline o where o.key = t.supersedes and (
    select true from timeline v where v.record = t.record and v.fact = t.fact
    and not ${KIND_SEEN('v')} limit 1) is null) end)`;

// The first time: a link that was made again, or by a person after a rule, made nothing new known.
const LINKED = `
  (select min(k.known_from) from links k where k.record = t.record and k.child = $1) as linked_at`;

// What was linked here by mistake is another child's today: it is theirs to tell of.
const THEIRS = `
  exists (select from links n where n.record = l.record and n.known_to = 'infinity'
          and t.occurred_at >= n.valid_from and t.occurred_at < n.valid_to
          and (n.child = $1 or (n.child = any($4::uuid[]) and ${kindOf('t')} = any($5::text[]))))`;

/** What of a link, alias `l`, and of a row, alias `t`, makes that the row is the child's. Takes `seenValues` as $1 to $5. */
function theirs({ asKnownAt }: Seen): { readonly link: string; readonly row: string } {
  const within = `t.record = l.record and t.occurred_at >= l.valid_from and t.occurred_at < l.valid_to`;
  return asKnownAt === undefined
    ? {
        link: `l.child = $1 and l.known_to = 'infinity'`,
        row: `${within} and $3::timestamptz is null and $4::uuid[] is not null and $5::text[] is not null and ${VISIBLE}`,
      }
    : {
        link: `l.child = $1 and l.known_from <= $3::timestamptz and l.known_to > $3`,
        row: `${within} and t.recorded_at <= $3 and ${THEIRS} and ${VISIBLE}`,
      };
}

/** From where and which: rows of the timeline, alias `t`, through links, alias `l`. Takes `seenValues` as $1 to $5. */
export function rowsSeen(seen: Seen): string {
  const { link, row } = theirs(seen);
  return `from links l join timeline t on ${row} where ${link}`;
}

export function seenValues({ child, kinds, asKnownAt, others }: Seen): unknown[] {
  const names = (of: readonly Disclosable[]): string[] => [...new Set(of.map(nameOf))];
  return [child, names(kinds), asKnownAt ?? null, others.children, names(others.kinds)];
}

/** For names of prepared statements, of which there is one for each. */
export const nowOrThen = ({ asKnownAt }: Seen): string => (asKnownAt === undefined ? 'now' : 'as known');

/** The newest entries first, at most `limit`, as recorded and linked at `asKnownAt`, or as they are. */
export async function readPage(database: Database, wanted: PageWanted): Promise<PageRow[]> {
  const { text, values, of } = pageQuery(wanted);
  const { rows } = await database.query<PageRow & { readonly earlier: string | null }>({
    name: `timeline page ${nowOrThen(wanted.seen)}${of}`,
    text: `${text} order by occurred_at desc, position desc`,
    values,
  });
  return rows.map(asShown);
}

/** A row of `pageQuery` as it may be shown: of the version before it says what the viewer may know. */
export function asShown<Row extends TimelineRow>({ earlier, ...row }: Row & { readonly earlier: string | null }) {
  return { ...row, supersedes: earlier };
}

/** The rows of a page, as a `select` of `PageRow` in which `earlier` stands for `supersedes`. `of` says of what, for the statement's name. */
export function pageQuery({ seen, filter, after, only, limit }: PageWanted): {
  readonly text: string;
  readonly values: unknown[];
  readonly of: string;
} {
  const [column, chosen] = !only ? [] : 'facts' in only ? ['t.fact', only.facts] : ['t.key::text', only.entries];
  const { link, row } = theirs(seen);
  return {
    of: column === undefined ? '' : ` only ${column}`,
    // Of each record no more than the page holds: its newest come from the index in their order, and the rest is not read.
    text: `
      select t.*, ${EARLIER} as earlier, ${LINKED}, (extract(epoch from t.occurred_at) * 1000000)::bigint::text as place
      from (
        select t.* from links l cross join lateral (
          select t.* from timeline t where ${row}
            and ($6::text[] is null or t.agency = any($6)) and ($7::text[] is null or t.category = any($7))
            and ($8::timestamptz is null or t.occurred_at >= $8) and ($9::timestamptz is null or t.occurred_at <= $9)
            and ($10::bigint is null or (t.occurred_at, t.position) < (to_timestamp(0) + $10 * interval '1 microsecond', $11::bigint))
            ${column === undefined ? '' : `and ${column} = any($13::text[])`}
          order by t.occurred_at desc, t.position desc limit $12
        ) t where ${link}
        order by t.occurred_at desc, t.position desc limit $12
      ) t`,
    values: [
      ...seenValues(seen),
      filter.agencies ?? null,
      filter.categories ?? null,
      filter.from ?? null,
      filter.to ?? null,
      after?.occurred ?? null,
      after?.position ?? null,
      limit,
      ...(chosen ? [chosen] : []),
    ],
  };
}

/** What became of a version of a fact. */
export interface VersionRow {
  readonly key: string;
  readonly superseded_at: string | null;
  readonly withdrawn_at: string | null;
}

/** Of these versions, those that this viewer may see. */
export async function readVersions(database: Database, seen: Seen, versions: readonly string[]): Promise<VersionRow[]> {
  if (versions.length === 0) return [];
  const { rows } = await database.query<VersionRow>({
    name: `timeline versions ${nowOrThen(seen)}`,
    text: `select t.key, t.superseded_at, t.withdrawn_at ${rowsSeen(seen)} and t.key = any($6::uuid[])`,
    values: [...seenValues(seen), versions],
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
  const seen: Seen = { child, kinds, others: { children: [], kinds: [] } };
  const { rows } = await database.query<Record<string, string | null>>({
    name: 'timeline visible',
    text: `
      select count(*)::text as entries, max(t.position)::text as newest,
             max(t.superseded_at)::text as superseded, max(t.withdrawn_at)::text as withdrawn
      ${rowsSeen(seen)}`,
    values: seenValues(seen),
  });
  return rows[0] ?? {};
}
