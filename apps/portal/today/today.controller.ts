import { Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../../../libs/platform/problems/problem.js';
import { one, type Query as Parameters } from '../looks/parameters.js';
import { PageErrors } from '../pages/page-errors.filter.js';
import { formOf, pageLooker, PageSession } from '../pages/page-session.js';
import { Pages } from '../pages/pages.js';
import { ActOnItem, type Acted } from './act-on-item.command.js';
import { ReadToday, type TodaySheet } from './read-today.query.js';
import { todayModel } from './today-model.js';

const actions = ['take', 'hand-over', 'done'] as const;

/** The duty sheet: what is to be done today, who has it, and taking, handing over and clearing it. */
@Controller('today')
@UseFilters(PageErrors)
export class TodayController {
  constructor(
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly session: PageSession,
    private readonly pages: Pages,
  ) {}

  @Get()
  async sheet(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() query: Parameters): Promise<void> {
    const session = await this.session.require(request);
    const looker = pageLooker(request, session, 'today');
    const did = { action: one(query, 'did'), item: one(query, 'item') };
    const sheet = await this.queries.execute<ReadToday, TodaySheet>(new ReadToday(looker, session.name, did.item));
    const model = todayModel(sheet, looker.viewer, did);
    await this.pages.send(request, reply, { view: 'today', session, model });
  }

  /** What came of it shows on the page it leads to: also that somebody else was quicker. */
  @Post(':action')
  async act(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('action') asked: string): Promise<void> {
    const session = await this.session.require(request);
    const looker = pageLooker(request, session, 'today');
    const fields = formOf(request, session);
    const action = actions.find((known) => known === asked);
    if (!action) throw notFound();
    const item = fields['item'] ?? '';
    await this.commands.execute<ActOnItem, Acted>(new ActOnItem(looker, session.name, action, item, fields['to']));
    const said = new URLSearchParams({ did: action, item }).toString();
    await reply.redirect(`/today?${said}`, 303);
  }
}
