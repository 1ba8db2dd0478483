import { Controller, Get, Inject, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { Config } from '../../../libs/platform/config.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { CLOCK, CONFIG, HUB_DATABASE } from '../../../libs/platform/tokens.js';
import type { SourceBook } from '../../../libs/sources/cadence.js';
import { Looks } from '../looks/looks.js';
import { PageErrors } from '../pages/page-errors.filter.js';
import { pageLooker, PageSession } from '../pages/page-session.js';
import { Pages } from '../pages/pages.js';
import { readSources } from './read-sources.js';
import { sourcesModel } from './sources-model.js';
import { SOURCE_BOOK } from './source-book.token.js';

/** Each source: when it was last heard, what is expected of it, what came today. No child's data. */
@Controller('sources')
@UseFilters(PageErrors)
export class SourcesController {
  constructor(
    @Inject(HUB_DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(SOURCE_BOOK) private readonly book: SourceBook,
    private readonly session: PageSession,
    private readonly pages: Pages,
    private readonly looks: Looks,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.session.require(request);
    const looker = pageLooker(request, session, 'sources');
    const view = await readSources(this.database, this.book, this.clock.now());
    await this.looks.record(looker, { what: 'sources.read', outcome: 'shown', details: {} });
    const watched = !this.config.demonstration || this.config.HUB_SOURCES !== undefined;
    await this.pages.send(request, reply, { view: 'sources', session, model: sourcesModel(view, watched) });
  }
}
