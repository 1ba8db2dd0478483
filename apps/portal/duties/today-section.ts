import { ruleOf } from '../../../libs/kernel/limits.js';
import type { Rules } from '../../../libs/kernel/rules.js';
import { interviewDuties } from '../../../libs/safeguarding/missing/missing.js';
import type { Section, SheetContext, SheetItem } from '../today/sheet.js';
import type { DutyInSight } from './duties-in-sight.js';
import { dutyInWords } from './duty-words.js';
import { listToday } from './list-today.js';

/**
 * Duties of the looker's agency that are late, or due before the day is over, and their own that have no limit: what `/duties` shows
 * of them, late ones first, and as amber; of many the first, and that there are more. Those about an interview have a section of their own.
 */
export async function dutiesToday({ sight, sheet, rules, day }: SheetContext): Promise<Section> {
  const { agency } = sight.looker.viewer;
  const tomorrow = Date.parse(day.tomorrow);
  const { duties, more } = await listToday(
    sight,
    {
      ...{ states: ['open', 'overdue'], notKinds: [...interviewDuties], agency },
      ...{ dueBefore: day.tomorrow, orNone: true, unlimited: 'infinity' },
    },
    sheet,
    ({ duty, state, mine }) =>
      state !== 'met' &&
      !interviewDuties.has(duty.kind) &&
      duty.owner.agency === agency &&
      (duty.due === undefined ? mine : Date.parse(duty.due) < tomorrow),
  );
  const views = await sight.views(duties.map(({ child }) => child));
  return {
    id: 'duties',
    title: 'Duties due today and late',
    empty: 'No duty of yours that you may see is due today or late.',
    ...(more ? { rest: { href: '/duties?of=agency', text: 'See every duty of your agency' } } : {}),
    items: await Promise.all(
      duties.map(async (one) => ({
        ...dutyItem(one, { id: one.child, name: views.get(one.child)?.name ?? 'Name not known' }, rules, day.now),
        events: await sight.restingOn([one]),
      })),
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
  const words = dutyInWords(one, ruleOf(one.duty, rules), now);
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
