import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Incoming, IntakeQueue, Kept } from '../../libs/kernel/intake.js';
import type { Metrics } from '../../libs/platform/telemetry/metrics.js';
import { INTAKE, METRICS } from '../../libs/platform/tokens.js';

/** Keep these messages, and answer once they are durable: one answer each, in order. */
export class KeepMessages extends Command<Kept[]> {
  constructor(readonly messages: readonly Incoming[]) {
    super();
  }
}

@CommandHandler(KeepMessages)
export class KeepMessagesHandler implements ICommandHandler<KeepMessages> {
  constructor(
    @Inject(INTAKE) private readonly intake: IntakeQueue,
    @Inject(METRICS) private readonly metrics: Metrics,
  ) {}

  async execute({ messages }: KeepMessages): Promise<Kept[]> {
    const kept = await this.intake.keep(messages);
    const labels = kept.map(({ outcome }, at) => ({ system: messages[at]?.system ?? '', outcome }));
    for (const alike of Map.groupBy(labels, ({ system, outcome }) => `${system} ${outcome}`).values()) {
      if (alike[0]) this.metrics.messagesKept.inc(alike[0], alike.length);
    }
    return kept;
  }
}
