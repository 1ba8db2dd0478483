import { Controller, Get, Inject, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Query as Parameters } from '../looks/parameters.js';
import { PageErrors } from '../pages/page-errors.filter.js';
import { pageLooker, PageSession } from '../pages/page-session.js';
import { Pages } from '../pages/pages.js';
import { PartnerDesk } from './partner-desk.js';
import { receiptModel, sentModel } from './partner-model.js';
import { partnerQuery } from './partner-query.js';

/** What a partner's systems sent, what became of it, and why: for whoever looks after them. */
@Controller('partner')
@UseFilters(PageErrors)
export class PartnerController {
  constructor(
    @Inject(PartnerDesk) private readonly desk: PartnerDesk,
    private readonly session: PageSession,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() query: Parameters): Promise<void> {
    const session = await this.session.require(request);
    const looker = pageLooker(request, session, 'partner');
    const asked = partnerQuery(query);
    const model = sentModel(await this.desk.sent(looker, asked), looker.viewer.agency, asked);
    const status = asked.fault === undefined ? 200 : 400;
    await this.pages.send(request, reply, { view: 'partner', status, session, model });
  }

  @Get('receipts/:id')
  async receipt(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const session = await this.session.require(request);
    const model = receiptModel(await this.desk.receipt(pageLooker(request, session, 'partner'), id));
    await this.pages.send(request, reply, { view: 'partner-receipt', session, model });
  }
}
