import { Controller, Get, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { badRequest } from '../../../libs/platform/problems/problem.js';
import { CORRELATION_HEADER, correlationOf } from '../../../libs/platform/problems/correlation.js';
import { childId } from '../children/child-id.js';
import type { Query as Parameters } from '../looks/parameters.js';
import { PageErrors } from '../pages/page-errors.filter.js';
import { pageLooker, PageSession } from '../pages/page-session.js';
import { Pages } from '../pages/pages.js';
import { chronologyPdf } from './chronology-pdf.js';
import { dateFields, readChronologyQuery } from './chronology-query.js';
import { chronologyWords } from './chronology-words.js';
import { ReadChronology, type Chronology } from './read-chronology.query.js';

/** The significant events of a child: to read, and to print. */
@Controller('children')
@UseFilters(PageErrors)
export class ChronologyController {
  constructor(
    private readonly queries: QueryBus,
    private readonly session: PageSession,
    private readonly pages: Pages,
  ) {}

  @Get(':id/chronology')
  async read(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Query() query: Parameters,
  ): Promise<void> {
    const session = await this.session.require(request);
    const looker = pageLooker(request, session, 'chronology');
    const { filter, typed, errors, kept } = readChronologyQuery(query);
    const asked = new ReadChronology(looker, session.name, childId(id), filter, 'read');
    const chronology = await this.queries.execute<ReadChronology, Chronology>(asked);
    const address = new URLSearchParams(kept).toString();
    const path = `/children/${chronology.child.id}`;
    await this.pages.send(request, reply, {
      view: 'chronology',
      session,
      model: {
        ...chronologyWords(chronology),
        id: chronology.child.id,
        typed,
        errors,
        errorList: dateFields.flatMap((name) => (errors[name] ? [{ text: errors[name], href: `#${name}` }] : [])),
        filtered: address !== '',
        print: `${path}/chronology.pdf${address === '' ? '' : `?${address}`}`,
      },
    });
  }

  @Get(':id/chronology.pdf')
  async print(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Query() query: Parameters,
  ): Promise<void> {
    const session = await this.session.require(request);
    const looker = pageLooker(request, session, 'chronology');
    const { filter, errors } = readChronologyQuery(query);
    const [fault] = dateFields.filter((name) => errors[name] !== undefined);
    if (fault !== undefined) throw badRequest('invalid-parameter', `The parameter ${fault} is not a date.`, fault);
    const asked = new ReadChronology(looker, session.name, childId(id), filter, 'print');
    const chronology = await this.queries.execute<ReadChronology, Chronology>(asked);
    const pdf = await chronologyPdf(chronologyWords(chronology));
    await reply
      .headers({
        [CORRELATION_HEADER]: correlationOf(request),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        // A file name is kept in folders, mails and histories: it says what, not whom.
        'content-disposition': 'inline; filename="chronology.pdf"',
      })
      .type('application/pdf')
      .send(pdf);
  }
}
