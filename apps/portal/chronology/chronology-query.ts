import { Problem } from '../../../libs/platform/problems/problem.js';
import { one, type Query } from '../looks/parameters.js';
import { isoDay } from '../pages/timeline-query.js';
import { filterOf, type TimelineFilter } from '../timeline/filter.js';

export const dateFields = ['from', 'to', 'asKnownAt'] as const;
export type DateField = (typeof dateFields)[number];

/** What a chronology was asked for. */
export interface AskedChronology {
  readonly filter: TimelineFilter;
  /** As it was typed. */
  readonly typed: Readonly<Record<DateField, string>>;
  /** What is wrong, in words, by field: those fields do not filter. */
  readonly errors: Readonly<Partial<Record<DateField, string>>>;
  /** The parameters that stood, for the address of the print. */
  readonly kept: Readonly<Record<string, string>>;
}

/** Reads the address. A date that cannot be read is said to be so beside its field. */
export function readChronologyQuery(query: Query): AskedChronology {
  const typed = {
    from: one(query, 'from') ?? '',
    to: one(query, 'to') ?? '',
    asKnownAt: one(query, 'asKnownAt') ?? '',
  };
  const errors: Partial<Record<DateField, string>> = {};
  let kept: Record<string, string> = {};
  for (const name of dateFields) {
    if (typed[name] === '') continue;
    const tried = { ...kept, [name]: isoDay(typed[name]) };
    const error = faultOf(tried);
    if (error === undefined) kept = tried;
    else errors[name] = error;
  }
  return { filter: filterOf(kept), typed, errors, kept };
}

function faultOf(parameters: Readonly<Record<string, string>>): string | undefined {
  try {
    filterOf(parameters);
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.detail.includes('before from')
      ? 'The last day must be the same as or after the first'
      : 'Enter a real date, for example 27/3/2026';
  }
}
