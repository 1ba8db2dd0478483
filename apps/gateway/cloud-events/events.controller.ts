import { Controller, HttpCode, Post, Req, Res, UseFilters } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { correlationOf } from '../../../libs/platform/problems/correlation.js';
import { Problem } from '../../../libs/platform/problems/problem.js';
import { ProblemFilter } from '../../../libs/platform/problems/problem.filter.js';
import { KeepMessages } from '../keep-messages.handler.js';
import { receiptAnswer, type ReceiptAnswer } from '../receipts/receipt-answer.js';
import { eventsIn, hasProblem, itemAnswers, type ItemAnswer } from './events-in.js';

@Controller('v1/events')
@UseFilters(ProblemFilter)
export class EventsController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(202)
  async publish(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ receipts: ItemAnswer<ReceiptAnswer>[] }> {
    const { batch, items } = eventsIn(request);
    const good = items.flatMap((item) => (item instanceof Problem ? [] : [item]));
    const kept = (await this.commands.execute(new KeepMessages(good))).values();
    if (!batch) return { receipts: [receiptAnswer(kept.next().value)] };
    const receipts = itemAnswers(items, correlationOf(request), () => receiptAnswer(kept.next().value));
    if (hasProblem(receipts)) void reply.status(207);
    return { receipts };
  }
}
