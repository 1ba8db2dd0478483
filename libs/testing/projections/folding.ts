import type { EventMeta } from '../../kernel/event-log.js';
import type { ProjectedEvent, Projection, Value } from '../../kernel/projection.js';

let position = 0n;

/** An event as a projection meets it, each after the one before. */
export function projectedEvent(
  id: string,
  type: string,
  meta: Partial<EventMeta> = {},
  opened?: ProjectedEvent['opened'],
): ProjectedEvent {
  position += 1n;
  return {
    id,
    type,
    stream: 'record',
    revision: Number(position),
    position,
    recordedAt: `2026-03-${String((position % 28n) + 1n).padStart(2, '0')}T10:00:00Z`,
    data: new Uint8Array([1, 2, 3]),
    meta: {
      system: 'police',
      agency: 'police',
      fact: 'fact',
      content: 'content',
      occurredAt: '2026-02-01T00:00:00Z',
      precision: 'date',
      statedAt: '2026-02-02T09:00:00Z',
      receivedAt: '2026-02-02T09:00:01Z',
      category: 'missing',
      handling: 'professional-only',
      receipt: 'receipt',
      correlation: 'correlation',
      key: 'key',
      ...meta,
    },
    ...(opened ? { opened } : {}),
  };
}

/** What the projection store does with changes. */
export function rowsOf<Row extends Record<string, Value>>(
  projection: Projection<Row>,
  events: ProjectedEvent[],
): Map<string, Row> {
  const table = new Map<string, Row>();
  for (const change of events.flatMap((one) => projection.changes(one))) {
    if ('put' in change) table.set(String(change.put['key']), change.put);
    else {
      const row = table.get(change.patch);
      if (row) table.set(change.patch, { ...row, ...change.set });
    }
  }
  return table;
}
