import { dayInLondon, dayInWords, instantInWords, isDay } from '../../../libs/kernel/london.js';
import type { HeldFact } from '../../../libs/kernel/capability.js';
import { isAgency } from '../../../libs/kernel/agency.js';
import { forceOf, placeName } from '../../../libs/kernel/places.js';
import type { Grade } from '../../../libs/safeguarding/missing/episodes.fold.js';
import { text } from '../../../libs/safeguarding/said.js';
import { noticeName } from '../../../libs/safeguarding/words.js';
import { recipientWords } from '../duties/duty-words.js';
import { agencyWords } from '../pages/words.js';
import type { EpisodeInSight, Strategy } from './episodes-in-sight.js';
import type { Told } from './told.js';

export const gradeWords: Readonly<Record<Grade, string>> = {
  ungraded: 'Not graded',
  'no-apparent-risk': 'No apparent risk',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
};

export const levelWords = {
  none: 'No concern that you may see',
  emerging: 'Emerging',
  moderate: 'Moderate',
  significant: 'Significant',
} as const;

/** A day or an instant in words; what is neither as it was written. */
export function whenWords(at: string, precision: 'instant' | 'date' = isDay(at) ? 'date' : 'instant'): string {
  if (isDay(at)) return dayInWords(at);
  if (Number.isNaN(Date.parse(at))) return at;
  const instant = new Date(at).toISOString();
  return precision === 'date' ? dayInWords(dayInLondon(instant)) : instantInWords(instant);
}

export const nameOf = (agency: string): string => (isAgency(agency) ? agencyWords[agency].name : agency);

/** Whose the child is, and where: `Coventry; placed in Derby; force 20, Coventry and force 30, Derby`. */
export function authorityWords({ home, host, episode }: EpisodeInSight): string[] {
  const stated = episode.reports.map(({ fact }) => text(fact, 'force')).filter((force) => force !== '');
  const forces = [...new Set([...[home, host ?? ''].map(forceOf), ...stated])].filter((force) => force !== '');
  return [
    home === '' ? 'Responsible authority not sent' : placeName(home),
    ...(host === undefined ? [] : [`placed in ${placeName(host)}`]),
    ...forces.map(placeName),
  ];
}

export function strategyWords(strategy: Strategy | undefined): string {
  if (!strategy) return 'None that you may see';
  const when = `${strategy.held ? 'Held, called for' : 'Called for'} ${whenWords(strategy.on)}`;
  return `${when}; YOS ${strategy.withService ? 'invited' : 'not invited'}`;
}

/** Who was told, of what and since when; recalled ones last, and said to be. */
export function toldWords({
  key,
  kind,
  to_agency,
  to_role,
  to_place,
  possible,
  reminder,
  state,
  raised_at,
  ended_at,
  by,
  at,
}: Told) {
  const who = isAgency(to_agency)
    ? recipientWords({ agency: to_agency, role: to_role, place: to_place })
    : `${to_agency} (${to_role})`;
  return {
    id: key,
    who: possible ? `${who}, as possibly theirs` : who,
    what: noticeName(kind) ?? 'A notice',
    when: instantInWords(new Date(raised_at).toISOString()),
    recalled: state === 'recalled',
    over: state === 'lapsed',
    reminder,
    acknowledged: by === null || at === null ? undefined : `${by}, ${instantInWords(new Date(at).toISOString())}`,
    ended: ended_at === null ? undefined : instantInWords(new Date(ended_at).toISOString()),
  };
}

/** What came of an interview, in words. */
export const outcomeWords: Readonly<Record<string, string>> = {
  OUTCOME_OFFERED: 'Return home interview offered',
  OUTCOME_DECLINED: 'Return home interview declined',
  OUTCOME_COMPLETED: 'Return home interview held',
  OUTCOME_NOT_HELD: 'Return home interview not held',
};

/** Who says so: the agency, and whether through the hub. */
export function saidBy({ agency, system }: HeldFact): string {
  return system === 'hub' ? `${nameOf(agency)}, recorded in the hub` : nameOf(agency);
}
