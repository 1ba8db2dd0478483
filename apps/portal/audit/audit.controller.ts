import { Controller, Get, Query, Req, Res, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../../libs/platform/problems/problem.js';
import { one, type Query as Parameters } from '../looks/parameters.js';
import { PageErrors } from '../pages/page-errors.filter.js';
import { pageLooker, PageSession } from '../pages/page-session.js';
import { Pages } from '../pages/pages.js';
import { isoDay } from '../pages/timeline-query.js';
import { AUDIT_FIELDS, auditFilterOf, type AuditFilter } from './audit-filter.js';
import { auditModel, type AuditFault } from './audit-model.js';
import { ReadAudit, type AuditPage } from './read-audit.query.js';

/** Who looked at whom, for information governance. */
@Controller('audit')
@UseFilters(PageErrors)
export class AuditController {
  constructor(
    private readonly queries: QueryBus,
    private readonly session: PageSession,
    private readonly pages: Pages,
  ) {}

  @Get()
  async page(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() query: Parameters): Promise<void> {
    const session = await this.session.require(request);
    const looker = pageLooker(request, session, 'audit');
    const typed = Object.fromEntries(AUDIT_FIELDS.map((field) => [field, one(query, field) ?? '']));
    const read = filterIn({ ...typed, day: isoDay(typed['day'] ?? '') });
    // What cannot be read filters nothing, and nothing is shown that was not asked for.
    const page: AuditPage =
      'fault' in read
        ? { looks: [] }
        : await this.queries.execute<ReadAudit, AuditPage>(new ReadAudit(looker, read.filter, one(query, 'cursor')));
    const model = auditModel(page, typed, 'fault' in read ? read.fault : undefined);
    await this.pages.send(request, reply, { view: 'audit', status: 'fault' in read ? 400 : 200, session, model });
  }
}

function filterIn(query: Parameters): { filter: AuditFilter } | { fault: AuditFault } {
  try {
    return { filter: auditFilterOf(query) };
  } catch (error) {
    const field = AUDIT_FIELDS.find((name) => error instanceof Problem && error.pointer === name);
    if (field === undefined) throw error;
    return { fault: field };
  }
}
