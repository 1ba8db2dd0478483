import type { Duty, Recipient } from '../../../libs/kernel/capability.js';
import { instantInWords } from '../../../libs/kernel/london.js';
import type { Limit, Rule } from '../../../libs/kernel/rules.js';
import { placeName } from '../../../libs/kernel/places.js';
import { dutyName, roleWords } from '../../../libs/safeguarding/words.js';
import { agencyWords } from '../pages/words.js';
import type { DutyInSight } from './duties-in-sight.js';

const HOUR = 3_600_000;

const units: Readonly<Record<Limit['unit'], string>> = {
  'clock-hours': 'hour',
  'calendar-days': 'day',
  'working-days': 'working day',
  'school-days': 'school day',
  months: 'month',
};

/** `72 hours`, `1 working day`. */
export function limitWords({ amount, unit }: Limit): string {
  return `${amount} ${units[unit]}${amount === 1 ? '' : 's'}`;
}

/** How much time: `3 hours`, `2 days and 4 hours`, `under an hour`. */
export function spanWords(milliseconds: number): string {
  const hours = Math.floor(milliseconds / HOUR);
  if (hours < 1) return 'under an hour';
  const [days, left] = [Math.floor(hours / 24), hours % 24];
  const some = (count: number, name: string): string[] =>
    count === 0 ? [] : [`${count} ${name}${count === 1 ? '' : 's'}`];
  return days >= 7 ? `${days} days` : [...some(days, 'day'), ...some(left, 'hour')].join(' and ');
}

/** Whom a duty or a notice is for: `Social care (social worker), Coventry`. */
export function recipientWords({ agency, role, place }: Pick<Recipient, 'agency' | 'role' | 'place'>): string {
  const where = place === undefined || place === '' ? '' : `, ${placeName(place)}`;
  return `${agencyWords[agency].name} (${roleWords(role)})${where}`;
}

const details: Readonly<Record<string, string>> = {
  'stage to-offer': 'Not offered yet',
  'stage offered': 'Offered, no answer yet',
  'stage declined': 'Declined',
  'stage completed': 'Held',
  'stage not-held': 'Not held',
  'stage in-custody': 'Found in police custody: no clock runs',
  'flagged yes': 'Flagged as urgent by the interviewer',
  'emergency yes': 'Placed in an emergency',
  'consider statutory-defence':
    'A person considers with the defence and the Crown Prosecution Service whether the statutory defence applies (Modern Slavery Act 2015 s.45): many offences are excluded',
};

/** What is known of a duty beyond its kind, in words. */
export function detailWords({ details: said = {} }: Duty): string[] {
  const known = Object.entries(said).flatMap(([name, value]) => details[`${name} ${value}`] ?? []);
  const { episodes, withinDays } = said;
  return episodes === undefined ? known : [...known, `${episodes} episodes within ${withinDays ?? ''} days`];
}

/** A duty in words, with its clock as of `at` (RFC 3339). */
export function dutyInWords({ id, duty, state, mine }: DutyInSight, rule: Rule, at: string) {
  const { due, met, owner } = duty;
  const left = due === undefined ? 0 : Date.parse(due) - Date.parse(at);
  return {
    id,
    title: dutyName(duty.kind) ?? 'A duty',
    owner: recipientWords(owner),
    mine,
    since: instantInWords(duty.since),
    due: due === undefined ? 'Without delay, no deadline' : instantInWords(due),
    clock: met
      ? `Done ${instantInWords(met.at)}`
      : due === undefined
        ? `Open for ${spanWords(Date.parse(at) - Date.parse(duty.since))}`
        : left > 0
          ? `${spanWords(left)} left`
          : `${spanWords(-left)} late`,
    late: state === 'overdue',
    met: met !== undefined,
    verified: duty.verified,
    rule: `${rule.id}: ${rule.authority}`,
    limit: rule.limit
      ? limitWords(rule.limit)
      : duty.due === undefined
        ? 'No number: without delay'
        : 'No number: by when it is arranged for',
    details: detailWords(duty),
  };
}

/** How many a page lists of a list that may go over pages: of more than it lists nothing is counted, for nobody has looked at them. */
export function listedWords(before: number, listed: number, more: boolean): string {
  if (before > 0) return `${before + 1} to ${before + listed}`;
  return more ? `first ${listed}` : String(listed);
}
