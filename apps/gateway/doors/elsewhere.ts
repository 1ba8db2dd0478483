import type { FastifyRequest } from 'fastify';
import { notFound, Problem } from '../../../libs/platform/problems/problem.js';

const ALLOWED: readonly (readonly [RegExp, string])[] = [
  [/^\/v1\/(sandbox\/)?events$/, 'POST'],
  [/^\/v1\/(sandbox\/)?native\/[^/]+$/, 'POST'],
  [/^\/v1\/receipts\/[^/]+\/withdraw$/, 'POST'],
  [/^\/v1\/receipts(\/[^/]+)?$/, 'GET, HEAD'],
  [/^\/v1\/requests\/[^/]+\/answer$/, 'POST'],
  [/^\/v1\/requests(\/[^/]+)?$/, 'GET, HEAD'],
  [/^\/v1\/notifications\/[^/]+\/acknowledge$/, 'POST'],
  [/^\/v1\/webhooks\/[^/]+\/(replay|rotate|test)$/, 'POST'],
  [/^\/v1\/webhooks\/[^/]+$/, 'DELETE'],
  [/^\/v1\/webhooks$/, 'GET, HEAD, POST'],
  [/^\/v1\/(notifications|recorded)$/, 'GET, HEAD'],
  [/^\/v1\/children(\/[^/]+\/(timeline|chronology|changes|shown))?$/, 'GET, HEAD'],
  [/^\/v1\/audit$/, 'GET, HEAD'],
];

/** Of a request under /v1 that nothing else takes: a known address with another method, or no address here. */
export function elsewhere({ url, method }: Pick<FastifyRequest, 'url' | 'method'>): Problem {
  const path = url.split('?', 1)[0] ?? '';
  const allow = ALLOWED.find(([pattern]) => pattern.test(path))?.[1];
  // A method that the address takes ends here only where this instance does not play that role.
  if (allow === undefined || allow.split(', ').includes(method)) return notFound();
  const detail = `This address takes ${allow}.`;
  return new Problem(405, 'method-not-allowed', 'Method not allowed', detail, undefined, { allow });
}
