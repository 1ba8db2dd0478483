import { Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { CLOCK, HUB_DATABASE, KEY_STORE } from '../../../libs/platform/tokens.js';
import { Looks } from '../looks/looks.js';
import { PortalPartsModule } from '../portal-parts.module.js';
import { PartnerDesk } from './partner-desk.js';
import { PartnerController } from './partner.controller.js';
import { TryDesk } from './try-desk.js';
import { TryController } from './try.controller.js';
import { takeForms } from './uploaded.js';

@Module({
  imports: [PortalPartsModule],
  controllers: [PartnerController, TryController],
  providers: [
    {
      provide: PartnerDesk,
      inject: [HUB_DATABASE, KEY_STORE, CLOCK, Looks],
      useFactory: (database: Database, keys: KeyStore, clock: Clock, looks: Looks) =>
        new PartnerDesk(database, keys, clock, looks),
    },
    {
      provide: TryDesk,
      inject: [HUB_DATABASE, CLOCK, Looks],
      useFactory: (database: Database, clock: Clock, looks: Looks) => new TryDesk(database, clock, looks),
    },
  ],
})
export class PartnerModule {
  // In the constructor, because Nest registers the routes right after it has made the modules.
  constructor(host: HttpAdapterHost) {
    takeForms(host.httpAdapter.getInstance<FastifyInstance>(), '/partner/try');
  }
}
