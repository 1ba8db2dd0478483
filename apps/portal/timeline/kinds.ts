import { decide } from '../../../libs/disclosure/decide.js';
import { disclose, type Withheld } from '../../../libs/disclosure/redact.js';
import type { Disclosable, Level, Viewer } from '../../../libs/disclosure/terms.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { heldAt, holds, kindNamed, kindOf } from './kind-text.js';

/** Facts whose versions are of the same kinds. Few, however many entries there are. */
export interface FactKinds {
  /** Of every version there ever was. */
  readonly versions: readonly Disclosable[];
  /** Of the versions that belong to the child as linked now. */
  readonly live: readonly Disclosable[];
  /** Of the version that holds, of a child as linked now; absent when none does. */
  readonly holds?: Disclosable;
}

/** What a viewer is shown and told of a child, by kinds. */
export interface KindsSeen {
  /** The kinds to query entries by, perhaps repeated: everything else is as if it were not there. */
  readonly full: readonly Disclosable[];
  /** Kinds of the entries shown, of a child as linked now. */
  readonly shown: readonly Disclosable[];
  readonly withheld: readonly Withheld[];
}

/**
 * Decides by whole facts: one of which any version is hidden from this viewer is not told of, since its source may have
 * marked it so after it was seen; nor is one that was withdrawn.
 */
export function kindsSeen(viewer: Viewer, purpose: string, facts: readonly FactKinds[]): KindsSeen {
  const level = (kind: Disclosable): Level => decide(viewer, purpose, kind);
  const isFull = (kind: Disclosable): boolean => level(kind) === 'full';
  const told = facts.filter(({ versions }) => versions.every((kind) => level(kind) !== 'hidden'));
  return {
    full: facts.flatMap(({ versions }) => versions).filter(isFull),
    shown: facts.flatMap(({ versions, live, holds }) =>
      versions.every(isFull) ? live : holds && isFull(holds) ? [holds] : [],
    ),
    withheld: disclose(
      viewer,
      purpose,
      told.flatMap(({ holds }) => holds ?? []),
    ).withheld,
  };
}

/**
 * Of all that is, or ever was, linked to a child. With `asKnownAt` (RFC 3339) what belongs and holds is as it was known
 * then, of records that are still known to be this child's; which versions there are is as of today, as the policy is.
 */
export async function readKinds(database: Database, child: string, asKnownAt?: string): Promise<FactKinds[]> {
  const then = asKnownAt !== undefined;
  const { rows } = await database.query<{ versions: string[]; live: string[] | null; holds: string | null }>({
    name: `timeline kinds ${then ? 'as known' : 'now'}`,
    text: `
      with mine as (
        select distinct record from links where child = $1
      ), linked as materialized (
        -- Read once: looked up for every row, it was most of the time.
        select record, valid_from, valid_to from links where child = $1 and known_to = 'infinity'
      ), versions as materialized (
        select t.record, t.fact, ${kindOf('t')} collate "C" as kind, ${then ? KNOWN : LINKED} as live,
               ${then ? `${KNOWN} and ${heldAt('t', '$2::timestamptz')}` : `${LINKED} and ${holds('t')}`} as holds
        from mine m join timeline t on t.record = m.record
        left join linked l on l.record = t.record and t.occurred_at >= l.valid_from and t.occurred_at < l.valid_to
      ), facts as materialized (
        select record, fact, min(kind) as kind, max(kind) as other, bool_or(live) as live, bool_or(holds) as holds
        from versions group by record, fact
      ), kinds as (
        select v.record, v.fact, v.kind, bool_or(v.live) as live, bool_or(v.holds) as holds
        from facts f join versions v on v.record = f.record and v.fact = f.fact where f.kind <> f.other
        group by 1, 2, 3
      ), mixed as (
        -- In no order, which would sort every fact: at worst the same kinds come twice.
        select array_agg(kind) as versions, array_agg(kind) filter (where live) as live,
               max(kind) filter (where holds) as holds
        from kinds group by record, fact
      )
      -- Nearly every fact is of one kind, in whatever version: those take no arrays.
      select array[kind] as versions, case when live then array[kind] end as live, case when holds then kind end as holds
      from facts where kind = other group by kind, live, holds
      union all
      select versions, live, holds from mixed group by 1, 2, 3`,
    values: then ? [child, asKnownAt] : [child],
  });
  return rows.map(({ versions, live, holds: holding }) => ({
    versions: versions.map(kindNamed),
    live: (live ?? []).map(kindNamed),
    ...(holding === null ? {} : { holds: kindNamed(holding) }),
  }));
}

const LINKED = 'l.record is not null';

const KNOWN = `(${LINKED} and t.recorded_at <= $2 and exists (
  select from links k where k.record = t.record and k.child = $1 and k.known_from <= $2 and k.known_to > $2
  and t.occurred_at >= k.valid_from and t.occurred_at < k.valid_to))`;
