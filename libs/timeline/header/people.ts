import { isInstant } from '../../kernel/instant.js';
import { instantInWords, isDay } from '../../kernel/london.js';
import { entryAt } from '../reading.js';
import { statusWords } from '../summaries/social-care.js';
import { dayOfField, line, newestFirst, ofType, textOf, type HeaderFact, type HeaderLine } from './header-fact.js';

const ALLOCATED = 'hub.yos.v1.CaseAllocated';
const CLOSED = 'hub.yos.v1.CaseClosed';
const COVER = 'hub.yos.v1.CoverArranged';
const SOCIAL_WORKER = 'hub.social_care.v1.SocialWorkerAllocated';
const STATUS = 'hub.social_care.v1.StatusRecorded';

/** Who holds the case: the newest statement of each record of the case system, unless it closes the case. */
export function caseManagersOf(facts: readonly HeaderFact[]): HeaderLine[] {
  const statements = ofType(facts, ALLOCATED, CLOSED).sort(newestFirst);
  const newest = [...Map.groupBy(statements, ({ record }) => record).values()].flatMap(([first]) => first ?? []);
  const open = newest.filter(({ type }) => type === ALLOCATED);
  if (open.length === 0) return newest.slice(0, 1).map((fact) => line(fact, 'Case closed', since(fact)));
  return open.map((fact) => {
    return line(fact, textOf(fact, 'workerName') || textOf(fact, 'worker'), since(fact), textOf(fact, 'team'));
  });
}

/**
 * Who acts for the case manager at an instant (RFC 3339), until the cover ends, the case is allocated anew or it is closed.
 * One that says so where there was one and none holds.
 */
export function coverOf(facts: readonly HeaderFact[], at: string): HeaderLine[] {
  const statements = ofType(facts, ALLOCATED, CLOSED);
  const covers = ofType(facts, COVER)
    .filter((fact) => timeOf(fact, 'coversFrom') <= Date.parse(at))
    .sort((a, b) => timeOf(b, 'coversFrom') - timeOf(a, 'coversFrom') || newestFirst(a, b));
  const holding = covers.filter((fact) => {
    const ends = textOf(fact, 'coversUntil');
    const over = ends !== '' && timeOf(fact, 'coversUntil') <= Date.parse(at);
    return !over && !statements.some((later) => later.record === fact.record && isAfter(later, fact));
  });
  if (holding.length === 0)
    return covers.slice(0, 1).map((fact) => line(fact, 'None now', `the last began ${from(fact)}`));
  return holding.map((fact) => {
    const ends = textOf(fact, 'coversUntil');
    const until = isInstant(ends) ? `until ${instantInWords(ends)}` : 'until further notice';
    return line(fact, textOf(fact, 'workerName') || textOf(fact, 'worker'), `since ${from(fact)}`, until);
  });
}

const timeOf = (fact: HeaderFact, field: string): number => Date.parse(textOf(fact, field));
const isAfter = (later: HeaderFact, cover: HeaderFact): boolean =>
  Date.parse(later.occurredAt) > timeOf(cover, 'coversFrom');

function from(cover: HeaderFact): string {
  const begins = textOf(cover, 'coversFrom');
  return isInstant(begins) ? instantInWords(begins) : begins;
}

export function socialWorkersOf(facts: readonly HeaderFact[]): HeaderLine[] {
  const [newest] = ofType(facts, SOCIAL_WORKER).sort(newestFirst);
  return newest ? [line(newest, textOf(newest, 'workerName'), since(newest), textOf(newest, 'team'))] : [];
}

/** What the child is to an authority, and which authority that is, on a day in London. */
export function statusOf(facts: readonly HeaderFact[], today: string) {
  const all = ofType(facts, STATUS).sort(newestFirst);
  const holding = all.filter((fact) => !isDay(textOf(fact, 'endedOn')) || textOf(fact, 'endedOn') >= today);
  const answers = holding.filter((fact) => textOf(fact, 'responsibleAuthority') !== '').slice(0, 1);
  return {
    status:
      holding.length > 0
        ? holding.map((fact) =>
            line(fact, words(fact), `since ${dayOfField(fact, 'startedOn')}`, textOf(fact, 'legalBasis')),
          )
        : all.slice(0, 1).map((fact) => line(fact, 'None now', `the last ended on ${dayOfField(fact, 'endedOn')}`)),
    authority: answers.map((fact) =>
      line(fact, textOf(fact, 'responsibleAuthority'), `since ${dayOfField(fact, 'startedOn')}`),
    ),
  };
}

const words = (fact: HeaderFact): string => entryAt(statusWords, textOf(fact, 'status')) ?? textOf(fact, 'status');

const since = ({ occurredAt }: HeaderFact): string => `since ${instantInWords(occurredAt)}`;
