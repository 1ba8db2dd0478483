import { Controller, HttpCode, Param, Post, Req, UseFilters } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { correlationOf } from '../../../libs/platform/problems/correlation.js';
import { badRequest, forbidden } from '../../../libs/platform/problems/problem.js';
import { ProblemFilter } from '../../../libs/platform/problems/problem.filter.js';
import { delivered, deliveryIn } from '../doors/delivered.js';
import { entryOf } from '../doors/doors.js';
import { KeepMessages } from '../keep-messages.handler.js';
import { receiptAnswer, type ReceiptAnswer } from '../receipts/receipt-answer.js';
import { nativeMessage } from './native-message.js';

@Controller('v1/native')
@UseFilters(ProblemFilter)
export class NativeController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':system')
  @HttpCode(202)
  async publish(
    @Param('system') system: string,
    @Req() request: FastifyRequest,
  ): Promise<{ receipts: ReceiptAnswer[] }> {
    const { publisher, contentType } = entryOf(request);
    if (system !== publisher.system) {
      throw forbidden('other-door', 'This is another system’s door: a system publishes only as itself.');
    }
    const body = request.body as Buffer;
    if (body.length === 0) throw badRequest('empty-body', 'The body is empty.');
    const message = nativeMessage(request.headers, contentType, body, publisher, correlationOf(request));
    const [kept] = await this.commands.execute(new KeepMessages([delivered(message, deliveryIn(request.headers))]));
    return { receipts: [receiptAnswer(kept)] };
  }
}
