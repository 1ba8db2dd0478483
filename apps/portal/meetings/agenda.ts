import { decide } from '../../../libs/disclosure/decide.js';
import type { ChildNow, HeldFact } from '../../../libs/kernel/capability.js';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Rules } from '../../../libs/kernel/rules.js';
import { meetingTypes } from '../../../libs/meetings/actions.js';
import { reasonsAmong, whyDue, type Known, type Reason } from '../../../libs/meetings/due.js';
import type { Forum } from '../../../libs/meetings/forum.js';
import type { Period } from '../../../libs/meetings/period.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { heldFacts } from '../../../libs/platform/reactions/held-facts.js';
import { exploitation } from '../../../libs/safeguarding/exploitation/exploitation.js';
import { missing } from '../../../libs/safeguarding/missing/missing.js';
import { readChildren, type ChildRow } from '../children/child-rows.js';
import { factsInSight } from '../children/facts-in-sight.js';
import { knownChildren, type KnownChild } from '../children/known-child.js';
import { EndsInSight } from '../duties/ends-in-sight.js';
import type { Looker } from '../looks/looker.js';
import { seenBy } from '../timeline/seen.js';
import type { Seen } from '../timeline/timeline-rows.js';
import { candidates, kindsOfFacts } from './due-rows.js';
import { readKeptList, type Meeting } from './meeting-store.js';

export interface AgendaParts {
  readonly database: Database;
  readonly keys: KeyStore;
  readonly clock: Clock;
  readonly rules: Rules;
}

/** A child on one reader's list. */
export interface AgendaItem {
  readonly known: KnownChild;
  readonly seen: Seen;
  /** Empty where the reader is told that the child is due and not why. */
  readonly reasons: readonly Reason[];
  /** What the reader sees in full, of the facts that meetings go by. */
  readonly facts: readonly HeldFact[];
}

/** The capabilities that put children on boards. */
const boarding = [missing, exploitation];
const types = [...new Set([...boarding.flatMap(({ reads }) => reads), ...meetingTypes])];

/** Who is due, in truth: for nobody to read, until it has been asked again for a reader. */
export async function dueAt(
  parts: AgendaParts,
  forum: Forum,
  meeting: Meeting,
  period: Period,
): Promise<Map<string, readonly Reason[]>> {
  if (meeting.heldAt !== undefined) return readKeptList(parts.database, meeting.id);
  const rows = await readChildren(parts.database, await candidates(parts.database, forum, period));
  const facts = await factsOf(parts, rows);
  const due = rows.map((row) => [row.id, whyDue(forum, knownOf(parts, row, facts(row.id)), period.since)] as const);
  return new Map(due.filter(([, reasons]) => reasons.length > 0));
}

/** Those of them who are due by what this reader sees in full: a list that is derived from nothing else can tell of nothing else. */
export async function agendaFor(
  parts: AgendaParts,
  looker: Looker,
  forum: Forum,
  meeting: Meeting,
  period: Period,
): Promise<AgendaItem[]> {
  const due = await dueAt(parts, forum, meeting, period);
  const known = (await knownChildren(parts.database, looker, [...due.keys()])).filter(isTheirs);
  const facts = await factsOf(
    parts,
    known.map(({ row }) => row),
  );
  const ends = new EndsInSight(looker.purpose);
  const items = await Promise.all(
    known.map(async (child): Promise<AgendaItem[]> => {
      const all = facts(child.row.id);
      const { seen } = await seenBy(parts.database, child, looker);
      const shown = factsInSight(child, looker, all);
      const why = (of: readonly HeldFact[]): readonly Reason[] =>
        (meeting.heldAt === undefined
          ? whyDue(forum, knownOf(parts, child.row, of), period.since)
          : reasonsAmong(due.get(child.row.id) ?? [], new Set(of.map(({ fact }) => fact)))
        ).filter((reason) => seesEndOf(ends, child, forum, reason));
      const reasons = why(shown);
      const listed =
        reasons.length > 0 ||
        (isServices(child) && why(await notHidden(parts.database, child, looker, all)).length > 0);
      return listed ? [{ known: child, seen, reasons, facts: shown }] : [];
    }),
  );
  return items.flat();
}

/** What is owed of a child is a reason to whoever sees whatever can end it: nobody leaves a list for a reason that is hidden. */
function seesEndOf(ends: EndsInSight, { viewer }: KnownChild, forum: Forum, { why }: Reason): boolean {
  return forum.due
    .flatMap((rule) => ('board' in rule && rule.why === why ? [rule.board] : []))
    .every((board) => boarding.every((one) => !(board in one.ends) || ends.of(viewer, one.name, board)));
}

/** B5: a child whose case is open is on the service's list also where what makes it due is said to be withheld. */
function isServices({ row, viewer }: KnownChild): boolean {
  return viewer.agency === 'yos' && row.holders.length > 0;
}

/** A case manager's list is of the children whose case they hold or cover; everybody else's is of all they may know. */
function isTheirs({ viewer }: KnownChild): boolean {
  const worksCases = viewer.agency === 'yos' && !viewer.roles.includes('team-manager');
  return !worksCases || viewer.holdsCase === true;
}

async function factsOf(parts: AgendaParts, rows: readonly ChildRow[]): Promise<(child: string) => readonly HeldFact[]> {
  const facts = await heldFacts(
    parts,
    rows.map(({ id }) => id),
    types,
  );
  return (child) => facts.get(child) ?? [];
}

function knownOf({ clock, rules }: AgendaParts, { id, provisional }: ChildRow, facts: readonly HeldFact[]): Known {
  const child: ChildNow = { id, provisional, possible: [] };
  const at = new Date(clock.now()).toISOString();
  return { facts, boards: boarding.flatMap(({ react }) => react(facts, child, rules, at).boards ?? []) };
}

/** What may be said to be withheld, or is shown: of no version is anything hidden. */
async function notHidden(
  database: Database,
  { viewer }: KnownChild,
  { purpose }: Looker,
  facts: readonly HeldFact[],
): Promise<readonly HeldFact[]> {
  const kinds = await kindsOfFacts(
    database,
    [...new Set(facts.map(({ record }) => record))],
    facts.map(({ fact }) => fact),
  );
  return facts.filter(({ fact }) =>
    (kinds.get(fact) ?? []).every((kind) => decide(viewer, purpose, kind) !== 'hidden'),
  );
}
