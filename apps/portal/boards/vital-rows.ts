import type { Disclosable } from '../../../libs/disclosure/terms.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import type { TimelineRow } from '../../../libs/timeline/timeline.projection.js';
import { holds, kindNamed, kindOf, nameOf } from '../timeline/kind-text.js';

// Of each type the newest, as for the header of a timeline.
const OF_A_TYPE = 40;

const HOLDING = `
  links l join timeline t on t.record = l.record
  where l.known_to = 'infinity' and t.occurred_at >= l.valid_from and t.occurred_at < l.valid_to and ${holds('t')}`;

/** The kinds of the facts of these types that hold, of each of these children: what is decided about before any is read. */
export async function readHoldingKinds(
  database: Database,
  children: readonly string[],
  types: readonly string[],
): Promise<ReadonlyMap<string, readonly Disclosable[]>> {
  const { rows } = await database.query<{ child: string; kinds: string[] }>({
    name: 'holding kinds',
    text: `
      select l.child, array_agg(distinct ${kindOf('t')}) as kinds
      from ${HOLDING} and l.child = any($1::uuid[]) and t.type = any($2) group by l.child`,
    values: [children, types],
  });
  return new Map(rows.map(({ child, kinds }) => [child, kinds.map(kindNamed)]));
}

/** The newest of those facts, of each child those of the kinds that are asked for. */
export async function readHolding(
  database: Database,
  kinds: ReadonlyMap<string, readonly Disclosable[]>,
  types: readonly string[],
): Promise<(TimelineRow & { readonly child: string })[]> {
  const { rows } = await database.query<TimelineRow & { readonly child: string }>({
    name: 'holding rows',
    text: `
      select * from (
        select l.child, t.*, row_number() over (partition by l.child, t.type order by t.occurred_at desc, t.position desc) as nth
        from unnest($1::uuid[], $2::text[]) as a (child, kinds) join ${HOLDING.replace('links l', 'links l on l.child = a.child')}
          and ${kindOf('t')} = any(string_to_array(a.kinds, E'\\t')) and t.type = any($3)
      ) newest where nth <= ${OF_A_TYPE}`,
    values: [[...kinds.keys()], [...kinds.values()].map((some) => some.map(nameOf).join('\t')), types],
  });
  return rows;
}
