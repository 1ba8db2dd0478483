import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, UseFilters } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { validate as isUuid } from 'uuid';
import type { Receipt } from '../../../libs/kernel/intake.js';
import { CursorRejected, ReceiptBook, type ReceiptPage } from '../../../libs/platform/intake/postgres/receipt-book.js';
import { correlationOf } from '../../../libs/platform/problems/correlation.js';
import { badRequest, notFound } from '../../../libs/platform/problems/problem.js';
import { ProblemFilter } from '../../../libs/platform/problems/problem.filter.js';
import { entryOf } from '../doors/doors.js';
import { KeepMessages } from '../keep-messages.handler.js';
import { receiptAnswer, type ReceiptAnswer } from './receipt-answer.js';
import { receiptFilter } from './receipt-query.js';
import { withdrawBody, WithdrawDto } from './withdraw.dto.js';
import { withdrawal } from './withdrawal.js';

@Controller('v1/receipts')
@UseFilters(ProblemFilter)
export class ReceiptsController {
  constructor(
    private readonly book: ReceiptBook,
    private readonly commands: CommandBus,
  ) {}

  @Get()
  async list(@Query() query: unknown, @Req() request: FastifyRequest): Promise<ReceiptPage> {
    const filter = receiptFilter(query);
    try {
      return await this.book.list({ system: entryOf(request).publisher.system, ...filter });
    } catch (error) {
      if (error instanceof CursorRejected)
        throw badRequest('invalid-parameter', 'cursor is one this list gave.', 'cursor');
      throw error;
    }
  }

  @Get(':id')
  async show(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Receipt> {
    return this.#own(id, request);
  }

  @Post(':id/withdraw')
  @HttpCode(202)
  async withdraw(
    @Param('id') id: string,
    @Body(withdrawBody) { reason }: WithdrawDto,
    @Req() request: FastifyRequest,
  ): Promise<{ receipts: ReceiptAnswer[] }> {
    const receipt = await this.#own(id, request);
    const message = withdrawal(receipt, reason, entryOf(request).publisher, correlationOf(request));
    const [kept] = await this.commands.execute(new KeepMessages([message]));
    // Taken back already, for another reason: the first withdrawal holds, and the publisher never chose its id.
    if (kept?.outcome === 'conflict') {
      const { id: first, status } = await this.#own(kept.receipt, request);
      return { receipts: [receiptAnswer({ outcome: 'repeated', receipt: first, status })] };
    }
    return { receipts: [receiptAnswer(kept)] };
  }

  async #own(id: string, request: FastifyRequest): Promise<Receipt> {
    const receipt = isUuid(id) ? await this.book.get(id, entryOf(request).publisher.system) : undefined;
    if (!receipt) throw notFound();
    return receipt;
  }
}
