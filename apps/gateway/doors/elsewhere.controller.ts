import { All, Controller, Req, UseFilters } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { notFound, Problem } from '../../../libs/platform/problems/problem.js';
import { ProblemFilter } from '../../../libs/platform/problems/problem.filter.js';

const ALLOWED: readonly (readonly [RegExp, string])[] = [
  [/^\/v1\/events$/, 'POST'],
  [/^\/v1\/native\/[^/]+$/, 'POST'],
  [/^\/v1\/receipts\/[^/]+\/withdraw$/, 'POST'],
  [/^\/v1\/receipts(\/[^/]+)?$/, 'GET, HEAD'],
];

/** Where requests under /v1 end that nothing else takes: a known address with another method, or no address at all. */
@Controller('v1')
@UseFilters(ProblemFilter)
export class ElsewhereController {
  @All('*')
  answer(@Req() request: FastifyRequest): never {
    const path = request.url.split('?', 1)[0] ?? '';
    const allow = ALLOWED.find(([pattern]) => pattern.test(path))?.[1];
    if (allow === undefined) throw notFound();
    const detail = `This address takes ${allow}.`;
    throw new Problem(405, 'method-not-allowed', 'Method not allowed', detail, undefined, { allow });
  }
}
