import { HttpException } from '@nestjs/common';
import { Overloaded } from '../../kernel/intake.js';
import { IssuerUnavailable } from '../sign-in/issuer-keys.js';
import { TokenRejected } from '../sign-in/token-verifier.js';
import { badRequest, notFound, Problem, tooLarge, unavailable, unsupportedType } from './problem.js';

const REALM = 'Bearer realm="youth-justice-hub"';

/** Any error as the problem its sender may read. What it does not know is a 500 that says nothing of itself. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Overloaded) {
    return unavailable('Nothing of this request was kept. Send it again later.', error.retryAfterSeconds);
  }
  if (error instanceof TokenRejected) return unauthorised(error);
  if (error instanceof IssuerUnavailable)
    return unavailable('The sign-in service does not answer. Send it again later.', 5);
  if (isDatabaseAway(error)) {
    return unavailable('The hub could not store or read anything. Nothing is known of this request: send it again.', 5);
  }
  return ofFramework(error) ?? internal();
}

function unauthorised({ reason, message }: TokenRejected): Problem {
  const challenge = reason === 'missing' ? REALM : `${REALM}, error="invalid_token"`;
  if (reason === 'revoked') return revoked(challenge);
  const detail = `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
  return new Problem(401, 'unauthorised', 'Sign in first', detail, 'Authorization', { 'www-authenticate': challenge });
}

function revoked(challenge: string): Problem {
  const detail =
    'The operators of the hub have revoked this credential. Nothing of this request was kept; what was acknowledged before ' +
    'stays acknowledged. Ask them; once it is restored, get a new token: this one stays refused.';
  return new Problem(401, 'credential-revoked', 'This credential was revoked', detail, 'Authorization', {
    'www-authenticate': challenge,
  });
}

export function internal(): Problem {
  return new Problem(
    500,
    'internal',
    'Something went wrong here',
    'The hub could not answer. Quote the correlation id.',
  );
}

// By shape: Fastify's and Nest's errors carry a status, and their own messages may quote the request.
function ofFramework(error: unknown): Problem | undefined {
  switch (statusOf(error)) {
    case 400:
      return badRequest('malformed', 'The body or the address is not well-formed.');
    case 404:
      return notFound();
    // Longer than any id: at such an address there is nothing.
    case 414:
      return notFound();
    case 413:
      return tooLarge('The request is larger than this door takes.');
    case 415:
      return unsupportedType('This door does not take that content type.');
    default:
      return undefined;
  }
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('statusCode' in error && typeof error.statusCode === 'number') return error.statusCode;
  if (error instanceof HttpException) return error.getStatus();
  return undefined;
}

// Connection refused, lost or shut down (SQLSTATE classes 08 and 57P, 53300 too many connections), disk full (53100).
function isDatabaseAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
  return (
    /^(08\w{3}|57P\d\d|53\d00|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/.test(code) ||
    /^Connection terminated|timeout exceeded when trying to connect/.test(message)
  );
}
