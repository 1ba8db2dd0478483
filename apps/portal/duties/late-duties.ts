import { purposeOf } from '../../../libs/disclosure/pages.js';
import { ruleOf } from '../../../libs/kernel/limits.js';
import type { HeaderLine } from '../../../libs/timeline/header/header-fact.js';
import { dutyInWords } from './duty-words.js';
import { readRaised } from './duty-rows.js';
import type { Sight } from './sight.js';

const SHOWN = 3;

/** What is late of a child, for whom duties are shown at all: lines of the timeline's header, those that wait longest first. */
export async function lateDuties(sight: Sight, child: string): Promise<HeaderLine[]> {
  const { parts, looker, at } = sight;
  if (purposeOf(looker.viewer, 'duties') === undefined) return [];
  // Of most children nothing is late: their facts are not read.
  const raised = await readRaised(parts.database, { states: ['overdue'], children: [child] });
  if (raised.length === 0) return [];
  const ids = new Set(raised.map(({ key }) => key));
  const late = ((await sight.duties([child])).get(child) ?? []).filter(
    ({ id, state }) => ids.has(id) && state === 'overdue',
  );
  const events = new Map((await sight.of([child])).get(child)?.facts.map(({ fact, event }) => [fact, event]));
  return late.slice(0, SHOWN).map((one, index): HeaderLine => {
    const { owner, causes } = one.duty;
    const words = dutyInWords(one, ruleOf(one.duty, parts.rules), at);
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
