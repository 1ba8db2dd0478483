import { randomUUID } from 'node:crypto';
import type { EventMeta, NewEvent, Position, RecordedEvent } from '../../kernel/event-log.js';

const META: EventMeta = {
  system: 'court',
  agency: 'court',
  fact: 'ZmFjdA',
  content: 'Y29udGVudA',
  occurredAt: '2026-01-02T00:00:00.000Z',
  precision: 'date',
  statedAt: '2026-01-02T09:30:00.000Z',
  receivedAt: '2026-01-02T09:30:01.000Z',
  category: 'court',
  handling: 'official-sensitive',
  receipt: '018f0000-0000-7000-8000-000000000001',
  correlation: '018f0000-0000-7000-8000-000000000002',
  key: '018f0000-0000-7000-8000-000000000003',
};

/** Events that only a log's own tests need to tell apart. */
export function newEvents(count: number, data: Uint8Array = Buffer.from('sealed')): NewEvent[] {
  return Array.from({ length: count }, () => ({
    id: randomUUID(),
    type: 'hub.court.v1.ResultRecorded',
    meta: META,
    data,
  }));
}

/** The same as a log of dense positions would give them back, from `first` on: one append to a stream of their own. */
export function recordedEvents(first: Position, count: number): RecordedEvent[] {
  const place = { stream: randomUUID(), recordedAt: '2026-02-03T22:10:00.000Z' };
  return newEvents(count).map((event, revision) => ({
    ...event,
    ...place,
    revision,
    position: first + BigInt(revision),
  }));
}
