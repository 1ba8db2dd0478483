import { isAgency } from '../../../libs/kernel/agency.js';
import { asKnownAt } from '../../../libs/kernel/london.js';
import { invalid, one, type Query } from '../looks/parameters.js';
import type { AgencyWanted, Wanted } from './read-shown.query.js';

/** What is asked of the second view: by when, and perhaps one agency entry by entry. Throws `Problem` 400 naming the one. */
export function shownParameters(query: Query): { readonly asKnownAt?: string; readonly of?: AgencyWanted } {
  const typed = one(query, 'asKnownAt');
  const by = typed === undefined ? undefined : asKnownAt(typed);
  if (typed !== undefined && by === undefined) {
    throw invalid('asKnownAt', 'is neither a date (YYYY-MM-DD) nor an RFC 3339 instant');
  }
  const agency = one(query, 'agency');
  if (agency !== undefined && !isAgency(agency)) throw invalid('agency', 'names no agency of the hub');
  const wanted = one(query, 'entries') ?? 'all';
  if (!isWanted(wanted)) throw invalid('entries', 'is one of all, known, not-shown');
  const cursor = one(query, 'cursor');
  return {
    ...(by === undefined ? {} : { asKnownAt: by }),
    ...(agency === undefined ? {} : { of: { agency, wanted, ...(cursor === undefined ? {} : { cursor }) } }),
  };
}

function isWanted(text: string): text is Wanted {
  return ['all', 'known', 'not-shown'].includes(text);
}
