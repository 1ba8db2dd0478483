import type { Sight } from '../../../libs/disclosure/sight.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { visible } from '../timeline/kind-text.js';

/** Something that a record said of its person, and when: RFC 3339, as its source stated it. */
export interface Said {
  readonly record: string;
  readonly agency: string;
  readonly at: string;
}

/** The two parameters of a query that `told` asks for. */
export function sightValues({ publishedBy, ofOthers }: Sight): [publishedBy: readonly string[], ofOthers: string[]] {
  return [publishedBy, ofOthers.map(({ category, handling }) => `${category}\n${handling}`)];
}

/**
 * True where somebody may know what a record said of its person: their own agency's record says it, or it was stated
 * with an entry that they see in full. A name or a number tells of the entry it came with. The arguments are SQL.
 */
export function told(said: Said, [publishedBy, ofOthers]: readonly [string, string]): string {
  const seen = (alias: string): string =>
    `(${alias}.agency = any(${publishedBy}::text[]) or (${alias}.category || E'\\n' || ${alias}.handling) = any(${ofOthers}::text[]))`;
  return `(${said.agency} = any(${publishedBy}::text[]) or (
    select true from statements st where st.stream = ${said.record} and st.stated_at = ${said.at}
    and (select true from timeline t where t.record = st.stream and t.fact = encode(st.fact, 'hex') and ${visible(seen)} limit 1)
    limit 1))`;
}

/** Of these, what may be told to whoever sees so much. */
export async function toldOf<One extends Said>(database: Database, said: readonly One[], sight: Sight): Promise<One[]> {
  const { rows } = await database.query<{ n: number }>({
    name: 'told of persons',
    text: `
      select s.n::integer as n
      from unnest($1::uuid[], $2::text[], $3::timestamptz[]) with ordinality as s (record, agency, at, n)
      where ${told({ record: 's.record', agency: 's.agency', at: 's.at' }, ['$4', '$5'])} order by s.n`,
    values: [
      said.map(({ record }) => record),
      said.map(({ agency }) => agency),
      said.map(({ at }) => at),
      ...sightValues(sight),
    ],
  });
  return rows.flatMap(({ n }) => said[n - 1] ?? []);
}
