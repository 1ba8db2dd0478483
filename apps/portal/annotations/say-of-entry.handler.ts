import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SaidToBeWrongSchema, SignificanceJudgedSchema } from '../../../libs/contracts/gen/hub/record/v1/record_pb.js';
import { roleFor } from '../../../libs/disclosure/annotating.js';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { EventLog } from '../../../libs/kernel/event-log.js';
import type { IntakeQueue } from '../../../libs/kernel/intake.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { CLOCK, EVENT_LOG, HUB_DATABASE, INTAKE, KEY_STORE } from '../../../libs/platform/tokens.js';
import { Looks } from '../looks/looks.js';
import { entryInSight } from './entry-in-sight.js';
import { keepSaying, notYours, readerOf } from './keep-saying.js';
import { SayOfEntry, type SayOutcome } from './say.command.js';

@CommandHandler(SayOfEntry)
export class SayOfEntryHandler implements ICommandHandler<SayOfEntry> {
  constructor(
    @Inject(HUB_DATABASE) readonly database: Database,
    @Inject(KEY_STORE) readonly keys: KeyStore,
    @Inject(CLOCK) readonly clock: Clock,
    @Inject(INTAKE) readonly intake: IntakeQueue,
    @Inject(EVENT_LOG) readonly log: EventLog,
    readonly looks: Looks,
  ) {}

  async execute({ sayer, child, entry: id, said }: SayOfEntry): Promise<SayOutcome> {
    const { looker } = sayer;
    const what = `entry.${said.act}`;
    const { sight, entry } = await entryInSight(this, looker, child, id, what);
    const role = roleFor(sight.known.viewer, looker.purpose, said.act);
    if (role === undefined) throw notYours();
    await this.looks.record(looker, { what, child, outcome: 'shown', details: { entry: id } });
    const about = { fact: entry.fact, version: entry.id, by: readerOf(sayer, role) };
    if (said.act === 'dispute') {
      const schema = SaidToBeWrongSchema;
      return keepSaying(this, sayer, what, { stream: entry.record, schema, said: { ...about, what: said.what } });
    }
    const { significant, note } = said;
    const schema = SignificanceJudgedSchema;
    return keepSaying(this, sayer, what, { stream: entry.record, schema, said: { ...about, significant, note } });
  }
}
