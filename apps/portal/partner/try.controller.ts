import { Controller, Get, Inject, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PageErrors } from '../pages/page-errors.filter.js';
import { formOf, pageLooker, PageSession } from '../pages/page-session.js';
import { Pages } from '../pages/pages.js';
import { TryDesk } from './try-desk.js';
import { kinds, type Kind, type Typed } from './try-message.js';
import { tryModel } from './try-model.js';
import { formIn } from './uploaded.js';

/** Trying a message: what it would become, where it would be refused, and nothing recorded. */
@Controller('partner/try')
@UseFilters(PageErrors)
export class TryController {
  constructor(
    @Inject(TryDesk) private readonly desk: TryDesk,
    private readonly session: PageSession,
    private readonly pages: Pages,
  ) {}

  @Get()
  async form(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.session.require(request);
    const looker = pageLooker(request, session, 'partner');
    const systems = await this.desk.systems(looker);
    const model = tryModel(looker.viewer.agency, systems, typedIn({}, systems));
    await this.pages.send(request, reply, { view: 'partner-try', session, model });
  }

  @Post()
  async attempt(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.session.require(request);
    const looker = pageLooker(request, session, 'partner');
    const sent = await formIn(request);
    const form = formOf(request, session, sent?.fields);
    const systems = await this.desk.systems(looker);
    const typed = { ...typedIn(form, systems), ...(sent?.file === undefined ? {} : { file: sent.file }) };
    const attempt = await this.desk.attempt(looker, typed, systems);
    const model = tryModel(looker.viewer.agency, systems, typed, attempt);
    await this.pages.send(request, reply, {
      view: 'partner-try',
      status: 'fault' in attempt ? 400 : 200,
      session,
      model,
    });
  }
}

function typedIn(fields: Readonly<Record<string, string>>, systems: readonly string[]): Typed {
  const text = (name: string): string => fields[name]?.trim() ?? '';
  return {
    system: fields['system'] ?? systems[0] ?? '',
    kind: Object.keys(kinds).find((known): known is Kind => known === fields['kind']) ?? 'event',
    format: text('format'),
    subject: text('subject'),
    observedAt: text('observedAt'),
    message: fields['message'] ?? '',
  };
}
