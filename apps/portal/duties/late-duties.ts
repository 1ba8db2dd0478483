import { purposeOf } from '../../../libs/disclosure/pages.js';
import type { Rules } from '../../../libs/kernel/rules.js';
import type { HeaderLine } from '../../../libs/timeline/header/header-fact.js';
import type { ViewParts } from '../children/child-view.js';
import type { Looker } from '../looks/looker.js';
import { dutiesInSight } from './duties-in-sight.js';
import { readRaised } from './duty-rows.js';
import { dutyInWords } from './duty-words.js';
import { childrenInSight } from './in-sight.js';

const MOST = 100;
const SHOWN = 3;

/** What is late of a child, for whom duties are shown at all: lines of the timeline's header, those that wait longest first. */
export async function lateDuties(
  parts: ViewParts & { readonly rules: Rules },
  looker: Looker,
  child: string,
): Promise<HeaderLine[]> {
  if (purposeOf(looker.viewer, 'duties') === undefined) return [];
  const rows = await readRaised(parts.database, { states: ['overdue'], children: [child], limit: MOST });
  if (rows.length === 0) return [];
  const at = new Date(parts.clock.now()).toISOString();
  const children = await childrenInSight(parts, looker, [child]);
  const late = dutiesInSight(rows, children, parts.rules, at).filter(({ state }) => state === 'overdue');
  const events = new Map(children.get(child)?.facts.map(({ fact, event }) => [fact, event]));
  return late.slice(0, SHOWN).map((one, index): HeaderLine => {
    const { rule, since, owner, causes } = one.duty;
    const words = dutyInWords(one, parts.rules.rule(rule, since, owner.place), at);
    const more = index === SHOWN - 1 ? late.length - SHOWN : 0;
    const detail = [
      words.owner,
      ...(words.verified ? [] : ['amber: rule not verified']),
      ...(more > 0 ? [`and ${more} more`] : []),
    ];
    return {
      text: words.title,
      when: `due ${words.due}, ${words.clock}`,
      detail: detail.join('; '),
      agency: owner.agency,
      entry: causes.map((cause) => events.get(cause)).find((event) => event !== undefined) ?? '',
    };
  });
}
