import { dayInWords, endOfDayLondon, instantInWords, isDay, startOfDayLondon } from '../../kernel/london.js';
import { isInstant } from '../../kernel/instant.js';
import { line, ofType, textOf, type HeaderFact, type HeaderLine } from './header-fact.js';

const PLANNED = 'hub.yos.v1.AppointmentPlanned';
const RECORDED = 'hub.yos.v1.AppointmentRecorded';
const LISTED = 'hub.court.v1.HearingListed';
const MOST_OVERDUE = 3;

/** The next appointment or hearing after an instant (RFC 3339), and appointments before it of which no outcome was recorded. */
export function appointmentsOf(facts: readonly HeaderFact[], at: string) {
  const held = new Set(ofType(facts, RECORDED).map(referenceOf));
  const planned = ofType(facts, PLANNED)
    .filter((plan) => isInstant(textOf(plan, 'plannedFor')))
    .sort(soonestFirst);
  const listed = ofType(facts, LISTED).filter((hearing) => isTime(textOf(hearing, 'listedFor')));
  const open = planned.filter((plan) => plan.content['cancelled'] !== true && !held.has(referenceOf(plan)));
  const now = Date.parse(at);
  const next = [...open, ...listed.filter(({ content }) => content['vacated'] !== true)]
    .sort(soonestFirst)
    .filter((plan) => !isOver(plan, now))
    .slice(0, 1);
  const late = open.filter((plan) => timeOf(plan) < now);
  const last = planned.slice(-1);
  const lastOfAll = [...planned, ...listed].sort(soonestFirst).slice(-1);
  return {
    next:
      next.length > 0
        ? next.map((plan) => line(plan, purposeOf(plan), wordsOf(plan), textOf(plan, 'place') || textOf(plan, 'court')))
        : lastOfAll.map(nothing),
    overdue: late.length > 0 ? overdueLines(late) : last.map((plan) => line(plan, 'Nothing overdue', '')),
  };
}

// The oldest first: it has waited longest.
function overdueLines(late: readonly HeaderFact[]): HeaderLine[] {
  const shown = late.slice(0, MOST_OVERDUE);
  return shown.map((plan, index) => {
    const more = index === shown.length - 1 ? late.length - shown.length : 0;
    const detail = `no outcome recorded${more > 0 ? `; and ${more} more` : ''}`;
    return line(plan, purposeOf(plan), wordsOf(plan), detail);
  });
}

const nothing = (plan: HeaderFact): HeaderLine => line(plan, 'Nothing planned', `the last was ${wordsOf(plan)}`);

const referenceOf = (fact: HeaderFact): string => `${fact.record}\n${textOf(fact, 'appointmentReference')}`;
const isTime = (text: string): boolean => isDay(text) || isInstant(text);
const whenOf = (plan: HeaderFact): string => textOf(plan, 'plannedFor') || textOf(plan, 'listedFor');
const soonestFirst = (a: HeaderFact, b: HeaderFact): number => timeOf(a) - timeOf(b) || (a.entry < b.entry ? -1 : 1);

function timeOf(plan: HeaderFact): number {
  const when = whenOf(plan);
  return Date.parse(isDay(when) ? startOfDayLondon(when) : when);
}

// A hearing without a time may be at any hour of its day.
function isOver(plan: HeaderFact, now: number): boolean {
  const when = whenOf(plan);
  return (isDay(when) ? Date.parse(endOfDayLondon(when)) : timeOf(plan)) < now;
}

function wordsOf(plan: HeaderFact): string {
  const when = whenOf(plan);
  return `on ${isDay(when) ? dayInWords(when) : instantInWords(when)}`;
}

function purposeOf(plan: HeaderFact): string {
  if (plan.type === LISTED)
    return `Hearing${textOf(plan, 'hearingType') === '' ? '' : `: ${textOf(plan, 'hearingType')}`}`;
  const purpose = textOf(plan, 'purpose').replaceAll(/[_-]+/g, ' ') || 'appointment';
  return purpose.charAt(0).toUpperCase() + purpose.slice(1);
}
