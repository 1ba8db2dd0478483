import { Problem } from '../../../libs/platform/problems/problem.js';
import { one, type Query } from '../looks/parameters.js';
import { filterOf, type TimelineFilter } from '../timeline/filter.js';

/** What a timeline page was asked for. */
export interface Asked {
  readonly filter: TimelineFilter;
  readonly cursor?: string;
  /** Since when entries are new to the reader, as an earlier page said it. */
  readonly since?: string;
  /** The parameters that stood, for links that keep them. */
  readonly kept: Readonly<Record<string, string>>;
  /** The as-known-at date as it was typed. */
  readonly typed: string;
  /** What is wrong with it, in words. */
  readonly error?: string;
}

const NAMES = ['agency', 'category', 'from', 'to', 'asKnownAt', 'cursor', 'since'] as const;

/** Reads the address. A date that cannot be read is said to be so beside its field; anything else wrong throws a 400. */
export function readQuery(query: Query): Asked {
  const given: Record<string, string> = {};
  for (const name of NAMES) {
    const value = one(query, name);
    if (value !== undefined) given[name] = value;
  }
  const typed = given['asKnownAt'] ?? '';
  const dated = typed === '' ? given : { ...given, asKnownAt: isoDay(typed) };
  try {
    return asked(dated, typed);
  } catch (error) {
    if (!(error instanceof Problem) || error.pointer !== 'asKnownAt') throw error;
    const { asKnownAt: _, ...rest } = given;
    return { ...asked(rest, typed), error: 'Enter a real date, for example 27/3/2026' };
  }
}

function asked(given: Readonly<Record<string, string>>, typed: string): Asked {
  const { cursor, since, ...kept } = given;
  return {
    filter: filterOf(given),
    kept,
    typed,
    ...(cursor === undefined ? {} : { cursor }),
    ...(since === undefined ? {} : { since }),
  };
}

// People write 27/3/2026; addresses carry 2026-03-27.
export function isoDay(text: string): string {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$/.exec(text.trim()) ?? [];
  return year === '' ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
