import { Controller, Get, Header, Headers, Inject, Query, Req, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { purposeOf } from '../../../libs/disclosure/pages.js';
import { correlationOf } from '../../../libs/platform/problems/correlation.js';
import { ProblemFilter } from '../../../libs/platform/problems/problem.filter.js';
import { forbidden } from '../../../libs/platform/problems/problem.js';
import { bearerOf, TokenVerifier } from '../../../libs/platform/sign-in/token-verifier.js';
import { apiLooker } from '../api/api-looker.js';
import { one, type Query as Parameters } from '../looks/parameters.js';
import { auditFilterOf } from './audit-filter.js';
import { ReadAudit, type AuditPage } from './read-audit.query.js';

/** `/v1/audit`: what the page shows, for whoever the page is for. */
@Controller('v1/audit')
@UseFilters(ProblemFilter)
export class AuditApiController {
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
  ): Promise<AuditPage> {
    const caller = await this.tokens.verify(bearerOf(headers['authorization']));
    const looker = apiLooker(caller, 'audit', headers['hub-purpose'], correlationOf(request));
    // Whoever may look at children for another purpose has not thereby the audit before them.
    if (purposeOf(looker.viewer, 'audit') !== looker.purpose)
      throw forbidden('not-allowed', 'Your role does not open the audit for this purpose.');
    return this.queries.execute<ReadAudit, AuditPage>(
      new ReadAudit(looker, auditFilterOf(query), one(query, 'cursor')),
    );
  }
}
