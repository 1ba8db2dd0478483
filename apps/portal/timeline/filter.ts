import { Temporal } from 'temporal-polyfill';
import { isAgency, type Agency } from '../../../libs/kernel/agency.js';
import { asKnownAt, endOfDayLondon, isDay, startOfDayLondon } from '../../../libs/kernel/london.js';
import { all, invalid, one, type Query } from '../looks/parameters.js';

/** What of a timeline is asked for. Instants are RFC 3339; both ends belong to the range. */
export interface TimelineFilter {
  readonly agencies?: readonly Agency[];
  readonly categories?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly asKnownAt?: string;
}

/** Reads `agency`, `category`, `from`, `to`, `asKnownAt`; empty ones do not filter. Throws `Problem` 400 naming the one. */
export function filterOf(query: Query): TimelineFilter {
  const agencies = all(query, 'agency').map((name) => {
    if (!isAgency(name)) throw invalid('agency', 'names no agency of the hub');
    return name;
  });
  const categories = all(query, 'category').map((name) => {
    if (!/^[a-z][a-z-]{0,39}$/.test(name)) throw invalid('category', 'is not the name of a category');
    return name;
  });
  const from = instant(query, 'from', startOfDayLondon);
  const to = instant(query, 'to', endOfDayLondon);
  if (from !== undefined && to !== undefined && Temporal.Instant.compare(from, to) > 0) {
    throw invalid('to', 'is before from');
  }
  const known = one(query, 'asKnownAt');
  const knownAt = known === undefined ? undefined : asKnownAt(known);
  if (known !== undefined && knownAt === undefined) throw invalid('asKnownAt', NOT_A_TIME);
  return {
    ...(agencies.length > 0 ? { agencies } : {}),
    ...(categories.length > 0 ? { categories } : {}),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(knownAt === undefined ? {} : { asKnownAt: knownAt }),
  };
}

const NOT_A_TIME = 'is neither a date (YYYY-MM-DD) nor an RFC 3339 instant';

function instant(query: Query, name: string, ofDay: (day: string) => string): string | undefined {
  const text = one(query, name);
  if (text === undefined) return undefined;
  if (isDay(text)) return ofDay(text);
  const known = asKnownAt(text);
  if (known === undefined) throw invalid(name, NOT_A_TIME);
  return known;
}
