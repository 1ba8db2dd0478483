import { Controller, Get, Inject, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../../libs/kernel/clock.js';
import { dayInLondon } from '../../../libs/kernel/london.js';
import { CORRELATION_HEADER, correlationOf } from '../../../libs/platform/problems/correlation.js';
import { Problem } from '../../../libs/platform/problems/problem.js';
import { CLOCK } from '../../../libs/platform/tokens.js';
import { saidText } from '../annotations/said-text.js';
import { childId as idIn } from '../children/child-id.js';
import { one, type Query as Parameters } from '../looks/parameters.js';
import { PageErrors } from '../pages/page-errors.filter.js';
import { formOf, pageLooker, PageSession } from '../pages/page-session.js';
import { Pages } from '../pages/pages.js';
import { dayTyped } from './day-typed.js';
import { MeetingRoom, type Looking } from './meeting-room.js';
import { mayRecord } from './meeting-sayings.js';
import { listWords, meetingWords, seatField } from './meeting-words.js';
import { packPdf } from './pack-pdf.js';

const NAME_LIMIT = 100;
const done: Readonly<Record<string, string>> = {
  recorded: 'Recorded. Who has to do something is told.',
  done: 'The action is done.',
  before: 'You had sent this already: what you sent first was kept.',
  attendance: 'Who came is written down.',
  closed: 'The meeting is closed, and its list stays as it was.',
};

/** Meetings: those of one's forums, and one of them. */
@Controller('meetings')
@UseFilters(PageErrors)
export class MeetingsController {
  constructor(
    @Inject(MeetingRoom) private readonly room: MeetingRoom,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly session: PageSession,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.#list(request, reply);
  }

  @Post()
  async convene(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.session.require(request);
    const fields = formOf(request, session);
    const { forum = '', on: typed = '' } = fields;
    const on = dayTyped(typed);
    if (on === undefined) {
      await this.#list(request, reply, { forum, on: typed, text: 'Enter a real date, for example 27/3/2026' });
      return;
    }
    try {
      const id = await this.room.convene(pageLooker(request, session, 'meetings'), forum, on);
      await reply.redirect(`/meetings/${id}`, 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'meeting-there') throw error;
      await this.#list(request, reply, { forum, on: typed, text: error.detail });
    }
  }

  @Get(':id')
  async read(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Query() query: Parameters,
  ): Promise<void> {
    const { session, view, words } = await this.#read(request, id, 'read');
    const records = mayRecord({ ...pageLooker(request, session, 'meetings') }, view.forum);
    const banner = Object.entries(done).find(([name]) => name === one(query, 'done'))?.[1];
    await this.pages.send(request, reply, { view: 'meeting', session, model: { ...words, records, banner } });
  }

  @Get(':id/pack')
  async pack(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const { session, words } = await this.#read(request, id, 'pack');
    await this.pages.send(request, reply, { view: 'meeting-pack', session, model: words });
  }

  @Get(':id/pack.pdf')
  async print(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const { words } = await this.#read(request, id, 'print');
    await reply
      .headers({
        [CORRELATION_HEADER]: correlationOf(request),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'content-disposition': 'inline; filename="meeting.pdf"',
      })
      .type('application/pdf')
      .send(await packPdf(words));
  }

  @Post(':id/attendance')
  async attend(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const session = await this.session.require(request);
    const fields = formOf(request, session);
    const nameOf = (seat: { agency: string; role: string }): string =>
      [...saidText(fields[seatField(seat)])].slice(0, NAME_LIMIT).join('').replaceAll('\n', ' ');
    await this.room.attend(pageLooker(request, session, 'meetings'), idIn(id), nameOf);
    await reply.redirect(`/meetings/${idIn(id)}?done=attendance`, 303);
  }

  @Post(':id/close')
  async close(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const session = await this.session.require(request);
    formOf(request, session);
    await this.room.close(pageLooker(request, session, 'meetings'), idIn(id));
    await reply.redirect(`/meetings/${idIn(id)}?done=closed`, 303);
  }

  async #read(request: FastifyRequest, id: string, how: Looking) {
    const session = await this.session.require(request);
    const looker = pageLooker(request, session, 'meetings');
    const view = await this.room.read(looker, idIn(id), how);
    return { session, view, words: meetingWords(view, looker, session.name, new Date(this.clock.now()).toISOString()) };
  }

  async #list(
    request: FastifyRequest,
    reply: FastifyReply,
    fault?: { readonly forum: string; readonly on: string; readonly text: string },
  ): Promise<void> {
    const session = await this.session.require(request);
    const all = await this.room.list(pageLooker(request, session, 'meetings'));
    const today = dayInLondon(new Date(this.clock.now()).toISOString());
    const status = fault ? 400 : 200;
    await this.pages.send(request, reply, {
      view: 'meetings',
      status,
      session,
      model: { forums: listWords(all, today), fault },
    });
  }
}
