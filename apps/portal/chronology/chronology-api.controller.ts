import { Controller, Get, Header, Headers, Inject, Param, Query, Req, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { correlationOf } from '../../../libs/platform/problems/correlation.js';
import { ProblemFilter } from '../../../libs/platform/problems/problem.filter.js';
import { bearerOf, TokenVerifier } from '../../../libs/platform/sign-in/token-verifier.js';
import { apiLooker } from '../api/api-looker.js';
import { childId } from '../children/child-id.js';
import type { Query as Parameters } from '../looks/parameters.js';
import { filterOf } from '../timeline/filter.js';
import { ReadChronology, type Chronology } from './read-chronology.query.js';

/** `GET /v1/children/{id}/chronology`: what the page shows, for bearer tokens, through the same disclosure. */
@Controller('v1/children')
@UseFilters(ProblemFilter)
export class ChronologyApiController {
  constructor(
    @Inject(TokenVerifier) private readonly tokens: TokenVerifier,
    private readonly queries: QueryBus,
  ) {}

  @Get(':id/chronology')
  @Header('cache-control', 'no-store')
  async read(
    @Req() request: FastifyRequest,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
    @Param('id') id: string,
    @Query() query: Parameters,
  ): Promise<unknown> {
    const caller = await this.tokens.verify(bearerOf(headers['authorization']));
    const looker = apiLooker(caller, 'chronology', headers['hub-purpose'], correlationOf(request));
    const asked = new ReadChronology(looker, caller.name ?? looker.viewer.who, childId(id), filterOf(query), 'read');
    const { child, events, withdrawn, made } = await this.queries.execute<ReadChronology, Chronology>(asked);
    const { familyName: _, ...named } = child;
    return { child: named, events: events.map(({ entry, marks }) => ({ ...entry, marks })), withdrawn, made };
  }
}
