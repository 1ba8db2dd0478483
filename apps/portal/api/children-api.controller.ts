import { Controller, Get, Header, Headers, Inject, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { Page } from '../../../libs/disclosure/pages.js';
import { correlationOf } from '../../../libs/platform/problems/correlation.js';
import { ProblemFilter } from '../../../libs/platform/problems/problem.filter.js';
import { bearerOf, TokenVerifier } from '../../../libs/platform/sign-in/token-verifier.js';
import { Changes } from '../changes/changes.js';
import { caseloadOf } from '../children/caseload-of.js';
import { ListChildren, type ChildList } from '../children/list-children.query.js';
import type { ChildView } from '../children/child-view.js';
import type { Looker } from '../looks/looker.js';
import { one, type Query as Parameters } from '../looks/parameters.js';
import { filterOf } from '../timeline/filter.js';
import { ReadTimeline, type TimelinePage } from '../timeline/read-timeline.query.js';
import { childId } from '../children/child-id.js';
import { apiLooker } from './api-looker.js';

type Asked = Readonly<Record<string, string | undefined>>;

/** `/v1/children`: what pages show, for machines and people with a bearer token, through the same disclosure. */
@Controller('v1/children')
@UseFilters(ProblemFilter)
export class ChildrenApiController {
  constructor(
    @Inject(TokenVerifier) private readonly tokens: TokenVerifier,
    private readonly queries: QueryBus,
    private readonly changes: Changes,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  async list(@Req() request: FastifyRequest, @Headers() headers: Asked, @Query() query: Parameters): Promise<unknown> {
    const q = one(query, 'q');
    const looker = await this.#looker(request, headers, q === undefined ? 'caseload' : 'search');
    const { list, children, workload, next } = await this.queries.execute<ListChildren, ChildList>(
      new ListChildren(looker, q, one(query, 'cursor'), caseloadOf(query)),
    );
    return {
      list,
      children: children.map(childJson),
      ...(workload ? { workload } : {}),
      ...(next === undefined ? {} : { next }),
    };
  }

  @Get(':id/timeline')
  @Header('cache-control', 'no-store')
  async timeline(
    @Req() request: FastifyRequest,
    @Headers() headers: Asked,
    @Param('id') id: string,
    @Query() query: Parameters,
  ): Promise<unknown> {
    const looker = await this.#looker(request, headers, 'timeline');
    const { child, header, entries, annotations, withheld, asks, next } = await this.queries.execute<
      ReadTimeline,
      TimelinePage
    >(new ReadTimeline(looker, childId(id), filterOf(query), one(query, 'cursor')));
    return {
      child: childJson(child),
      header,
      entries: entries.map((entry) => ({ ...entry, ...annotations.get(entry.id) })),
      withheld,
      ...(asks.length === 0 ? {} : { asks }),
      ...(next === undefined ? {} : { next }),
    };
  }

  /** Server-sent events that say only that something this caller sees has changed. */
  @Get(':id/changes')
  async follow(
    @Req() request: FastifyRequest,
    @Headers() headers: Asked,
    @Param('id') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const looker = await this.#looker(request, headers, 'timeline');
    const left = new AbortController();
    reply.raw.on('close', () => left.abort());
    const stream = Readable.from(await this.changes.follow(looker, childId(id), left.signal, headers['last-event-id']));
    await reply
      .headers({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
      .send(stream);
  }

  async #looker(request: FastifyRequest, headers: Asked, page: Page): Promise<Looker> {
    const caller = await this.tokens.verify(bearerOf(headers['authorization']));
    return apiLooker(caller, page, headers['hub-purpose'], correlationOf(request));
  }
}

function childJson({ familyName: _, ...child }: ChildView): Omit<ChildView, 'familyName'> {
  return child;
}
