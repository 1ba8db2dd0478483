import { instantInWords, isDay } from '../../kernel/london.js';
import { entryAt } from '../reading.js';
import { flagWords, levelWords } from '../summaries/yos.js';
import { dayOfField, line, newestFirst, ofType, textOf, type HeaderFact, type HeaderLine } from './header-fact.js';

const JUDGED = 'hub.yos.v1.RiskJudged';
const FLAGGED = 'hub.yos.v1.VitalFlagRecorded';
const NEEDS = 'hub.yos.v1.CommunicationNeedsRecorded';

/** The newest of one of the three judgements, dated, and whether a manager has countersigned it. */
export function judgementOf(facts: readonly HeaderFact[], judgement: string): HeaderLine[] {
  const [newest] = ofType(facts, JUDGED)
    .filter((fact) => textOf(fact, 'judgement') === judgement)
    .sort((a, b) => textOf(b, 'judgedOn').localeCompare(textOf(a, 'judgedOn')) || newestFirst(a, b));
  if (!newest) return [];
  const level = entryAt(levelWords, textOf(newest, 'level')) ?? textOf(newest, 'level');
  return [line(newest, level, `judged on ${dayOfField(newest, 'judgedOn')}`, countersigned(newest))];
}

/** Flags of these kinds that hold on a day; one that says so where there were some and none does. */
export function flagsOf(facts: readonly HeaderFact[], kinds: readonly string[], today: string): HeaderLine[] {
  const flags = ofType(facts, FLAGGED)
    .filter((flag) => kinds.includes(textOf(flag, 'kind')))
    .sort(newestFirst);
  const holding = flags.filter((flag) => !isDay(textOf(flag, 'endedOn')) || textOf(flag, 'endedOn') >= today);
  if (holding.length === 0) {
    return flags.slice(0, 1).map((flag) => line(flag, 'None now', `the last ended on ${dayOfField(flag, 'endedOn')}`));
  }
  return holding.map((flag) => {
    const kind = entryAt(flagWords, textOf(flag, 'kind')) ?? textOf(flag, 'kind');
    return line(flag, kind, `since ${instantInWords(flag.occurredAt)}`, textOf(flag, 'detail'));
  });
}

/** The newest statement of what the child needs; the ones before it no longer count. */
export function needsOf(facts: readonly HeaderFact[]): HeaderLine[] {
  const [newest] = ofType(facts, NEEDS).sort(newestFirst);
  const needs = newest?.content['needs'];
  if (!newest || !Array.isArray(needs)) return [];
  return [
    line(
      newest,
      needs.filter((need) => typeof need === 'string').join('. '),
      `since ${instantInWords(newest.occurredAt)}`,
    ),
  ];
}

function countersigned(judged: HeaderFact): string {
  if (!isDay(textOf(judged, 'countersignedOn'))) return 'not countersigned';
  const by = textOf(judged, 'countersignedBy');
  return `countersigned ${dayOfField(judged, 'countersignedOn')}${by ? ` by ${by}` : ''}`;
}
