import { Controller, Get, Header, Headers, Inject, Param, Query, Req, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { correlationOf } from '../../../libs/platform/problems/correlation.js';
import { ProblemFilter } from '../../../libs/platform/problems/problem.filter.js';
import { bearerOf, TokenVerifier } from '../../../libs/platform/sign-in/token-verifier.js';
import { apiLooker } from '../api/api-looker.js';
import { childId } from '../children/child-id.js';
import type { Query as Parameters } from '../looks/parameters.js';
import { ReadShown, type ShownPage } from './read-shown.query.js';
import { shownParameters } from './shown-parameters.js';

/** `GET /v1/children/{id}/shown`: what the page shows, for bearer tokens, through the same disclosure. */
@Controller('v1/children')
@UseFilters(ProblemFilter)
export class ReviewApiController {
  constructor(
    @Inject(TokenVerifier) private readonly tokens: TokenVerifier,
    private readonly queries: QueryBus,
  ) {}

  @Get(':id/shown')
  @Header('cache-control', 'no-store')
  async shown(
    @Req() request: FastifyRequest,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
    @Param('id') id: string,
    @Query() query: Parameters,
  ): Promise<unknown> {
    const caller = await this.tokens.verify(bearerOf(headers['authorization']));
    const looker = apiLooker(caller, 'review', headers['hub-purpose'], correlationOf(request));
    const { asKnownAt, of } = shownParameters(query);
    const { child, ...shown } = await this.queries.execute<ReadShown, ShownPage>(
      new ReadShown(looker, childId(id), asKnownAt, of),
    );
    const { familyName: _, ...named } = child;
    return { child: named, ...shown };
  }
}
