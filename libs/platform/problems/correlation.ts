import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export const CORRELATION_HEADER = 'x-correlation-id';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const TRACE =
  /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})-[0-9a-f]{16}-[0-9a-f]{2}$/;

const known = new WeakMap<object, string>();

/** The request's correlation id, a UUID: the caller's own (`X-Correlation-Id`, or the trace of `traceparent`), else a new one. */
export function correlationOf(request: { readonly headers: IncomingHttpHeaders; readonly raw: object }): string {
  const before = known.get(request.raw);
  if (before !== undefined) return before;
  const correlation = correlationIn(request.headers);
  known.set(request.raw, correlation);
  return correlation;
}

/** Likewise, of headers or metadata by their lower-case names. */
export function correlationIn(headers: Readonly<Record<string, unknown>>): string {
  return given(headers) ?? randomUUID();
}

function given(headers: Readonly<Record<string, unknown>>): string | undefined {
  const own = headers[CORRELATION_HEADER];
  if (typeof own === 'string' && UUID.test(own)) return own.toLowerCase();
  const trace = headers['traceparent'];
  const parts = typeof trace === 'string' ? TRACE.exec(trace) : null;
  return parts ? parts.slice(1).join('-') : undefined;
}
