import { Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { childId } from '../children/child-id.js';
import { instant } from '../../../libs/kernel/instant.js';
import { notFound } from '../../../libs/platform/problems/problem.js';
import { PageErrors } from '../pages/page-errors.filter.js';
import { formOf, pageLooker, PageSession } from '../pages/page-session.js';
import { Pages } from '../pages/pages.js';
import { Inbox } from './inbox.js';
import { InboxChanges } from './inbox-changes.js';
import { inboxModel } from './inbox-model.js';

/** What somebody is told: read, acknowledge, and go on to the child. */
@Controller('inbox')
@UseFilters(PageErrors)
export class InboxController {
  constructor(
    private readonly inbox: Inbox,
    private readonly changes: InboxChanges,
    private readonly session: PageSession,
    private readonly pages: Pages,
  ) {}

  @Get()
  async read(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.session.require(request);
    const page = await this.inbox.read(pageLooker(request, session, 'inbox'), session.name);
    const model = inboxModel(page, session.viewer.who);
    await this.pages.send(request, reply, { view: 'inbox', session, model });
  }

  /** Server-sent events that say how many notices nobody has acknowledged: for the badge. */
  @Get('changes')
  async follow(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.session.require(request);
    const left = new AbortController();
    reply.raw.on('close', () => left.abort());
    const stream = Readable.from(await this.changes.follow(pageLooker(request, session, 'inbox'), left.signal));
    await reply
      .headers({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
      .send(stream);
  }

  @Post('digest/acknowledge')
  async acknowledgeDigest(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.session.require(request);
    const digest = instant(formOf(request, session)['digest'] ?? '');
    if (digest === undefined) throw notFound();
    await this.inbox.acknowledge(pageLooker(request, session, 'inbox'), session.name, { digest });
    await reply.redirect('/inbox', 303);
  }

  @Post(':thread/acknowledge')
  async acknowledge(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('thread') thread: string,
  ): Promise<void> {
    const session = await this.session.require(request);
    formOf(request, session);
    // `childId` also fits here: what is no id is no thread's.
    await this.inbox.acknowledge(pageLooker(request, session, 'inbox'), session.name, { thread: childId(thread) });
    await reply.redirect('/inbox', 303);
  }
}
