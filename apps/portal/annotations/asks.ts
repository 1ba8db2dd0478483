import { decide, rowsFor } from '../../../libs/disclosure/decide.js';
import type { Disclosable, Viewer } from '../../../libs/disclosure/terms.js';
import type { Agency } from '../../../libs/kernel/agency.js';
import { isAnswer, isWhy, annotationsAmong, type SaidOf } from '../../../libs/platform/annotations/annotation-store.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import type { Looker } from '../looks/looker.js';
import type { EntryParts, Sighted } from '../timeline/child-entries.js';
import { holds, kindOf, nameOf } from '../timeline/kind-text.js';
import { readKinds } from '../timeline/kinds.js';
import { answerOf, speakerOf, type SourceAnswer, type Speaker } from './entry-annotations.js';

/** A question why an agency withholds something, and what it answered. As silent as the line it stands on. */
export interface Ask {
  /** The agency that withholds. */
  readonly agency: Agency;
  readonly by: Speaker;
  readonly at: string;
  readonly need: string;
  readonly answer?: SourceAnswer;
}

/**
 * The last question to each agency that withholds something from this looker. Only questions of the looker's own agency, asked
 * in a role and for a purpose that are the looker's: what was answered to one is not for another.
 */
export async function asksOf(
  parts: EntryParts,
  { known, withheld }: Pick<Sighted, 'known' | 'withheld'>,
  { purpose }: Looker,
  asKnownAt?: string,
  said?: SaidOf,
): Promise<Ask[]> {
  const { viewer, row } = known;
  if (withheld.length === 0 || viewer.roles.includes('system')) return [];
  const roles = rowsFor(viewer, purpose).map(({ role }): string => role);
  const records = row.records.map(({ stream }) => stream);
  const all = await annotationsAmong(parts, records, said, asKnownAt);
  const answers = new Map(all.filter(isAnswer).map((one) => [one.said.request, one]));
  const asked = all
    .filter(isWhy)
    .filter(
      ({ agency, said }) => agency === viewer.agency && said.purpose === purpose && roles.includes(said.by?.role ?? ''),
    );
  return withheld.flatMap(({ agency }) => {
    const last = asked.findLast(({ said }) => said.agency === agency);
    if (!last) return [];
    const answer = answers.get(last.receipt);
    return [
      {
        agency,
        by: speakerOf(last, viewer.agency),
        at: last.saidAt,
        need: last.said.need,
        ...(answer ? { answer: answerOf(answer, true) } : {}),
      },
    ];
  });
}

interface BehindLine {
  readonly record: string;
  /** Event id. */
  readonly version: string;
}

/**
 * The newest fact of an agency that stands behind its line: the question goes to the source of that record alone, since two
 * would tell it that they are one child. What was recorded only because the hub knew the child comes last.
 */
export async function newestWithheld(
  database: Database,
  child: string,
  agency: Agency,
  viewer: Viewer,
  purpose: string,
): Promise<BehindLine | undefined> {
  const all = (await readKinds(database, child)).flatMap(({ versions }) => versions);
  const named = (level: string): string[] => [
    ...new Set(all.filter((kind: Disclosable) => decide(viewer, purpose, kind) === level).map(nameOf)),
  ];
  const { rows } = await database.query<BehindLine>({
    name: 'newest withheld',
    text: `
      select t.record, t.key as version
      from links l join timeline t on t.record = l.record left join receipts r on r.id = t.receipt
      where l.child = $1 and l.known_to = 'infinity' and t.occurred_at >= l.valid_from and t.occurred_at < l.valid_to
        and t.agency = $2 and ${holds('t')} and ${kindOf('t')} = any($3::text[])
        and not exists (select from timeline o where o.record = t.record and o.fact = t.fact and ${kindOf('o')} = any($4::text[]))
      order by exists (select from jsonb_array_elements(r.outcomes) o where o ? 'discreet' and o ->> 'eventId' = t.key::text),
               t.occurred_at desc, t.position desc
      limit 1`,
    values: [child, agency, named('flag'), named('hidden')],
  });
  return rows[0];
}
