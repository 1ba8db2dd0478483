import type { Agency } from '../kernel/agency.js';

/** What a partner's system is told of one notice, as disclosure lets it. */
export interface Rendered {
  readonly id: string;
  readonly thread: string;
  readonly urgency: string;
  /** RFC 3339. */
  readonly raisedAt: string;
  readonly possible: boolean;
  /** Only to whoever sees the first cause. */
  readonly kind?: string;
  /** The partner's own record of the child. */
  readonly records?: readonly string[];
  readonly facts: readonly object[];
  readonly withheld?: readonly { readonly agency: Agency; readonly reason: string }[];
}

/** One message as it is sent: its `webhook-id`, the same whenever it is sent, and its body. */
export interface Message {
  readonly id: string;
  readonly body: string;
}

export function raisedMessage(rendered: Rendered): Message {
  return message(rendered.id, 'Raised', rendered.raisedAt, rendered);
}

/** A notice that is taken back: it says which, and nothing of what it said. */
export function recalledMessage(id: string, thread: string, recalledAt: string): Message {
  return message(`${id}.recalled`, 'Recalled', recalledAt, { id, thread, recalledAt });
}

export function testMessage(id: string, at: string): Message {
  return message(`${id}.test`, 'Tested', at, { id });
}

function message(id: string, event: string, timestamp: string, data: object): Message {
  return { id, body: JSON.stringify({ type: `hub.notification.v1.${event}`, timestamp, data }) };
}
