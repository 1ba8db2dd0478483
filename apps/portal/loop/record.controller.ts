import { randomUUID } from 'node:crypto';
import { Controller, Get, Inject, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { validate as isUuid } from 'uuid';
import type { Clock } from '../../../libs/kernel/clock.js';
import { badRequest, notFound } from '../../../libs/platform/problems/problem.js';
import { CLOCK } from '../../../libs/platform/tokens.js';
import { notYours } from '../annotations/keep-saying.js';
import type { Sayer, SayOutcome } from '../annotations/say.command.js';
import { childId } from '../children/child-id.js';
import type { Looker } from '../looks/looker.js';
import { childWords } from '../pages/children-model.js';
import { PageErrors } from '../pages/page-errors.filter.js';
import { formOf, pageLooker, PageSession } from '../pages/page-session.js';
import { Pages } from '../pages/pages.js';
import type { Session } from '../sign-in/sessions.js';
import { ReadLoop, type Loop } from './read-loop.query.js';
import { interviewForm, LIMIT, PREVENTION_LIMIT, preventionForm, useForm } from './record-forms.js';
import { RecordInterview, RecordPrevention, RecordUse } from './record.command.js';
import type { MayRecord } from './recordings.js';

type Fields = Readonly<Record<string, string>>;

interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly session: Session;
  readonly looker: Looker;
  readonly child: string;
  readonly fact: string;
}

type Recording = RecordInterview | RecordPrevention | RecordUse;

/** Forms of the loop: what came of an interview, the police's or the authority's, and how it was used in the plan. */
@Controller('children/:id/loop/:fact')
@UseFilters(PageErrors)
export class RecordController {
  constructor(
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly session: PageSession,
    private readonly pages: Pages,
  ) {}

  @Get('interview')
  async interview(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Param('fact') fact: string,
  ): Promise<void> {
    await this.#form(await this.#asked(request, reply, id, fact), 'interview', {});
  }

  @Post('interview')
  async recordInterview(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Param('fact') fact: string,
  ): Promise<void> {
    const asked = await this.#asked(request, reply, id, fact);
    const fields = formOf(request, asked.session);
    const form = interviewForm(fields, this.#now());
    if ('errors' in form) return this.#form(asked, 'interview', fields, form.errors);
    await this.#done(asked, 'interview', new RecordInterview(sayer(asked, fields), asked.child, asked.fact, form.said));
  }

  @Get('prevention')
  async prevention(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Param('fact') fact: string,
  ): Promise<void> {
    await this.#form(await this.#asked(request, reply, id, fact), 'prevention', {});
  }

  @Post('prevention')
  async recordPrevention(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Param('fact') fact: string,
  ): Promise<void> {
    const asked = await this.#asked(request, reply, id, fact);
    const fields = formOf(request, asked.session);
    const form = preventionForm(fields, this.#now());
    if ('errors' in form) return this.#form(asked, 'prevention', fields, form.errors);
    const { child } = asked;
    await this.#done(asked, 'prevention', new RecordPrevention(sayer(asked, fields), child, asked.fact, form.said));
  }

  @Get('use')
  async use(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Param('fact') fact: string,
  ): Promise<void> {
    await this.#form(await this.#asked(request, reply, id, fact), 'use', {});
  }

  @Post('use')
  async recordUse(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') id: string,
    @Param('fact') fact: string,
  ): Promise<void> {
    const asked = await this.#asked(request, reply, id, fact);
    const fields = formOf(request, asked.session);
    const form = useForm(fields, this.#now());
    if ('errors' in form) return this.#form(asked, 'use', fields, form.errors);
    await this.#done(asked, 'use', new RecordUse(sayer(asked, fields), asked.child, asked.fact, form.said));
  }

  async #asked(request: FastifyRequest, reply: FastifyReply, id: string, fact: string): Promise<Asked> {
    const session = await this.session.require(request);
    return { request, reply, session, looker: pageLooker(request, session, 'boards'), child: childId(id), fact };
  }

  async #form(asked: Asked, what: keyof MayRecord, typed: Fields, errors: Fields = {}): Promise<void> {
    const { request, reply, session, looker, child, fact } = asked;
    const loop = await this.queries.execute<ReadLoop, Loop>(new ReadLoop(looker, child));
    const about = loop.episodes.some(({ id, interviews }) =>
      what === 'use' ? interviews.some((one) => one.fact === fact) : id === fact,
    );
    if (!about) throw notFound();
    if (!loop.may[what]) throw notYours();
    const list = Object.entries(errors).map(([field, text]) => ({ text, href: `#${field}` }));
    await this.pages.send(request, reply, {
      view: `loop-${what}`,
      session,
      ...(list.length === 0 ? {} : { status: 400 }),
      model: {
        child: childWords(loop.child),
        typed,
        errors,
        list,
        limit: what === 'prevention' ? PREVENTION_LIMIT : LIMIT,
        once: typed['once'] ?? randomUUID(),
      },
    });
  }

  async #done({ reply, child }: Asked, what: string, command: Recording): Promise<void> {
    const outcome = await this.commands.execute<Recording, SayOutcome>(command);
    await reply.redirect(`/children/${child}/loop?done=${outcome === 'before' ? 'before' : what}`, 303);
  }

  #now(): string {
    return new Date(this.clock.now()).toISOString();
  }
}

function sayer({ looker, session }: Asked, fields: Fields): Sayer {
  const once = fields['once'] ?? '';
  if (!isUuid(once))
    throw badRequest('invalid-form', 'The form lacks its number. Go back, reload the page and try again.');
  return { looker, name: session.name, once };
}
