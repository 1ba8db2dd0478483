import { HttpException } from '@nestjs/common';
import { Overloaded } from '../../kernel/intake.js';
import { LookNotRecorded } from '../reading/audit-store.js';
import { IssuerUnavailable } from '../sign-in/issuer-keys.js';
import { TokenRejected } from '../sign-in/token-verifier.js';

export interface ProblemParts {
  readonly status: number;
  /** Stable and readable by a machine, e.g. `look-not-recorded`. */
  readonly code: string;
  readonly title: string;
  /** A sentence to act on: no value that was sent, no stack, nothing about a child. */
  readonly detail: string;
  /** JSON pointer, or the name of a header or query parameter: where the fault is. */
  readonly pointer?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answered as a problem document (RFC 9457). */
export class Problem extends Error {
  readonly code: string;
  constructor(readonly parts: ProblemParts) {
    super(parts.detail);
    this.name = 'Problem';
    this.code = parts.code;
  }
}

/** The document itself, `application/problem+json`. */
export function problemDocument({ headers: _, code, ...parts }: ProblemParts, correlationId: string) {
  return { type: `urn:youth-justice-hub:problem:${code}`, ...parts, correlationId };
}

/** What an error means to a caller. Undefined: a fault of the hub's own, 500, whose text stays inside. */
export function problemOf(error: unknown): ProblemParts | undefined {
  if (error instanceof Problem) return error.parts;
  if (error instanceof TokenRejected) return unauthorized(error);
  if (error instanceof IssuerUnavailable)
    return unavailable(error.code, 'Sign-in service unavailable', error.message, 5);
  if (error instanceof LookNotRecorded) return unavailable(error.code, 'Not shown', error.message, 5);
  if (error instanceof Overloaded) {
    return unavailable(error.code, 'Too busy', error.message, error.retryAfterSeconds);
  }
  if (error instanceof HttpException) return fromHttp(error.getStatus());
  const status = statusOf(error);
  return status === undefined ? undefined : fromHttp(status);
}

/** A fault of the hub's own. */
export const internal: ProblemParts = {
  status: 500,
  code: 'internal',
  title: 'The hub failed',
  detail: 'The hub could not do this. Quote the correlation id when you report it.',
};

function unauthorized({ code, reason, message }: TokenRejected): ProblemParts {
  const challenge = reason === 'missing' ? 'Bearer' : 'Bearer error="invalid_token"';
  return { status: 401, code, title: 'Not signed in', detail: message, headers: { 'www-authenticate': challenge } };
}

function unavailable(code: string, title: string, detail: string, seconds: number): ProblemParts {
  return { status: 503, code, title, detail, headers: { 'retry-after': String(seconds) } };
}

const known: Readonly<Record<number, readonly [string, string, string]>> = {
  400: ['bad-request', 'Bad request', 'The request cannot be read.'],
  404: ['not-found', 'Not found', 'There is nothing here, or it is not yours to see.'],
  405: ['method-not-allowed', 'Method not allowed', 'This address does not answer to that method.'],
  413: ['too-large', 'Too large', 'The message is larger than the hub takes.'],
  415: ['unsupported-media-type', 'Unsupported media type', 'The hub does not take this content type here.'],
};

// A framework's own words may quote what was sent: its status is kept, its text is not.
function fromHttp(status: number): ProblemParts | undefined {
  if (status >= 500) return undefined;
  const [code, title, detail] = known[status] ?? ['refused', 'Refused', 'The hub refused this request.'];
  return { status, code, title, detail };
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' && error.statusCode >= 400 ? error.statusCode : undefined;
}
