import { randomUUID } from 'node:crypto';
import type { EventMeta, NewEvent } from '../../kernel/event-log.js';
import type { DataKey } from '../../kernel/keys.js';
import { defineProjection, type ProjectedEvent, type Projection } from '../../kernel/projection.js';
import { seal } from '../../platform/keys/seal.js';

export type NoteRow = { key: string; record: string; text: string; replaced_by: string | null };

/**
 * A projection to try the engine with. The text `poison` throws, `refused` makes a row that PostgreSQL refuses, and
 * `supersedes` patches the earlier note. `onSeen` is told of every event it is given.
 */
export function notesProjection(
  name: string,
  onSeen: (text: string) => void,
  version: number,
  mark: string,
): Projection<NoteRow> {
  return defineProjection<NoteRow>({
    name,
    version,
    columns: { key: 'uuid', record: 'uuid', text: 'text', replaced_by: 'uuid' },
    indexes: ['record'],
    opens: true,
    changes: (event) => {
      const { supersedes } = event.meta;
      const text = textOf(event);
      onSeen(text);
      const put = { put: { key: event.id, record: event.stream, text: text + mark, replaced_by: null } };
      return supersedes === undefined ? [put] : [put, { patch: supersedes, set: { replaced_by: event.id } }];
    },
  });
}

function textOf({ opened }: ProjectedEvent): string {
  if (!opened || opened.erased) return 'erased';
  const text = Buffer.from(opened.data).toString();
  if (text === 'poison') throw new TypeError('a name that must not be logged');
  return text === 'refused' ? 'nul \0 byte' : text;
}

/** A note, sealed under `key`. */
export function note(text: string, key: DataKey, meta: Partial<EventMeta> = {}): NewEvent {
  const id = randomUUID();
  const at = '2026-01-01T00:00:00Z';
  return {
    id,
    type: 'hub.test.v1.Note',
    meta: {
      system: 'test',
      agency: 'yos',
      fact: 'fact',
      content: 'content',
      occurredAt: at,
      precision: 'instant',
      statedAt: at,
      receivedAt: at,
      category: 'case-management',
      handling: '',
      receipt: randomUUID(),
      correlation: randomUUID(),
      ...meta,
      key: key.id,
    },
    data: seal(key, Buffer.from(text), id),
  };
}
