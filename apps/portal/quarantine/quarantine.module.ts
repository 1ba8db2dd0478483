import { Module } from '@nestjs/common';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { HUB_DATABASE, KEY_STORE } from '../../../libs/platform/tokens.js';
import { Looks } from '../looks/looks.js';
import { PortalPartsModule } from '../portal-parts.module.js';
import { QuarantineRoom } from './quarantine-room.js';
import { QuarantineController } from './quarantine.controller.js';

@Module({
  imports: [PortalPartsModule],
  controllers: [QuarantineController],
  providers: [
    {
      provide: QuarantineRoom,
      inject: [HUB_DATABASE, KEY_STORE, Looks],
      useFactory: (database: Database, keys: KeyStore, looks: Looks) => new QuarantineRoom(database, keys, looks),
    },
  ],
})
export class QuarantineModule {}
