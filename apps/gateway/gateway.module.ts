import { Inject, Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { FastifyInstance } from 'fastify';
import type { KeyStore } from '../../libs/kernel/keys.js';
import type { Database } from '../../libs/platform/database/pool.js';
import { ReceiptBook } from '../../libs/platform/intake/postgres/receipt-book.js';
import { SignInModule } from '../../libs/platform/sign-in/sign-in.module.js';
import { TokenVerifier } from '../../libs/platform/sign-in/token-verifier.js';
import type { Logger } from '../../libs/platform/telemetry/logger.js';
import { HUB_DATABASE, KEY_STORE, LOGGER } from '../../libs/platform/tokens.js';
import { EventsController } from './cloud-events/events.controller.js';
import { openDoors } from './doors/doors.js';
import { ElsewhereController } from './doors/elsewhere.controller.js';
import { HealthModule } from './health/health.module.js';
import { KeepMessagesHandler } from './keep-messages.handler.js';
import { NativeController } from './native/native.controller.js';
import { ReceiptsController } from './receipts/receipts.controller.js';
import { RequestsModule } from './requests/requests.module.js';
import { SandboxController } from './sandbox/sandbox.controller.js';

/** Receive: authenticates a publisher, keeps its message whole and durable, and only then acknowledges it. */
@Module({
  imports: [CqrsModule, SignInModule, HealthModule, RequestsModule],
  controllers: [EventsController, NativeController, SandboxController, ReceiptsController, ElsewhereController],
  providers: [
    KeepMessagesHandler,
    {
      provide: ReceiptBook,
      inject: [HUB_DATABASE, KEY_STORE],
      useFactory: (database: Database, keys: KeyStore) => new ReceiptBook(database, keys),
    },
  ],
})
export class GatewayModule {
  // In the constructor, because Nest registers the routes right after it has made the modules.
  constructor(host: HttpAdapterHost, verifier: TokenVerifier, @Inject(LOGGER) logger: Logger) {
    openDoors(host.httpAdapter.getInstance<FastifyInstance>(), verifier, logger);
  }
}
