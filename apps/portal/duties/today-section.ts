import type { Rules } from '../../../libs/kernel/rules.js';
import { interviewDuties } from '../../../libs/safeguarding/missing/missing.js';
import { viewsOf } from '../children/child-view.js';
import type { Section, SheetContext, SheetItem } from '../today/sheet.js';
import { dutiesInSight, type DutyInSight } from './duties-in-sight.js';
import { readRaised } from './duty-rows.js';
import { dutyInWords } from './duty-words.js';
import { childrenInSight } from './in-sight.js';

const MOST = 1_000;

/**
 * Duties of the looker's agency that are late, or due before the day is over, and their own that have no limit: what `/duties` shows
 * of them, late ones first, and as amber. Those about an interview have a section of their own.
 */
export async function dutiesToday(context: SheetContext): Promise<Section> {
  const { database, looker, rules, day } = context;
  const { agency } = looker.viewer;
  const rows = await readRaised(database, {
    ...{ states: ['open', 'overdue'], agency, dueBefore: day.tomorrow, limit: MOST },
  });
  const raised = rows.filter(({ kind }) => !interviewDuties.has(kind));
  const children = await childrenInSight(context, looker, [...new Set(raised.map(({ record }) => record))]);
  const due = dutiesInSight(raised, children, rules, day.now)
    .filter(({ duty }) => duty.owner.agency === agency)
    .filter(({ duty, mine }) => (duty.due === undefined ? mine : Date.parse(duty.due) < Date.parse(day.tomorrow)))
    .toSorted((one, other) => Number(other.state === 'overdue') - Number(one.state === 'overdue'));
  const shown = [...new Set(due.map(({ child }) => child))].flatMap((id) => children.get(id)?.known.row ?? []);
  const names = new Map((await viewsOf(shown, looker, context)).map(({ id, name }) => [id, name ?? 'Name not known']));
  return {
    id: 'duties',
    title: 'Duties due today and late',
    empty: 'No duty of yours that you may see is due today or late.',
    items: due.map((one) =>
      dutyItem(one, { id: one.child, name: names.get(one.child) ?? 'Name not known' }, rules, day.now),
    ),
  };
}

/** A duty as the sheet lists it: whose, since it was raised; late in red, and amber where nobody has verified the rule. */
export function dutyItem(
  one: DutyInSight,
  child: { readonly id: string; readonly name: string },
  rules: Rules,
  now: string,
): SheetItem {
  const { rule, since, owner } = one.duty;
  const words = dutyInWords(one, rules.rule(rule, since, owner.place), now);
  const when = one.duty.due === undefined ? `${words.due}. ` : `Due ${words.due}, `;
  return {
    item: `duty ${one.id}`,
    title: words.title,
    detail: `${[words.owner, ...words.details].join('. ')}. ${when}${words.clock}. Rule ${words.rule}.`,
    marks: words.late && words.verified ? ['Late'] : [],
    amber: words.verified ? [] : ['Amber: rule not verified'],
    late: words.late,
    child,
    mine: one.mine,
    standing: true,
  };
}
