import { Temporal } from 'temporal-polyfill';
import { dayInWords, isDay } from '../../kernel/london.js';
import { entryAt } from '../reading.js';
import { orderWords, requirementWords } from '../summaries/yos-orders.js';
import { line, newestFirst, ofType, textOf, type HeaderFact, type HeaderLine } from './header-fact.js';

const MADE = 'hub.yos.v1.OrderMade';
const VARIED = 'hub.yos.v1.OrderVaried';
const ENDED = 'hub.yos.v1.OrderEnded';
const REQUIREMENT = 'hub.yos.v1.RequirementSet';
const PROGRESS = 'hub.yos.v1.RequirementProgress';

export const carriedOutTypes: readonly string[] = [MADE, VARIED, ENDED, REQUIREMENT, PROGRESS];

/** An order as the service that carries it out states it. */
export interface CarriedOut {
  readonly made: HeaderFact;
  /** Its last day, `YYYY-MM-DD`, as it stands; undefined while nobody said. */
  readonly end: string | undefined;
  readonly running: boolean;
}

/** The orders that the case system knows, newest first, as they stand on a day in London, `YYYY-MM-DD`. */
export function ordersCarriedOut(facts: readonly HeaderFact[], today: string): CarriedOut[] {
  const [varied, ended] = [ofType(facts, VARIED), ofType(facts, ENDED)];
  return ofType(facts, MADE)
    .sort(newestFirst)
    .map((made) => {
      const [over] = ended.filter(ofOrder(made)).sort(newestFirst);
      const [moved] = varied
        .filter(ofOrder(made))
        .filter((one) => isDay(textOf(one, 'endsOn')))
        .sort(newestBy('variedOn'));
      const [end] = [over && textOf(over, 'endedOn'), moved && textOf(moved, 'endsOn'), textOf(made, 'endsOn')].flatMap(
        (day) => (day !== undefined && isDay(day) ? [day] : []),
      );
      return { made, end, running: end === undefined ? over === undefined : end >= today };
    });
}

/** Until when it runs, whether that is past the eighteenth birthday, and how far what it asks is done. */
export function carriedOutLine({ made, end }: CarriedOut, facts: readonly HeaderFact[], today: string): HeaderLine {
  const until = end === undefined ? 'end not stated' : `until ${dayInWords(end)}`;
  const detail = [`${until}${pastEighteen(made, end)}`, ...progressOf(made, end, facts, today)].join('; ');
  return line(made, nameOf(made), `since ${dayInWords(dayOf(made))}`, detail);
}

export const nameOf = (made: HeaderFact): string =>
  entryAt(orderWords, textOf(made, 'kind')) ?? (textOf(made, 'detail') || 'Order');

/** The day the court made it; where what was stated is no day, the day it was told. */
export function dayOf(made: HeaderFact): string {
  const stated = textOf(made, 'madeOn');
  return isDay(stated) ? stated : made.occurredAt.slice(0, 10);
}

function pastEighteen({ content }: HeaderFact, end: string | undefined): string {
  const { person } = content;
  if (end === undefined || typeof person !== 'object' || person === null || Array.isArray(person)) return '';
  const { birthDate } = person;
  if (typeof birthDate !== 'string' || !isDay(birthDate)) return '';
  const eighteenth = Temporal.PlainDate.from(birthDate).add({ years: 18 }).toString();
  return end >= eighteenth ? `, past the 18th birthday on ${dayInWords(eighteenth)}` : '';
}

// Only what is counted in hours: of the rest nothing says how far it is.
function progressOf(
  made: HeaderFact,
  end: string | undefined,
  facts: readonly HeaderFact[],
  today: string,
): readonly string[] {
  return ofType(facts, REQUIREMENT)
    .filter(ofOrder(made))
    .sort(newestFirst)
    .flatMap((requirement) => {
      const hours = requirement.content['hoursRequired'];
      if (typeof hours !== 'number' || hours <= 0) return [];
      const [newest] = ofType(facts, PROGRESS)
        .filter(ofOrder(made))
        .filter((one) => textOf(one, 'requirementReference') === textOf(requirement, 'requirementReference'))
        .sort(newestBy('asOf'));
      const done = newest?.content['hoursDone'];
      const by = [textOf(requirement, 'completeBy'), end ?? ''].find(isDay);
      const left = by === undefined || by < today ? '' : `, ${weeksLeft(today, by)}`;
      const counted = `${typeof done === 'number' ? done : 0} of ${hours} hours`;
      return [`${requirementWords(requirement.content['kind'])} ${counted}${left}`];
    });
}

function weeksLeft(today: string, by: string): string {
  const { days } = Temporal.PlainDate.from(today).until(Temporal.PlainDate.from(by), { largestUnit: 'days' });
  const weeks = Math.ceil((days + 1) / 7);
  return weeks === 1 ? 'a week left' : `${weeks} weeks left`;
}

const ofOrder =
  (made: HeaderFact) =>
  (one: HeaderFact): boolean =>
    one.record === made.record && textOf(one, 'orderReference') === textOf(made, 'orderReference');

const newestBy =
  (field: string) =>
  (a: HeaderFact, b: HeaderFact): number =>
    textOf(a, field) === textOf(b, field) ? newestFirst(a, b) : textOf(a, field) < textOf(b, field) ? 1 : -1;
