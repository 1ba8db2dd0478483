import { instant } from '../../../libs/kernel/instant.js';
import { receiptStatuses, type ReceiptStatus } from '../../../libs/kernel/intake.js';
import { badRequest } from '../../../libs/platform/problems/problem.js';

export interface ReceiptFilter {
  readonly status?: ReceiptStatus;
  readonly since?: string;
  readonly cursor?: string;
}

/** Throws 400 for a parameter that is not one, stands twice, or holds something else. */
export function receiptFilter(query: unknown): ReceiptFilter {
  const filter: { status?: ReceiptStatus; since?: string; cursor?: string } = {};
  for (const [name, value] of Object.entries(query ?? {}) as [string, unknown][]) {
    if (typeof value !== 'string') throw badRequest('invalid-parameter', 'A parameter stands once.', name.slice(0, 64));
    if (name === 'status') filter.status = status(value);
    else if (name === 'since') filter.since = since(value);
    else if (name === 'cursor') filter.cursor = value;
    else throw badRequest('invalid-parameter', 'The parameters are status, since and cursor.', name.slice(0, 64));
  }
  return filter;
}

function status(value: string): ReceiptStatus {
  const known = receiptStatuses.find((one) => one === value);
  if (!known) throw badRequest('invalid-parameter', `status is one of ${receiptStatuses.join(', ')}.`, 'status');
  return known;
}

function since(value: string): string {
  // In an address an unescaped plus sign means a space. As UTC, since the database takes no offset beyond 15 hours.
  const at = instant(value.replace(' ', '+'));
  if (at === undefined) throw badRequest('invalid-parameter', 'since is a time in RFC 3339.', 'since');
  return at;
}
