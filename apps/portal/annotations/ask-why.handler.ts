import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AskedWhyWithheldSchema } from '../../../libs/contracts/gen/hub/record/v1/record_pb.js';
import { roleFor } from '../../../libs/disclosure/annotating.js';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { EventLog } from '../../../libs/kernel/event-log.js';
import type { IntakeQueue } from '../../../libs/kernel/intake.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { notFound } from '../../../libs/platform/problems/problem.js';
import { CLOCK, EVENT_LOG, HUB_DATABASE, INTAKE } from '../../../libs/platform/tokens.js';
import { Looks } from '../looks/looks.js';
import { sighted } from '../timeline/child-entries.js';
import { newestWithheld } from './asks.js';
import { keepSaying, notYours, readerOf } from './keep-saying.js';
import { AskWhy, type SayOutcome } from './say.command.js';

const WHAT = 'withheld.ask';

@CommandHandler(AskWhy)
export class AskWhyHandler implements ICommandHandler<AskWhy> {
  constructor(
    @Inject(HUB_DATABASE) readonly database: Database,
    @Inject(CLOCK) readonly clock: Clock,
    @Inject(INTAKE) readonly intake: IntakeQueue,
    @Inject(EVENT_LOG) readonly log: EventLog,
    readonly looks: Looks,
  ) {}

  async execute({ sayer, child, agency, need }: AskWhy): Promise<SayOutcome> {
    const { looker } = sayer;
    const sight = await sighted(this.database, looker, child);
    // No line, no question: an agency of which nothing is said is as if it had nothing.
    const told = sight?.withheld.some((line) => line.agency === agency) === true;
    const withheld =
      sight && told
        ? await newestWithheld(this.database, child, agency, sight.known.viewer, looker.purpose)
        : undefined;
    const outcome = withheld ? 'shown' : 'not-found';
    await this.looks.record(looker, { what: WHAT, child, outcome, details: withheld ? { agency } : {} });
    if (!sight || !withheld) throw notFound();
    const role = roleFor(sight.known.viewer, looker.purpose, 'ask-why');
    if (role === undefined) throw notYours();
    return keepSaying(this, sayer, WHAT, {
      stream: withheld.record,
      schema: AskedWhyWithheldSchema,
      said: { version: withheld.version, agency, need, purpose: looker.purpose, by: readerOf(sayer, role) },
    });
  }
}
