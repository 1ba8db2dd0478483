import { validate as isUuid } from 'uuid';
import { instant } from '../../../libs/kernel/instant.js';
import { badRequest } from '../../../libs/platform/problems/problem.js';
import type { RequestQuery } from '../../../libs/platform/annotations/request-book.js';

/** Throws 400 for a parameter that is not one, stands twice, or holds something else. */
export function requestFilter(query: unknown): Omit<RequestQuery, 'system'> {
  const filter: { status?: 'open' | 'answered'; since?: string; cursor?: string } = {};
  for (const [name, value] of Object.entries(query ?? {}) as [string, unknown][]) {
    if (typeof value !== 'string') throw badRequest('invalid-parameter', 'A parameter stands once.', name.slice(0, 64));
    if (name === 'status') filter.status = status(value);
    else if (name === 'since') filter.since = since(value);
    else if (name === 'cursor') filter.cursor = cursor(value);
    else throw badRequest('invalid-parameter', 'The parameters are status, since and cursor.', name.slice(0, 64));
  }
  return filter;
}

function status(value: string): 'open' | 'answered' {
  if (value === 'open' || value === 'answered') return value;
  throw badRequest('invalid-parameter', 'status is one of open, answered.', 'status');
}

function since(value: string): string {
  // In an address an unescaped plus sign means a space.
  const at = instant(value.replace(' ', '+'));
  if (at === undefined) throw badRequest('invalid-parameter', 'since is a time in RFC 3339.', 'since');
  return at;
}

function cursor(value: string): string {
  if (isUuid(value)) return value;
  throw badRequest('invalid-parameter', 'cursor is one this list gave.', 'cursor');
}
