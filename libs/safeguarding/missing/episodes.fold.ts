import type { HeldFact } from '../../kernel/capability.js';
import { isDay } from '../../kernel/london.js';
import { authorityOf } from '../../kernel/places.js';
import { ofType, text, time } from '../said.js';

export const episodeTypes = [
  'hub.police.v1.MissingReported',
  'hub.police.v1.MissingFound',
  'hub.police.v1.ChildReturned',
  'hub.police.v1.MissingReportCancelled',
  'hub.social_care.v1.MissingReported',
  'hub.social_care.v1.ChildReturned',
  'hub.social_care.v1.MissingEpisodeRecorded',
] as const;

/** One report of an episode, by one agency. */
export interface Report {
  readonly fact: HeldFact;
  /** The reporter's own reference, and those of others that it names; with the agency in front. */
  readonly references: readonly string[];
  readonly at: string;
  readonly precision: 'instant' | 'date';
  /** Missing, or away from placement without authorisation: the two stay apart. */
  readonly kind: 'missing' | 'away';
}

/** Something that happened in an episode. */
export interface Happened {
  readonly fact: HeldFact;
  readonly at: string;
}

/** One episode, however many agencies reported it. */
export interface Episode {
  /** In the order of their times; never empty. */
  readonly reports: readonly Report[];
  readonly kind: 'missing' | 'away';
  readonly startedAt: string;
  readonly precision: 'instant' | 'date';
  readonly found?: Happened & { readonly inCustody: boolean };
  /** Back home or in care: the return that the clock runs from. */
  readonly returned?: Happened & { readonly precision: 'instant' | 'date' };
  /** Everything that says that the child was found or came back, wherever to. */
  readonly ends: readonly HeldFact[];
  /** The highest grade that any report gives now. */
  readonly grade: Grade;
  /** Where the child was placed, by what a report says; '' where none does. */
  readonly placementArea: string;
  readonly authority: string;
}

export type Grade = 'ungraded' | 'no-apparent-risk' | 'low' | 'medium' | 'high';

const grades: readonly Grade[] = ['no-apparent-risk', 'low', 'ungraded', 'medium', 'high'];
const DAY = 86_400_000;

/**
 * The episodes of a child, from everything said of them, in any order of arrival. A report joins the episode before it as long as
 * nobody has said that the child came back in between: police and a home tell of one night in two ways, with clocks and dates
 * that differ. A report that names another's reference joins that one whatever the times say.
 */
export function episodesOf(facts: readonly HeldFact[]): readonly Episode[] {
  const cancelled = new Set(ofType(facts, 'hub.police.v1.MissingReportCancelled').map((fact) => reference(fact)));
  const reports = reportsIn(facts).filter(({ references }) => !references.some((one) => cancelled.has(one)));
  const founds = ofType(facts, 'hub.police.v1.MissingFound');
  const returns = ofType(facts, 'hub.police.v1.ChildReturned', 'hub.social_care.v1.ChildReturned');
  const groups = grouped(reports, [...founds, ...returns]);
  return groups.map((group, index) => {
    const others = reports.filter((report) => !group.includes(report));
    return episodeOf(group, groups[index + 1], others, founds, returns);
  });
}

function reportsIn(facts: readonly HeldFact[]): Report[] {
  const told = ofType(facts, 'hub.police.v1.MissingReported', 'hub.social_care.v1.MissingReported').map(
    (fact): Report => {
      const police = text(fact, 'policeReference');
      const away = text(fact, 'kind') === 'KIND_AWAY_WITHOUT_AUTHORISATION';
      return {
        fact,
        references: [reference(fact), ...(police === '' ? [] : [`police ${police}`])],
        at: fact.occurredAt,
        precision: fact.precision,
        kind: away ? 'away' : 'missing',
      };
    },
  );
  // The yearly return knows days only: it joins what was reported about then, and is an episode of its own otherwise.
  const returned = ofType(facts, 'hub.social_care.v1.MissingEpisodeRecorded').map((fact): Report => {
    const away = text(fact, 'kind') === 'KIND_AWAY_WITHOUT_AUTHORISATION';
    return { fact, references: [], at: fact.occurredAt, precision: 'date', kind: away ? 'away' : 'missing' };
  });
  return [...told, ...returned].toSorted((one, other) => time(one.at) - time(other.at) || order(one, other));
}

function grouped(reports: readonly Report[], ends: readonly HeldFact[]): Report[][] {
  const groups: Report[][] = [];
  for (const report of reports.filter(({ precision }) => precision === 'instant')) {
    const named = groups.find((group) =>
      group.some((one) => one.references.some((name) => report.references.includes(name))),
    );
    const before = groups.at(-1);
    const joins = named ?? (before && !cameBack(before, report, ends, reports) ? before : undefined);
    if (joins) joins.push(report);
    else groups.push([report]);
  }
  for (const report of reports.filter(({ precision }) => precision === 'date')) {
    const near = groups.find((group) =>
      group.some(({ at }) => Math.abs(time(at) - time(report.at) - DAY / 2) <= 1.5 * DAY),
    );
    if (near) near.push(report);
    else groups.push([report]);
  }
  return groups
    .map((group) => group.toSorted((one, other) => time(one.at) - time(other.at) || order(one, other)))
    .toSorted((one, other) => time(startOf(one)) - time(startOf(other)));
}

/**
 * Somebody said that the child was found or back, after the episode began and before this report. What names the report of another
 * episode, or this report itself, ends something else: it is only its time that falls between.
 */
function cameBack(
  group: readonly Report[],
  report: Report,
  ends: readonly HeldFact[],
  all: readonly Report[],
): boolean {
  const from = time(startOf(group));
  return ends.some((end) => {
    const between = time(end.occurredAt) >= from && time(end.occurredAt) <= time(report.at);
    return between && (isNamed(end, group) || !isNamed(end, all));
  });
}

function episodeOf(
  group: readonly Report[],
  next: readonly Report[] | undefined,
  others: readonly Report[],
  founds: readonly HeldFact[],
  returns: readonly HeldFact[],
): Episode {
  const until = next ? time(startOf(next)) : Infinity;
  const names = group.flatMap(({ references }) => references);
  const from = time(startOf(group));
  const mine = (fact: HeldFact): boolean => {
    if (names.includes(reference(fact))) return true;
    return time(fact.occurredAt) >= from && time(fact.occurredAt) < until && !isNamed(fact, others);
  };
  // Whoever was brought into custody, to hospital or elsewhere was found, and is not back.
  const found = earliest(
    [...founds, ...returns.filter((fact) => !homeOrCare.has(text(fact, 'returnedTo')))].filter(mine),
  );
  const back = earliest(returns.filter((fact) => mine(fact) && homeOrCare.has(text(fact, 'returnedTo'))));
  const inCells = returns.some((fact) => mine(fact) && text(fact, 'returnedTo') === 'RETURNED_TO_POLICE_CUSTODY');
  const ended = group.flatMap(({ fact, precision }) => {
    const day = precision === 'date' ? text(fact, 'endedOn') : '';
    return isDay(day) ? [{ fact, at: `${day}T00:00:00Z` }] : [];
  })[0];
  const [first] = group;
  if (!first) throw new RangeError('an episode has a report');
  const returned = back
    ? { fact: back, at: back.occurredAt, precision: back.precision }
    : ended && { ...ended, precision: 'date' as const };
  return {
    reports: group,
    kind: group.some(({ kind }) => kind === 'missing') ? 'missing' : 'away',
    startedAt: (group.find(({ precision }) => precision === 'instant') ?? first).at,
    precision: group.some(({ precision }) => precision === 'instant') ? 'instant' : 'date',
    ...(found
      ? {
          found: {
            fact: found,
            at: found.occurredAt,
            inCustody: inCells || text(found, 'foundAt') === 'police-custody',
          },
        }
      : {}),
    ...(returned ? { returned } : {}),
    ends: [...founds, ...returns].filter(mine),
    grade: highest(group.map(({ fact }) => gradeOf(text(fact, 'risk')))),
    placementArea: authorityOf(group.map(({ fact }) => text(fact, 'placementArea')).find((area) => area !== '') ?? ''),
    authority: authorityOf(
      group.map(({ fact }) => text(fact, 'responsibleAuthority')).find((name) => name !== '') ?? '',
    ),
  };
}

const homeOrCare = new Set(['RETURNED_TO_HOME', 'RETURNED_TO_CARE_SETTING']);

function isNamed(fact: HeldFact, group: readonly Report[]): boolean {
  return group.some(({ references }) => references.includes(reference(fact)));
}

/** References are each agency's own: the agency in front keeps them apart. */
function reference(fact: HeldFact): string {
  return `${fact.agency} ${text(fact, 'reportReference')}`;
}

function earliest(facts: readonly HeldFact[]): HeldFact | undefined {
  return facts.toSorted((one, other) => time(one.occurredAt) - time(other.occurredAt))[0];
}

export function gradeOf(code: string): Grade {
  const name = code.replace('RISK_GRADE_', '').toLowerCase().replaceAll('_', '-');
  // "Absent" is a historic grade: it said that no risk was apparent.
  if (name === 'absent') return 'no-apparent-risk';
  return grades.find((grade) => grade === name) ?? 'ungraded';
}

function highest(said: readonly Grade[]): Grade {
  const graded = said.filter((grade) => grade !== 'ungraded');
  return (
    (graded.length > 0 ? graded : said).toSorted((one, other) => grades.indexOf(other) - grades.indexOf(one))[0] ??
    'ungraded'
  );
}

const startOf = (group: readonly Report[]): string => group[0]?.at ?? '';
const order = (one: Report, other: Report): number => (one.fact.fact < other.fact.fact ? -1 : 1);
