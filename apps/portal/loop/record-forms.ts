import { isDay, timeOfDayLondon } from '../../../libs/kernel/london.js';
import { saidText, textFault } from '../annotations/said-text.js';
import { isoDay } from '../pages/timeline-query.js';
import type { InterviewSaid, PreventionSaid, UseSaid } from './record.command.js';

export const LIMIT = 2_000;
const SHORT = 100;

type Fields = Readonly<Record<string, string>>;
type Errors = Readonly<Record<string, string>>;

/** What a form says, or what is wrong with it by field. */
export type FormOutcome<Said> = { readonly said: Said } | { readonly errors: Errors };

/** As the contract has it. */
export const PREVENTION_LIMIT = 1_000;
const preventionOutcomes = ['declined', 'completed', 'not-held'] as const;
const outcomes = ['offered', 'declined', 'completed', 'not-held'] as const;

/** `now`: RFC 3339. What is recorded has happened. */
export function interviewForm(fields: Fields, now: string): FormOutcome<InterviewSaid> {
  const outcome = outcomes.find((one) => one === fields['outcome']);
  const [reason, summary] = [saidText(fields['reason']), saidText(fields['summary'])];
  const [interviewer, reference] = [saidText(fields['interviewer']), saidText(fields['reference'])];
  const at = instantOf(fields, now);
  const needed = outcome === 'not-held' ? 'Say why it was not held' : undefined;
  const errors = faults({
    outcome: outcome ? undefined : 'Choose what came of the interview',
    day: typeof at === 'string' ? undefined : at.error,
    reason: textFault(reason, LIMIT, needed),
    summary: textFault(
      summary,
      LIMIT,
      outcome === 'completed' ? 'Say what the child told that keeps them safe' : undefined,
    ),
    interviewer: textFault(interviewer, SHORT),
    reference: textFault(reference, SHORT),
  });
  if (!outcome || typeof at !== 'string' || errors) return { errors: errors ?? {} };
  const independent = fields['independent'] === 'yes';
  const urgent = outcome === 'completed' && fields['urgent'] === 'yes';
  const told = outcome === 'completed' ? summary : '';
  return { said: { outcome, at, reason, summary: told, interviewer, independent, urgent, reference } };
}

/** The police's own interview with a child who is back: what was said in it stays in their system. `now`: RFC 3339. */
export function preventionForm(fields: Fields, now: string): FormOutcome<PreventionSaid> {
  const outcome = preventionOutcomes.find((one) => one === fields['outcome']);
  const reason = saidText(fields['reason']);
  const at = instantOf(fields, now);
  const errors = faults({
    outcome: outcome ? undefined : 'Choose what came of the interview',
    day: typeof at === 'string' ? undefined : at.error,
    reason: textFault(reason, PREVENTION_LIMIT, outcome === 'not-held' ? 'Say why it was not held' : undefined),
  });
  if (!outcome || typeof at !== 'string' || errors) return { errors: errors ?? {} };
  return { said: { outcome, at, reason: outcome === 'completed' ? '' : reason } };
}

export function useForm(fields: Fields, now: string): FormOutcome<UseSaid> {
  const howUsed = saidText(fields['howUsed']);
  const typed = saidText(fields['planReviewedOn']);
  const day = isoDay(typed);
  const errors = faults({
    howUsed: textFault(howUsed, LIMIT, 'Say what it changed in the plan, or why it changed nothing'),
    planReviewedOn: typed === '' ? undefined : dayFault(day, now),
  });
  return errors ? { errors } : { said: { howUsed, planReviewedOn: typed === '' ? '' : day } };
}

function instantOf(fields: Fields, now: string): string | { readonly error: string } {
  const day = isoDay(fields['day'] ?? '');
  const time = (fields['time'] ?? '').trim().replace('.', ':').padStart(5, '0');
  const fault = dayFault(day, now);
  if (fault !== undefined) return { error: fault };
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return { error: 'Enter a time, for example 14:30' };
  const at = timeOfDayLondon(day, time);
  return Date.parse(at) > Date.parse(now) ? { error: 'It has to have happened already' } : new Date(at).toISOString();
}

function dayFault(day: string, now: string): string | undefined {
  if (!isDay(day)) return 'Enter a real date, for example 27/3/2026';
  return Date.parse(day) > Date.parse(now) ? 'It has to have happened already' : undefined;
}

function faults(found: Readonly<Record<string, string | undefined>>): Errors | undefined {
  const errors = Object.entries(found).filter((one): one is [string, string] => one[1] !== undefined);
  return errors.length === 0 ? undefined : Object.fromEntries(errors);
}
