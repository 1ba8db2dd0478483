import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, UseFilters } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { validate as isUuid } from 'uuid';
import type { Clock } from '../../../libs/kernel/clock.js';
import { answerMessage } from '../../../libs/platform/annotations/answer-message.js';
import { RequestBook, type AnswerName, type SourceRequest } from '../../../libs/platform/annotations/request-book.js';
import { AuditChain } from '../../../libs/platform/audit/chain.js';
import { correlationOf } from '../../../libs/platform/problems/correlation.js';
import { notFound, Problem } from '../../../libs/platform/problems/problem.js';
import { ProblemFilter } from '../../../libs/platform/problems/problem.filter.js';
import { CLOCK } from '../../../libs/platform/tokens.js';
import { entryOf } from '../doors/doors.js';
import { KeepMessages } from '../keep-messages.handler.js';
import { answerBody, AnswerDto } from './answer.dto.js';
import { requestFilter } from './request-query.js';

/** What readers of the hub ask of a source about its own messages and records, and its answers. */
@Controller('v1/requests')
@UseFilters(ProblemFilter)
export class RequestsController {
  constructor(
    private readonly book: RequestBook,
    private readonly commands: CommandBus,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly audit: AuditChain,
  ) {}

  @Get()
  async list(@Query() query: unknown, @Req() request: FastifyRequest): Promise<{ requests: SourceRequest[] }> {
    const page = await this.book.list({ system: entryOf(request).publisher.system, ...requestFilter(query) });
    await this.#record(request, page.requests);
    return page;
  }

  @Get(':id')
  async show(@Param('id') id: string, @Req() request: FastifyRequest): Promise<SourceRequest> {
    const { request: asked } = await this.#own(id, request);
    await this.#record(request, [asked]);
    return asked;
  }

  @Post(':id/answer')
  @HttpCode(202)
  async answer(
    @Param('id') id: string,
    @Body(answerBody) { answer, text }: AnswerDto,
    @Req() request: FastifyRequest,
  ): Promise<{ id: string; status: 'answered'; answer: AnswerName; text: string }> {
    const { publisher } = entryOf(request);
    const { request: asked, stream } = await this.#own(id, request);
    const at = new Date(this.clock.now()).toISOString();
    const said = { request: asked.id, stream, answer, text, agency: publisher.agency, at };
    const [kept] = await this.commands.execute(new KeepMessages([answerMessage(said)]));
    if (!kept || kept.outcome === 'conflict') throw answeredAlready();
    return { id: asked.id, status: 'answered', answer, text };
  }

  async #own(id: string, request: FastifyRequest): Promise<{ request: SourceRequest; stream: string }> {
    const found = isUuid(id) ? await this.book.find(id, entryOf(request).publisher.system) : undefined;
    if (!found) throw notFound();
    return found;
  }

  /** What readers wrote is told to the source: written down before it is. */
  async #record(request: FastifyRequest, requests: readonly SourceRequest[]): Promise<void> {
    const { system, agency } = entryOf(request).publisher;
    await this.audit.record({
      at: new Date(this.clock.now()).toISOString(),
      who: system,
      agency,
      roles: ['system'],
      purpose: 'publishing-partner',
      what: 'requests.read',
      outcome: 'shown',
      details: { requests: requests.map(({ id }) => id) },
      correlationId: correlationOf(request),
    });
  }
}

const answeredAlready = (): Problem =>
  new Problem(409, 'answered-already', 'Answered already', 'The first answer to this request holds.', '/answer');
