import { Controller, Get, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { withActions } from '../annotations/annotation-words.js';
import { childId } from '../children/child-id.js';
import type { Query as Parameters } from '../looks/parameters.js';
import { PageErrors } from '../pages/page-errors.filter.js';
import { pageLooker, PageSession } from '../pages/page-session.js';
import { Pages } from '../pages/pages.js';
import { timelineModel } from '../pages/timeline-model.js';
import { readQuery } from '../pages/timeline-query.js';
import { ReadTimeline, type TimelinePage } from '../timeline/read-timeline.query.js';
import { ReadShown, type ShownPage } from './read-shown.query.js';
import { shownModel } from './shown-model.js';
import { shownParameters } from './shown-parameters.js';

/** A learning review of a child: what the hub knew on a day, and what each agency had been shown by then. */
@Controller('children')
@UseFilters(PageErrors)
export class ReviewController {
  constructor(
    private readonly queries: QueryBus,
    private readonly session: PageSession,
    private readonly pages: Pages,
  ) {}

  // The same timeline for another purpose, which the page states: it is in the audit, and it decides what is shown.
  @Get(':id/review')
  async timeline(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Query() query: Parameters,
  ): Promise<void> {
    const session = await this.session.require(request);
    const looker = pageLooker(request, session, 'review');
    const asked = readQuery(query);
    const since = asked.since === undefined ? {} : { since: asked.since };
    const page = await this.queries.execute<ReadTimeline, TimelinePage>(
      new ReadTimeline(looker, childId(id), asked.filter, asked.cursor, since),
    );
    await this.pages.send(request, reply, {
      view: 'timeline',
      session,
      // What was said of entries belongs to what was known; a review itself says nothing.
      model: {
        ...withActions(timelineModel(page, asked, 'review'), page, {
          looker,
          formToken: session.formToken,
          past: true,
        }),
        reviewing: true,
      },
    });
  }

  @Get(':id/shown')
  async shown(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Query() query: Parameters,
  ): Promise<void> {
    const session = await this.session.require(request);
    const looker = pageLooker(request, session, 'review');
    const { typed, error, kept } = readQuery(query);
    const day = kept['asKnownAt'];
    // A date that cannot be read is said to be so beside its field, over what is shown without it.
    const { asKnownAt: _, ...rest } = query;
    const asked = shownParameters({
      ...rest,
      ...(day === undefined ? {} : { asKnownAt: day }),
    });
    const page = await this.queries.execute<ReadShown, ShownPage>(
      new ReadShown(looker, childId(id), asked.asKnownAt, asked.of),
    );
    await this.pages.send(request, reply, {
      view: 'shown',
      session,
      model: shownModel(page, {
        ...asked,
        typed,
        ...(day === undefined ? {} : { day }),
        ...(error === undefined ? {} : { error }),
      }),
    });
  }
}
