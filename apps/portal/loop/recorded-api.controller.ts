import { Controller, Get, Header, Headers, Inject, Query, Req, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { correlationOf } from '../../../libs/platform/problems/correlation.js';
import { ProblemFilter } from '../../../libs/platform/problems/problem.filter.js';
import { forbidden } from '../../../libs/platform/problems/problem.js';
import { bearerOf, TokenVerifier } from '../../../libs/platform/sign-in/token-verifier.js';
import { apiLooker } from '../api/api-looker.js';
import { invalid, one, type Query as Parameters } from '../looks/parameters.js';
import { ReadRecorded, type RecordedPage } from './read-recorded.query.js';

const PURPOSE = 'publishing-partner';

/** `/v1/recorded`: what an agency's own people recorded in the hub, for its own system to take over. */
@Controller('v1/recorded')
@UseFilters(ProblemFilter)
export class RecordedApiController {
  constructor(
    @Inject(TokenVerifier) private readonly tokens: TokenVerifier,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  async read(
    @Req() request: FastifyRequest,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
    @Query() query: Parameters,
  ): Promise<RecordedPage> {
    const caller = await this.tokens.verify(bearerOf(headers['authorization']));
    if (caller.system === undefined) throw forbidden('not-allowed', 'Only an agency’s own system reads this.');
    const looker = apiLooker(caller, 'boards', PURPOSE, correlationOf(request));
    const other = Object.keys(query).find((name) => name !== 'cursor');
    if (other !== undefined) throw invalid(other.slice(0, 64), 'is not one of this list: it takes cursor');
    return this.queries.execute<ReadRecorded, RecordedPage>(new ReadRecorded(looker, one(query, 'cursor')));
  }
}
