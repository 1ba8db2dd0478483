import { dayInWords, instantInWords, isDay } from '../../kernel/london.js';
import { placeWords } from '../summaries.js';
import { dayOfField, line, newestFirst, ofType, textOf, type HeaderFact, type HeaderLine } from './header-fact.js';

const REPORTED = 'hub.police.v1.MissingReported';
const FOUND = 'hub.police.v1.MissingFound';
const PLACED = 'hub.social_care.v1.PlacementRecorded';

/**
 * Where the child is, as far as anybody said: missing before all else, then the newest of custody and placement. `today`
 * is a day in London, `YYYY-MM-DD`.
 */
export function whereaboutsOf(facts: readonly HeaderFact[], today: string): HeaderLine[] {
  const placements = ofType(facts, PLACED).sort(newestFirst);
  const holding = placements.filter((placement) => !hasEnded(placement, today));
  const last = holding.length > 0 ? [] : placements.slice(0, 1);
  return [
    ...missing(facts),
    ...holding.slice(0, 1).map(placementLine),
    ...last.map((placement) =>
      line(placement, 'No placement now', `the last ended on ${dayOfField(placement, 'endedOn')}`),
    ),
  ];
}

// A report counts until the same report is closed: being found under another says nothing of this one.
function missing(facts: readonly HeaderFact[]): HeaderLine[] {
  const found = new Set(ofType(facts, FOUND).map(reportOf));
  return ofType(facts, REPORTED)
    .filter((report) => !found.has(reportOf(report)))
    .sort(newestFirst)
    .slice(0, 1)
    .map((report) =>
      line(report, 'Reported missing', `since ${instantInWords(report.occurredAt)}`, 'not reported found'),
    );
}

const reportOf = (fact: HeaderFact): string => `${fact.record}\n${textOf(fact, 'reportReference')}`;

function hasEnded(placement: HeaderFact, today: string): boolean {
  const ended = textOf(placement, 'endedOn');
  return isDay(ended) && ended < today;
}

function placementLine(placement: HeaderFact): HeaderLine {
  const [area, started] = [textOf(placement, 'area'), textOf(placement, 'startedOn')];
  const since = isDay(started) ? dayInWords(started) : instantInWords(placement.occurredAt);
  const words = placeWords(textOf(placement, 'kind'));
  return line(placement, `${words.charAt(0).toUpperCase()}${words.slice(1)}`, `since ${since}`, area);
}
