import { Controller, Get, Inject, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { purposeOf } from '../../../libs/disclosure/pages.js';
import type { Clock } from '../../../libs/kernel/clock.js';
import { CLOCK } from '../../../libs/platform/tokens.js';
import { bannerOf, withActions } from '../annotations/annotation-words.js';
import { BreakGlasses } from '../break-glass/break-glasses.js';
import { emergencyWords } from '../break-glass/emergency-words.js';
import { Changes } from '../changes/changes.js';
import { childId } from '../children/child-id.js';
import { ListChildren, type ChildList } from '../children/list-children.query.js';
import { one, onlyTakes, type Query as Parameters } from '../looks/parameters.js';
import { ReadTimeline, type TimelinePage } from '../timeline/read-timeline.query.js';
import { childrenModel } from './children-model.js';
import { PageErrors } from './page-errors.filter.js';
import { formOf, pageLooker, PageSession } from './page-session.js';
import { Pages } from './pages.js';
import { caseloadOf } from '../children/caseload-of.js';
import { readQuery } from './timeline-query.js';
import { timelineModel } from './timeline-model.js';

/** The caseload, search, and a child's timeline. */
@Controller('children')
@UseFilters(PageErrors)
export class ChildrenController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(Changes) private readonly changes: Changes,
    @Inject(BreakGlasses) private readonly glasses: BreakGlasses,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly session: PageSession,
    private readonly pages: Pages,
  ) {}

  @Get()
  async caseload(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query() query: Parameters,
  ): Promise<void> {
    const session = await this.session.require(request);
    const looker = pageLooker(request, session, 'caseload');
    onlyTakes(query, ['as', 'worker', 'team', 'cursor'], 'Search by the form on the page: no address holds a name.');
    const of = caseloadOf(query);
    const list = await this.#list(new ListChildren(looker, undefined, one(query, 'cursor'), of));
    await this.pages.send(request, reply, { view: 'children', session, model: childrenModel(list, '', of) });
  }

  // A form's body, not an address: addresses are kept in histories and logs, and this one would hold a child's name.
  @Post()
  async search(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.session.require(request);
    const fields = formOf(request, session);
    const q = fields['q']?.trim() ?? '';
    const looker = pageLooker(request, session, q === '' ? 'caseload' : 'search');
    const cursor = fields['cursor'] === '' ? undefined : fields['cursor'];
    const list = await this.#list(new ListChildren(looker, q === '' ? undefined : q, cursor));
    await this.pages.send(request, reply, { view: 'children', session, model: childrenModel(list, q) });
  }

  @Get(':id')
  async timeline(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Query() query: Parameters,
  ): Promise<void> {
    const session = await this.session.require(request);
    const standing = await this.glasses.towards(pageLooker(request, session, 'timeline'), childId(id));
    const { looker } = standing;
    const asked = readQuery(query);
    // Before the page is read: what comes in between is told, rather than missed.
    const seen = await this.changes.seen(looker, childId(id));
    const page = await this.queries.execute<ReadTimeline, TimelinePage>(
      new ReadTimeline(looker, childId(id), asked.filter, asked.cursor, {
        ...(asked.since === undefined ? {} : { since: asked.since }),
      }),
    );
    await this.pages.send(request, reply, {
      view: 'timeline',
      session,
      model: {
        ...withActions(timelineModel(page, asked), page, {
          looker,
          formToken: session.formToken,
          past: asked.filter.asKnownAt !== undefined,
        }),
        ...emergencyWords(looker, standing.live, page.withheld.length, this.clock.now()),
        seen,
        mayLoop: purposeOf(session.viewer, 'boards') !== undefined,
        mayReview: purposeOf(session.viewer, 'review') !== undefined,
        banner: bannerOf(one(query, 'done')),
      },
    });
  }

  @Get(':id/changes')
  async follow(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Query() query: Parameters,
  ): Promise<void> {
    const session = await this.session.require(request);
    const { looker } = await this.glasses.towards(pageLooker(request, session, 'timeline'), childId(id));
    const left = new AbortController();
    reply.raw.on('close', () => left.abort());
    const last = request.headers['last-event-id'];
    const seen = typeof last === 'string' ? last : one(query, 'seen');
    const stream = Readable.from(await this.changes.follow(looker, childId(id), left.signal, seen));
    await reply.headers({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).send(stream);
  }

  async #list(query: ListChildren): Promise<ChildList> {
    return await this.queries.execute<ListChildren, ChildList>(query);
  }
}
