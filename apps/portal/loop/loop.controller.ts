import { Controller, Get, Inject, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Rules } from '../../../libs/kernel/rules.js';
import { childId } from '../children/child-id.js';
import { RULES } from '../duties/rules.token.js';
import { one, type Query as Parameters } from '../looks/parameters.js';
import { Inbox } from '../inbox/inbox.js';
import { PageErrors } from '../pages/page-errors.filter.js';
import { formOf, pageLooker, PageSession } from '../pages/page-session.js';
import { Pages } from '../pages/pages.js';
import { loopModel } from './loop-model.js';
import { ReadLoop, type Loop } from './read-loop.query.js';

/** An episode's notices are one thread; those of its interview may be another. */
const MOST_THREADS = 20;

/** The loops of a child: from the first report to the closed loop. */
@Controller('children/:id/loop')
@UseFilters(PageErrors)
export class LoopController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(RULES) private readonly rules: Rules,
    private readonly session: PageSession,
    private readonly pages: Pages,
    private readonly inbox: Inbox,
  ) {}

  @Get()
  async show(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Query() query: Parameters,
  ): Promise<void> {
    const session = await this.session.require(request);
    const looker = pageLooker(request, session, 'boards');
    const loop = await this.queries.execute<ReadLoop, Loop>(new ReadLoop(looker, childId(id)));
    const model = loopModel(loop, this.rules, one(query, 'done'));
    await this.pages.send(request, reply, { view: 'loop', session, model });
  }

  /** Of the threads that a part of the page names: those that are somebody else's by now are not found, as in the inbox. */
  @Post('acknowledge')
  async acknowledge(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<void> {
    const session = await this.session.require(request);
    const child = childId(id);
    const threads = (formOf(request, session)['threads'] ?? '').split(' ', MOST_THREADS);
    for (const thread of threads.map(childId)) {
      await this.inbox.acknowledge(pageLooker(request, session, 'inbox'), session.name, { thread });
    }
    await reply.redirect(`/children/${child}/loop?done=acknowledged`, 303);
  }
}
