import { dutiesInSight } from './duties-in-sight.js';
import { readRaised } from './duty-rows.js';
import { dutyInWords } from './duty-words.js';
import { childrenInSight } from './in-sight.js';
import { viewsOf } from '../children/child-view.js';
import type { Section, SheetContext, SheetItem } from '../today/sheet.js';

const MOST = 1_000;

/** Duties of the looker's agency that are late, or due before the day is over: what `/duties` shows of them, and as amber. */
export async function dutiesToday(context: SheetContext): Promise<Section> {
  const { database, looker, rules, day } = context;
  const rows = await readRaised(database, { states: ['open', 'overdue'], agency: looker.viewer.agency, limit: MOST });
  const children = await childrenInSight(context, looker, [...new Set(rows.map(({ record }) => record))]);
  const due = dutiesInSight(rows, children, rules, day.now).filter(
    ({ duty }) => duty.due !== undefined && Date.parse(duty.due) < Date.parse(day.tomorrow),
  );
  const shown = [...new Set(due.map(({ child }) => child))].flatMap((id) => children.get(id)?.known.row ?? []);
  const names = new Map((await viewsOf(shown, looker, context)).map(({ id, name }) => [id, name ?? 'Name not known']));
  return {
    id: 'duties',
    title: 'Duties due today and late',
    empty: 'No duty of yours that you may see is due today or late.',
    items: due.map((one): SheetItem => {
      const words = dutyInWords(one, rules.rule(one.duty.rule, one.duty.since, one.duty.owner.place), day.now);
      return {
        item: `duty ${one.id}`,
        title: words.title,
        detail: `${words.owner}. Due ${words.due}, ${words.clock}. Rule ${words.rule}.`,
        marks: [
          ...(words.late && words.verified ? ['Late'] : []),
          ...(words.verified ? [] : ['Amber: rule not verified']),
        ],
        child: { id: one.child, name: names.get(one.child) ?? 'Name not known' },
        own: one.mine,
        standing: true,
      };
    }),
  };
}
