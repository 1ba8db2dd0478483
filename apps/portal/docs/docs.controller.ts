import { Controller, Get, Header, Param, Req, Res, UseFilters } from '@nestjs/common';
import type { JsonObject } from '@bufbuild/protobuf';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../../../libs/platform/problems/problem.js';
import { PageErrors } from '../pages/page-errors.filter.js';
import { PageSession } from '../pages/page-session.js';
import { Pages, type View } from '../pages/pages.js';
import { Docs } from './docs.js';
import { eventsModel } from './event-model.js';
import { formatsModel } from './formats-model.js';
import { guides, isGuide } from './guides.js';

const KEPT = 'public, max-age=300';

/** What partners read to build on the hub. Open to everybody: nothing here is about anybody. */
@Controller('docs')
@UseFilters(PageErrors)
export class DocsController {
  constructor(
    private readonly docs: Docs,
    private readonly session: PageSession,
    private readonly pages: Pages,
  ) {}

  @Get()
  async start(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.#page(request, reply, 'docs/start', { title: guides.start });
  }

  @Get('openapi.json')
  @Header('cache-control', KEPT)
  openApi(): JsonObject {
    return this.docs.openApi();
  }

  @Get('asyncapi.json')
  @Header('cache-control', KEPT)
  asyncApi(): JsonObject {
    return this.docs.asyncApi();
  }

  @Get('events')
  async events(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.#page(request, reply, 'docs/events', eventsModel());
  }

  @Get('events/:type')
  async event(@Param('type') type: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const event = this.docs.event(type);
    if (!event) throw notFound();
    await this.#page(request, reply, 'docs/event', { event });
  }

  @Get(':guide')
  async guide(
    @Param('guide') guide: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!isGuide(guide)) throw notFound();
    const more = guide === 'formats' ? formatsModel() : {};
    await this.#page(request, reply, `docs/${guide}`, { title: guides[guide], ...more });
  }

  async #page(request: FastifyRequest, reply: FastifyReply, view: View, model: object): Promise<void> {
    const session = await this.session.find(request);
    const contents = Object.entries(guides).map(([name, text]) => ({
      href: name === 'start' ? '/docs' : `/docs/${name}`,
      text,
      here: view === `docs/${name}`,
    }));
    await this.pages.send(request, reply, {
      view,
      ...(session ? { session } : {}),
      model: {
        ...model,
        url: this.docs.url,
        grpc: this.docs.grpc === 0 ? undefined : { port: this.docs.grpc, host: new URL(this.docs.url).hostname },
        contents: [...contents, { href: '/docs/events', text: 'Events', here: view === 'docs/events' }],
      },
    });
  }
}
