import type { Agency } from '../../kernel/agency.js';

/** What a system sends to the native door: the hub is to recognise the format. */
export interface Native {
  readonly system: Agency;
  readonly body: string;
  readonly contentType: string;
  /** Whose record it is, where the message does not say. */
  readonly subject?: string;
}

/** A message as its source writes it at a time (RFC 3339). */
export type Saying = (at: string) => Native;

export function json(system: Agency, body: unknown, subject?: string): Native {
  return {
    system,
    body: JSON.stringify(body),
    contentType: 'application/json',
    ...(subject === undefined ? {} : { subject }),
  };
}

export function table(system: Agency, body: string): Native {
  return { system, body, contentType: 'text/csv' };
}

export function xml(system: Agency, body: string): Native {
  return { system, body, contentType: 'application/xml' };
}
