import { Module } from '@nestjs/common';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { CLOCK, HUB_DATABASE } from '../../../libs/platform/tokens.js';
import { Looks } from '../looks/looks.js';
import { PortalPartsModule } from '../portal-parts.module.js';
import { RotaController } from './rota.controller.js';
import { RotaRoom } from './rota-room.js';

/** The duty rota. */
@Module({
  imports: [PortalPartsModule],
  controllers: [RotaController],
  providers: [
    {
      provide: RotaRoom,
      inject: [HUB_DATABASE, CLOCK, Looks],
      useFactory: (database: Database, clock: Clock, looks: Looks) => new RotaRoom(database, clock, looks),
    },
  ],
})
export class RotaModule {}
