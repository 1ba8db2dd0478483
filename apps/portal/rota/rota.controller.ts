import { Controller, Get, Inject, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { Config } from '../../../libs/platform/config.js';
import { Problem } from '../../../libs/platform/problems/problem.js';
import { CLOCK, CONFIG } from '../../../libs/platform/tokens.js';
import { childId as idIn } from '../children/child-id.js';
import type { Looker } from '../looks/looker.js';
import { one, type Query as Parameters } from '../looks/parameters.js';
import { PageErrors } from '../pages/page-errors.filter.js';
import { formOf, pageLooker, PageSession } from '../pages/page-session.js';
import { Pages } from '../pages/pages.js';
import type { Session } from '../sign-in/sessions.js';
import { turnForm, turnTyped, type TurnFaults, type TurnTyped } from './rota-form.js';
import { formModel, rotaModel, typedOf } from './rota-model.js';
import { mayKeep, RotaRoom } from './rota-room.js';

const done: Readonly<Record<string, string>> = {
  added: 'It is on the rota.',
  changed: 'The rota is changed.',
  removed: 'It is off the rota.',
  meanwhile: 'Nothing was changed: somebody else has changed that entry meanwhile. This is how the rota stands.',
};

/** The duty rota: who is duty officer from when to when, and when nobody is. */
@Controller('rota')
@UseFilters(PageErrors)
export class RotaController {
  constructor(
    @Inject(RotaRoom) private readonly room: RotaRoom,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    private readonly session: PageSession,
    private readonly pages: Pages,
  ) {}

  @Get()
  async read(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() query: Parameters): Promise<void> {
    const session = await this.session.require(request);
    await this.#rota(request, reply, session, { did: one(query, 'done') });
  }

  @Post()
  async add(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.session.require(request);
    const typed = turnTyped(formOf(request, session));
    const looker = pageLooker(request, session, 'rota');
    const form = await this.#form(looker, typed);
    if ('faults' in form) {
      await this.#rota(request, reply, session, { typed, faults: form.faults });
      return;
    }
    await this.room.add(looker, form.said);
    await reply.redirect('/rota?done=added', 303);
  }

  @Get(':id/change')
  async form(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const session = await this.session.require(request);
    const entry = await this.room.find(pageLooker(request, session, 'rota'), idIn(id));
    await this.#change(request, reply, session, idIn(id), typedOf(entry));
  }

  @Post(':id/change')
  async change(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const session = await this.session.require(request);
    const typed = turnTyped(formOf(request, session));
    const looker = pageLooker(request, session, 'rota');
    await this.room.find(looker, idIn(id));
    const form = await this.#form(looker, typed);
    if ('faults' in form) {
      await this.#change(request, reply, session, idIn(id), typed, form.faults);
      return;
    }
    await this.#unlessMeanwhile(reply, 'changed', this.room.change(looker, idIn(id), form.said));
  }

  @Post(':id/remove')
  async remove(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const session = await this.session.require(request);
    formOf(request, session);
    await this.#unlessMeanwhile(reply, 'removed', this.room.remove(pageLooker(request, session, 'rota'), idIn(id)));
  }

  async #form(looker: Looker, typed: TurnTyped) {
    return turnForm(typed, await this.room.colleagues(looker), this.clock.now());
  }

  async #unlessMeanwhile(reply: FastifyReply, did: string, doing: Promise<void>): Promise<void> {
    try {
      await doing;
      await reply.redirect(`/rota?done=${did}`, 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'rota-changed') throw error;
      await reply.redirect('/rota?done=meanwhile', 303);
    }
  }

  async #rota(
    request: FastifyRequest,
    reply: FastifyReply,
    session: Session,
    { typed, faults = {}, did }: { typed?: TurnTyped; faults?: TurnFaults; did?: string | undefined },
  ): Promise<void> {
    const looker = pageLooker(request, session, 'rota');
    const keeps = mayKeep(looker);
    const rota = await this.room.read(looker);
    const banner = Object.entries(done).find(([name]) => name === did)?.[1];
    const model = {
      ...rotaModel(rota, this.config.HUB_ESCALATE_MINUTES),
      ...formModel(typed, faults, keeps ? await this.room.colleagues(looker) : []),
      ...{ keeps, banner, good: did !== 'meanwhile' },
    };
    const status = Object.keys(faults).length > 0 ? 400 : 200;
    await this.pages.send(request, reply, { view: 'rota', status, session, model });
  }

  async #change(
    request: FastifyRequest,
    reply: FastifyReply,
    session: Session,
    id: string,
    typed: TurnTyped,
    faults: TurnFaults = {},
  ): Promise<void> {
    const model = { id, ...formModel(typed, faults, await this.room.colleagues(pageLooker(request, session, 'rota'))) };
    const status = Object.keys(faults).length > 0 ? 400 : 200;
    await this.pages.send(request, reply, { view: 'rota-change', status, session, model });
  }
}
