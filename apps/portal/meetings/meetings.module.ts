import { Module } from '@nestjs/common';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { Rules } from '../../../libs/kernel/rules.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { CLOCK, HUB_DATABASE, KEY_STORE } from '../../../libs/platform/tokens.js';
import { DutiesModule } from '../duties/duties.module.js';
import { RULES } from '../duties/rules.token.js';
import { Looks } from '../looks/looks.js';
import { PortalPartsModule } from '../portal-parts.module.js';
import { MeetingChildController } from './meeting-child.controller.js';
import { MeetingRoom } from './meeting-room.js';
import { MeetingsController } from './meetings.controller.js';

/** Meetings of agencies about children: the list, each attendee's copy, who came, decisions, actions. */
@Module({
  imports: [PortalPartsModule, DutiesModule],
  controllers: [MeetingsController, MeetingChildController],
  providers: [
    {
      provide: MeetingRoom,
      inject: [HUB_DATABASE, KEY_STORE, CLOCK, Looks, RULES],
      useFactory: (database: Database, keys: KeyStore, clock: Clock, looks: Looks, rules: Rules) =>
        new MeetingRoom({ database, keys, clock, rules }, looks),
    },
  ],
})
export class MeetingsModule {}
