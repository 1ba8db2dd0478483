import { toldWords, gradeWords, nameOf, whenWords } from '../loop/loop-words.js';
import { dutyItem } from '../duties/today-section.js';
import type { Section, SheetContext, SheetItem } from '../today/sheet.js';
import type { LoopsToday } from './loops-today.js';

/** Who is missing now, of each child once: what the board says of them. */
export function missingToday({ loops }: SheetContext): Section {
  return {
    id: 'missing',
    title: 'Missing now',
    empty: 'Nobody you may see is reported missing.',
    urgent: true,
    items: [...Map.groupBy(loops.missing, ({ child }) => child.id).values()].flatMap(([first]) =>
      first ? missingItem(first) : [],
    ),
  };
}

function missingItem({ child, own, one }: LoopsToday['missing'][number]): SheetItem {
  const { episode, told, count, withinDays } = one;
  const { reports, kind, startedAt, precision, grade } = episode;
  const holds = told.filter(({ state, reminder }) => state === 'told' && !reminder).map(toldWords);
  const acknowledged = holds.filter((notice) => notice.acknowledged !== undefined).length;
  const by = [...new Set(reports.map(({ fact }) => nameOf(fact.agency)))].join(' and ');
  return {
    item: `missing ${child.id}`,
    title: `${kind === 'away' ? 'Away without authorisation' : 'Missing'} since ${whenWords(startedAt, precision)}`,
    detail: `Told by ${by}. Risk: ${gradeWords[grade].toLowerCase()}. ${acknowledged} of ${holds.length} told have acknowledged it. Episodes: ${count} in ${withinDays} days.`,
    more: loopOf(child.id),
    marks: grade === 'high' ? ['High risk'] : [],
    standing: true,
    events: reports.map(({ fact }) => fact.event),
    child,
    own,
  };
}

/** Return home interviews, and what becomes of them, until each is settled: late ones first. */
export function interviewsToday({ loops, rules, day }: SheetContext): Section {
  return {
    id: 'interviews',
    title: 'Interviews due',
    empty: 'No interview you may see is due.',
    ...(loops.moreInterviews
      ? { rest: { href: '/boards/missing#interviews-due', text: 'See every interview due on the board' } }
      : {}),
    items: loops.interviews.map(({ child, own, due, events }) => ({
      ...dutyItem(due, child, rules, day.now),
      events,
      more: loopOf(child.id),
      own,
    })),
  };
}

const loopOf = (child: string) => ({ href: `/children/${child}/loop`, text: 'Open the loop' });
