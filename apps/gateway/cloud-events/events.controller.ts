import { Controller, HttpCode, Post, Req, Res, UseFilters } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Incoming } from '../../../libs/kernel/intake.js';
import { correlationOf } from '../../../libs/platform/problems/correlation.js';
import {
  Problem,
  problemDocument,
  tooLarge,
  unsupportedType,
  type ProblemDocument,
} from '../../../libs/platform/problems/problem.js';
import { ProblemFilter } from '../../../libs/platform/problems/problem.filter.js';
import { delivered, deliveryIn, type DeliveryAttributes } from '../doors/delivered.js';
import { entryOf } from '../doors/doors.js';
import { orProblem } from '../doors/or-problem.js';
import { KeepMessages } from '../keep-messages.handler.js';
import { receiptAnswer, type ReceiptAnswer } from '../receipts/receipt-answer.js';
import type { Publisher } from './attributes.js';
import { binaryEvent, isBinary } from './binary.js';
import { incomingEvent, mediaType } from './event.js';
import { BATCH_LIMIT, sized } from './limits.js';
import { BATCH, batchItems, eventIn, STRUCTURED, structuredEvent } from './structured.js';

/** An item of a batch: its receipt, or what is wrong with it. */
type ItemAnswer = ReceiptAnswer | { readonly problem: ProblemDocument };

interface Receipts {
  readonly receipts: readonly ItemAnswer[];
}

@Controller('v1/events')
@UseFilters(ProblemFilter)
export class EventsController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(202)
  async publish(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Receipts> {
    const { publisher, contentType } = entryOf(request);
    const correlation = correlationOf(request);
    const body = request.body as Buffer;
    const type = mediaType(contentType);
    const delivery = deliveryIn(request.headers);
    if (type === BATCH) return this.#batch(body, publisher, correlation, delivery, reply);
    const event =
      sized(body) && type === STRUCTURED
        ? structuredEvent(body, publisher)
        : binaryEvent(inBinaryMode(request, type), contentType, body, publisher);
    const message = delivered(incomingEvent(event, publisher, correlation), delivery);
    const [kept] = await this.commands.execute(new KeepMessages([message]));
    return { receipts: [receiptAnswer(kept)] };
  }

  async #batch(
    body: Buffer,
    publisher: Publisher,
    correlation: string,
    delivery: DeliveryAttributes,
    reply: FastifyReply,
  ): Promise<Receipts> {
    const items = batchItems(body);
    if (items.length > BATCH_LIMIT) throw tooLarge(`A batch has at most ${BATCH_LIMIT} events.`);
    const read = items.map(({ bytes, value }, at): Incoming | Problem =>
      orProblem(
        () => sized(bytes) && incomingEvent(eventIn(bytes, value, publisher, `/${at}`), publisher, correlation),
      ),
    );
    const good = read.flatMap((item) => (item instanceof Problem ? [] : [item]));
    const messages = good.map((message) => delivered(message, delivery));
    const kept = (await this.commands.execute(new KeepMessages(messages))).values();
    const answers = read.map((item, at) => {
      const answer = item instanceof Problem ? item : orProblem(() => receiptAnswer(kept.next().value));
      return answer instanceof Problem ? { problem: problemDocument(placed(answer, at), correlation) } : answer;
    });
    if (answers.some((answer) => 'problem' in answer)) void reply.status(207);
    return { receipts: answers };
  }
}

function inBinaryMode(request: FastifyRequest, type: string): FastifyRequest['raw'] {
  if (type.startsWith('application/cloudevents') || !isBinary(request.raw)) {
    throw unsupportedType(`Send ${STRUCTURED}, ${BATCH}, or binary mode with ce-* headers.`);
  }
  return request.raw;
}

/** Every problem of a batch says which item it is about. */
function placed(problem: Problem, at: number): Problem {
  const { status, code, title, detail, pointer = '' } = problem;
  const here = pointer === `/${at}` || pointer.startsWith(`/${at}/`);
  return new Problem(status, code, title, detail, here ? pointer : `/${at}${pointer}`);
}
