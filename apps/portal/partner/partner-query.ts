import { receiptStatuses, type ReceiptStatus } from '../../../libs/kernel/intake.js';
import { isDay, startOfDayLondon } from '../../../libs/kernel/london.js';
import { invalid, one, type Query } from '../looks/parameters.js';
import { isoDay } from '../pages/timeline-query.js';

/** Which receipts are asked for. */
export interface Asked {
  readonly system?: string;
  readonly status?: ReceiptStatus;
  /** RFC 3339: the beginning of the day. */
  readonly since?: string;
  readonly cursor?: string;
  /** The fields as they were typed, for the form and for links. */
  readonly typed: { readonly system: string; readonly status: string; readonly since: string };
  /** What is wrong with the day, in words: then nothing is listed. */
  readonly fault?: string;
}

/** Reads the address. A day that cannot be read is said to be so beside its field; anything else wrong throws a 400. */
export function partnerQuery(query: Query): Asked {
  const [system, text, since, cursor] = ['system', 'status', 'since', 'cursor'].map((name) => one(query, name));
  const status = receiptStatuses.find((known) => known === text);
  if (text !== undefined && status === undefined) throw invalid('status', 'is none of the states of a receipt');
  const day = since === undefined ? undefined : isoDay(since);
  const typed = { system: system ?? '', status: text ?? '', since: since ?? '' };
  if (day !== undefined && !isDay(day)) return { typed, fault: 'Enter a real date, for example 27/3/2026' };
  return {
    typed,
    ...(system === undefined ? {} : { system }),
    ...(status === undefined ? {} : { status }),
    ...(day === undefined ? {} : { since: startOfDayLondon(day) }),
    ...(cursor === undefined ? {} : { cursor }),
  };
}
