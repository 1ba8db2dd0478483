import { forbidden, Problem } from '../../../libs/platform/problems/problem.js';
import type { Caller } from '../../../libs/platform/sign-in/caller.js';
import { bearerOf, type TokenVerifier } from '../../../libs/platform/sign-in/token-verifier.js';
import type { Publisher } from '../../../libs/platform/envelopes/attributes.js';

export type Scope = 'publish' | 'read';

/**
 * The publisher whose token the header holds. Answers at once for a token seen a moment ago. Throws or rejects with
 * `TokenRejected`, `IssuerUnavailable`, or a `Problem` when the token is good but not for this door.
 */
export function admitted(
  authorization: string | undefined,
  scopes: readonly Scope[],
  verifier: TokenVerifier,
): Publisher | Promise<Publisher> {
  const token = bearerOf(authorization);
  const known = verifier.recall(token);
  return known ? publisher(known, scopes) : verifier.verify(token).then((caller) => publisher(caller, scopes));
}

function publisher(caller: Caller, scopes: readonly Scope[]): Publisher {
  if (!isPublisher(caller))
    throw forbidden('not-a-system', 'This door is for the systems of partners, not for people.');
  if (!scopes.some((scope) => caller.scopes.has(scope))) throw insufficient(scopes);
  return caller;
}

const isPublisher = (caller: Caller): caller is Publisher => caller.system !== undefined;

function insufficient(scopes: readonly Scope[]): Problem {
  const challenge = `Bearer realm="youth-justice-hub", error="insufficient_scope", scope="${scopes.join(' ')}"`;
  const detail = `The token lacks the scope ${scopes.join(' or ')}.`;
  return new Problem(403, 'insufficient-scope', 'Not allowed', detail, undefined, { 'www-authenticate': challenge });
}
