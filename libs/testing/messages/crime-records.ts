import { crimeRecordSeen, type SimulatedCrimeRecord } from '../../simulations/crime-record.js';
import { testNhsNumber } from '../../simulations/people.js';
import type { Telling } from '../../simulations/telling.js';
import type { ShownFact } from '../hub/shown.js';

export const number = testNhsNumber(303);
export const subject = `nhs:${number}`;
/** A time of that day of March. */
export const day = (of: number): string => `2026-03-${String(of).padStart(2, '0')}T08:00:00Z`;
/** A record as its force saw it on that day. */
export const seen = (of: number, record: SimulatedCrimeRecord, id = `seen on ${of}`): Telling =>
  crimeRecordSeen(id, subject, day(of), record);
export const first = { marker: 'Dog at the address', risks: { criminal: false }, episodes: [{ date: '2026-01-05' }] };
export const second = {
  marker: 'Dog at the address',
  risks: { criminal: true },
  episodes: [{ date: '2026-01-05', interviewed: true }],
  statuses: [{ status: 'Open to the youth justice service' }],
};
export const third = { marker: 'Weapons seen at the address', risks: { criminal: true }, statuses: [] };

export const withdrawn = (messageId: string): Telling => ({
  system: 'police',
  door: 'events',
  event: {
    specversion: '1.0',
    id: `withdraw ${messageId}`,
    source: 'police',
    type: 'hub.police.v1.Withdrawn',
    subject: 'any',
    time: day(20),
    datacontenttype: 'application/json',
    data: { messageId, reason: 'wrong child' },
  },
});

/** The same under another message id. */
export function again(telling: Telling): Telling {
  if (telling.door !== 'native') return telling;
  return {
    ...telling,
    headers: { ...telling.headers, 'hub-message-id': `${telling.headers['hub-message-id']} again` },
  };
}

/** The current changes of each record: the day they are told for, what they are, and what they say. */
export function changes(facts: readonly ShownFact[]): string[] {
  return facts
    .filter(({ type, state }) => type !== 'hub.police.v1.CrimeRecordObserved' && state === 'current')
    .map(({ type, occurredAt, data = {} }) => {
      const { atRisk, attended, ended, observedAt: _, ...said } = data;
      const name = type.split('.').at(-1) ?? '';
      const more = name.startsWith('Risk') || name.startsWith('Radical') ? [atRisk === true ? 'yes' : 'no'] : [];
      const flags = [...more, ...(attended === true ? ['attended'] : []), ...(ended === true ? ['ended'] : [])];
      return [occurredAt.slice(0, 10), name, ...Object.values(said).map(String), ...flags].join(' ');
    })
    .sort();
}
