import { isDay, timeOfDayLondon } from '../../../libs/kernel/london.js';
import type { Colleague } from '../../../libs/platform/watch/duty-store.js';
import { saidText, textFault } from '../annotations/said-text.js';
import { isoDay } from '../pages/timeline-query.js';

const TEAM_LIMIT = 60;
/** A slip of the year would put somebody on duty for it. */
const LONGEST_DAYS = 31;
const DAY_MS = 86_400_000;

/** What was typed of a turn, as it was typed. */
export interface TurnTyped {
  readonly worker: string;
  readonly team: string;
  readonly fromDay: string;
  readonly fromTime: string;
  readonly untilDay: string;
  readonly untilTime: string;
}

export type TurnFaults = Readonly<Partial<Record<keyof TurnTyped, string>>>;

/** A turn as it is to be recorded: RFC 3339. */
export interface TurnSaid {
  readonly worker: Colleague;
  readonly team: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

export function turnTyped(fields: Readonly<Record<string, string>>): TurnTyped {
  const text = (name: keyof TurnTyped): string => saidText(fields[name]);
  return {
    ...{ worker: fields['worker'] ?? '', team: text('team').replaceAll('\n', ' ') },
    ...{ fromDay: text('fromDay'), fromTime: text('fromTime') },
    ...{ untilDay: text('untilDay'), untilTime: text('untilTime') },
  };
}

/** What a form says, times being London's, or what is wrong with it by field. `now`: milliseconds since the epoch. */
export function turnForm(
  typed: TurnTyped,
  colleagues: readonly Colleague[],
  now: number,
): { readonly said: TurnSaid } | { readonly faults: TurnFaults } {
  const worker = colleagues.find(({ who }) => who === typed.worker);
  const [from, until] = [momentOf(typed.fromDay, typed.fromTime), momentOf(typed.untilDay, typed.untilTime)];
  const team = textFault(typed.team, TEAM_LIMIT, 'Enter the team that answers, for example Duty team');
  const end = until.fault === undefined && from.fault === undefined ? endFault(from.at, until.at, now) : undefined;
  if (worker && from.fault === undefined && until.fault === undefined && !team && !end) {
    return { said: { worker, team: typed.team, startsAt: from.at, endsAt: until.at } };
  }
  return {
    faults: {
      ...(worker ? {} : { worker: 'Choose who is on duty' }),
      ...(team === undefined ? {} : { team }),
      ...(from.fault === undefined ? {} : { [from.part === 'day' ? 'fromDay' : 'fromTime']: from.fault }),
      ...(until.fault === undefined ? {} : { [until.part === 'day' ? 'untilDay' : 'untilTime']: until.fault }),
      ...(end === undefined ? {} : { untilDay: end }),
    },
  };
}

type Moment =
  { readonly at: string; readonly fault?: undefined } | { readonly fault: string; readonly part: 'day' | 'time' };

function momentOf(dayText: string, timeText: string): Moment {
  const day = isoDay(dayText);
  if (!isDay(day)) return { fault: 'Enter a real date, for example 27/3/2026', part: 'day' };
  const time = timeText.replace('.', ':').padStart(5, '0');
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return { fault: 'Enter a time, for example 17:30', part: 'time' };
  return { at: new Date(timeOfDayLondon(day, time)).toISOString() };
}

function endFault(from: string, until: string, now: number): string | undefined {
  const [starts, ends] = [Date.parse(from), Date.parse(until)];
  if (ends <= starts) return 'It has to end after it begins';
  if (ends <= now) return 'It has to end after now';
  return ends - starts > LONGEST_DAYS * DAY_MS ? `It has to end within ${LONGEST_DAYS} days` : undefined;
}
