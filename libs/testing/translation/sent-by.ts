import type { Agency } from '../../kernel/agency.js';
import type { Message } from '../../kernel/fact.js';

/** A message of an agency as the hub keeps it, from the bytes or the text that the agency sent. */
export function sentBy(agency: Agency, body: string | Uint8Array, change: Partial<Message> = {}): Message {
  return {
    system: agency,
    agency,
    format: '',
    contentType: 'application/octet-stream',
    attributes: {},
    body: typeof body === 'string' ? Buffer.from(body) : body,
    receivedAt: '2026-04-02T10:00:00Z',
    ...change,
  };
}
