import { randomUUID } from 'node:crypto';

export const STRUCTURED = { 'content-type': 'application/cloudevents+json' };
export const BATCH = { 'content-type': 'application/cloudevents-batch+json' };

/** A child made up for these tests: none of this may come back in an answer or stand in a log line. */
export const CHILD = { givenNames: 'Tamsin Zephyrine', familyName: 'Quillfeather', birthDate: '2010-02-03' };
export const SECRETS = ['Tamsin', 'Zephyrine', 'Quillfeather', '2010-02-03', 'nominal-7731'];

export type Event = Record<string, unknown>;

/** A well-formed event of the police, with a new id. */
export function event(more: Event = {}): Event {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: 'police',
    type: 'hub.police.v1.MissingReported',
    subject: 'nominal-7731',
    time: '2026-03-01T09:30:00Z',
    datacontenttype: 'application/json',
    data: { incidentId: 'MR-1', person: CHILD },
    ...more,
  };
}
