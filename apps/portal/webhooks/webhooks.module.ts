import { Module } from '@nestjs/common';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { EndpointStore } from '../../../libs/platform/notifications/endpoint-store.js';
import { HUB_DATABASE, KEY_STORE } from '../../../libs/platform/tokens.js';
import { PortalPartsModule } from '../portal-parts.module.js';
import { WebhooksController } from './webhooks.controller.js';

/** Where partners' systems are told. */
@Module({
  imports: [PortalPartsModule],
  controllers: [WebhooksController],
  providers: [
    {
      provide: EndpointStore,
      inject: [HUB_DATABASE, KEY_STORE],
      useFactory: (database: Database, keys: KeyStore) => new EndpointStore(database, keys),
    },
  ],
})
export class WebhooksModule {}
