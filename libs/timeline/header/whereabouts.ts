import { dayInWords, instantInWords, isDay } from '../../kernel/london.js';
import { placeWords } from '../summaries/social-care.js';
import { detainedOf } from './detention.js';
import { dayOfField, line, newestFirst, ofType, textOf, type HeaderFact, type HeaderLine } from './header-fact.js';

/** The reports that began the episodes that last, by entry: whether the child is missing, or away without authorisation. */
export type OpenReports = ReadonlyMap<string, 'missing' | 'away'>;

const PLACED = 'hub.social_care.v1.PlacementRecorded';
const RECEIVED = 'hub.secure_estate.v1.ReceivedIntoCustody';
const MOVED = 'hub.secure_estate.v1.MovedBetweenEstablishments';
const RELEASED = 'hub.secure_estate.v1.ReleasedFromCustody';

/**
 * Where the child is at an instant, as far as anybody said: missing before all else, unless custody began after; then a police
 * station, then custody, then the placement. `today` is that instant's day in London, `YYYY-MM-DD`.
 */
export function whereaboutsOf(
  facts: readonly HeaderFact[],
  { at, today }: { readonly at: string; readonly today: string },
  open: OpenReports,
): HeaderLine[] {
  const [movement] = ofType(facts, RECEIVED, MOVED, RELEASED).sort(newestFirst);
  const placements = ofType(facts, PLACED).sort(newestFirst);
  const placed = placements.filter((placement) => !hasEnded(placement, today)).slice(0, 1);
  const inside = movement !== undefined && movement.type !== RELEASED;
  const gone = [...missing(facts, inside ? movement : undefined, open), ...detainedOf(facts, at, movement)];
  if (inside) return [...gone, line(movement, `In custody: ${textOf(movement, 'establishment')}`, sinceThen(movement))];
  if (placed.length > 0) return [...gone, ...placed.map(placementLine)];
  return [...gone, ...(movement ? [releaseLine(movement)] : placements.slice(0, 1).map(endedLine))];
}

function missing(facts: readonly HeaderFact[], inside: HeaderFact | undefined, open: OpenReports): HeaderLine[] {
  return facts
    .filter(({ entry }) => open.has(entry))
    .filter((report) => !inside || Date.parse(report.occurredAt) > Date.parse(inside.occurredAt))
    .sort(newestFirst)
    .slice(0, 1)
    .map((report) => {
      const started = textOf(report, 'startedOn');
      const since = isDay(started) ? `since ${dayInWords(started)}` : sinceThen(report);
      const words =
        open.get(report.entry) === 'away' ? 'Away from placement without authorisation' : 'Reported missing';
      return line(report, words, since, 'not reported found');
    });
}

const sinceThen = ({ occurredAt }: HeaderFact): string => `since ${instantInWords(occurredAt)}`;

function releaseLine(release: HeaderFact): HeaderLine {
  const where = release.content['toHospital'] === true ? 'Released from custody to hospital' : 'Released from custody';
  return line(release, where, sinceThen(release), textOf(release, 'establishment'));
}

function endedLine(placement: HeaderFact): HeaderLine {
  return line(placement, 'No placement now', `the last ended on ${dayOfField(placement, 'endedOn')}`);
}

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
