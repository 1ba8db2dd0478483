import type { Telling } from '../telling.js';
import { calendarOf } from './calendar.js';
import { toldByCourt } from './court.js';
import { castOf } from './people.js';
import { toldByPolice } from './police.js';
import { toldByProbation } from './probation.js';
import { toldBySecureEstate } from './secure-estate.js';
import { toldBySocialCare } from './social-care.js';
import { toldByYos } from './yos.js';

/**
 * The demonstration childhood: two years told by every agency, in the order in which they said it, ending a few days
 * before `now` (RFC 3339). The same `now` gives the same messages.
 */
export function childhood(now: string): readonly Telling[] {
  const calendar = calendarOf(now);
  const cast = castOf(calendar);
  const told = [toldByPolice, toldByCourt, toldBySocialCare, toldByProbation, toldBySecureEstate, toldByYos];
  return told
    .flatMap((agency) => agency(calendar, cast))
    .toSorted((one, other) => toldAt(one).localeCompare(toldAt(other)));
}

/** When the source said it, RFC 3339 in UTC. */
export function toldAt(telling: Telling): string {
  if (telling.door === 'native') return telling.headers['hub-observed-at'] ?? '';
  return telling.event.recordedtime ?? telling.event.time;
}
