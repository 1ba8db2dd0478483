import { Controller, HttpCode, Param, Post, Req, UseFilters } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { ProblemFilter } from '../../../libs/platform/problems/problem.filter.js';
import { KeepMessages } from '../keep-messages.handler.js';
import { receiptAnswer, type ReceiptAnswer } from '../receipts/receipt-answer.js';
import { nativeIn } from './native-message.js';

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
    const [kept] = await this.commands.execute(new KeepMessages([nativeIn(request, system)]));
    return { receipts: [receiptAnswer(kept)] };
  }
}
