import type { DutiesRow } from '../../../libs/duties/duties.projection.js';
import type { Reach } from '../../../libs/disclosure/reach.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { heldInTeam, inReach } from '../children/child-rows.js';

/** A duty that was raised, and its place in the order. */
export interface PlacedRow {
  readonly key: string;
  /** The child. */
  readonly record: string;
  readonly place: Place;
}

/** Where a row stands: by when its limit runs out, or it was met, exactly; then by its key. */
export interface Place {
  readonly at: string;
  readonly key: string;
}

/** Whose duties come first, where a page cannot list all: those of these children, or of these owners. */
export interface Own {
  readonly children: readonly string[];
  readonly agency: string;
  readonly roles: readonly string[];
  /** Of an area of its own: only what is that area's. */
  readonly area?: string;
}

export interface PageOfRaised {
  readonly reach: Reach;
  /** Of what is met the last comes first; of all else, what is late, then what is soonest. */
  readonly states: readonly DutiesRow['state'][];
  readonly kinds?: readonly string[];
  /** All but these. */
  readonly notKinds?: readonly string[];
  /** Agency of the owner. */
  readonly agency?: string;
  /** Kinds of which only those that this agency owes are asked for. */
  readonly ownKinds: { readonly kinds: readonly string[]; readonly agency: string };
  readonly child?: string;
  /** Team that holds the child's case. */
  readonly team?: string;
  /** Late before this instant, RFC 3339; `orNone`: or without a limit. */
  readonly dueBefore?: string;
  readonly orNone?: boolean;
  /** Where what has no limit stands: RFC 3339, or `infinity`, after everything that has one. */
  readonly unlimited: string;
  readonly own?: Own;
  /** Neither these. */
  readonly without?: readonly string[];
  readonly after?: Place;
  readonly limit: number;
}

const RANKS = {
  open: { at: 'coalesce(d.due, $1::timestamptz)', follows: '>', order: '' },
  met: { at: 'coalesce(d.met_at, $1::timestamptz)', follows: '<', order: 'desc' },
} as const;

/**
 * A page of the duties that were raised, of children within a reach, in the order in which they are listed. What is raised says nothing
 * of what somebody may see of it: that is decided row by row, and another page is read where too few are left.
 */
export async function readRaisedPage(database: Database, wanted: PageOfRaised): Promise<PlacedRow[]> {
  const met = wanted.states.every((state) => state === 'met');
  const { at, follows, order } = RANKS[met ? 'met' : 'open'];
  const { own } = wanted;
  const { rows } = await database.query<{ key: string; record: string; at: string }>({
    name: `raised page${met ? ' met' : ''}`,
    text: `
      select key, record, at::text from (
        select d.key, d.record, ${at} as at from duties d
        where d.state = any($2) and ($3::text[] is null or d.kind = any($3)) and ($4::text[] is null or d.kind <> all($4))
          and (d.kind <> all($20::text[]) or d.owner_agency = $21)
          and ($5::text is null or d.owner_agency = $5) and ($6::uuid is null or d.record = $6)
          and ($7::timestamptz is null or d.due < $7 or (d.due is null and $19::boolean))
          and ($8::uuid[] is null or d.key <> all($8))
          and ($9::timestamptz is null or (${at}, d.key) ${follows} ($9, $10::uuid))
          and ($11::uuid[] is null or d.record = any($11)
            or (d.owner_agency = $12 and d.owner_role = any($13::text[]) and ($14::text is null or d.owner_place = $14)))
        -- Fenced, so that no more children are asked for than the page takes.
        order by at ${order}, d.key ${order} offset 0
      ) d
      where ${inReach('d.record', ['$15', '$16'])}
        and ($17::text is null or (select true from links l where l.child = d.record and l.known_to = 'infinity'
              and l.record in (${heldInTeam('$17')}) limit 1))
      limit $18`,
    values: [
      wanted.unlimited,
      wanted.states,
      wanted.kinds ?? null,
      wanted.notKinds ?? null,
      wanted.agency ?? null,
      wanted.child ?? null,
      wanted.dueBefore ?? null,
      wanted.without ?? null,
      wanted.after?.at ?? null,
      wanted.after?.key ?? null,
      own?.children ?? null,
      own?.agency ?? null,
      own?.roles ?? null,
      own?.area ?? null,
      wanted.reach.recordsOf,
      wanted.reach.openCases,
      wanted.team ?? null,
      wanted.limit,
      wanted.orNone === true,
      wanted.ownKinds.kinds,
      wanted.ownKinds.agency,
    ],
  });
  return rows.map(({ key, record, at: placed }) => ({ key, record, place: { at: placed, key } }));
}
