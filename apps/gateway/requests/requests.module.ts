import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import { RequestBook } from '../../../libs/platform/annotations/request-book.js';
import { AuditChain } from '../../../libs/platform/audit/chain.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import type { Logger } from '../../../libs/platform/telemetry/logger.js';
import { HUB_DATABASE, KEY_STORE, LOGGER } from '../../../libs/platform/tokens.js';
import { RequestsController } from './requests.controller.js';

/** What readers ask of sources. */
@Module({
  imports: [CqrsModule],
  controllers: [RequestsController],
  providers: [
    {
      provide: RequestBook,
      inject: [HUB_DATABASE, KEY_STORE],
      useFactory: (database: Database, keys: KeyStore) => new RequestBook(database, keys, 'discreetly'),
    },
    {
      provide: AuditChain,
      inject: [HUB_DATABASE, KEY_STORE, LOGGER],
      useFactory: async (database: Database, keys: KeyStore, logger: Logger) =>
        AuditChain.open({ database, keys, logger }),
    },
  ],
})
export class RequestsModule {
  constructor(private readonly chain: AuditChain) {}

  async onApplicationShutdown(): Promise<void> {
    await this.chain.close();
  }
}
