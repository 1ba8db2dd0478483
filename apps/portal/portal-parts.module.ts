import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { Clock } from '../../libs/kernel/clock.js';
import type { KeyStore } from '../../libs/kernel/keys.js';
import { AuditChain } from '../../libs/platform/audit/chain.js';
import type { Config } from '../../libs/platform/config.js';
import type { Database } from '../../libs/platform/database/pool.js';
import { SessionStore } from '../../libs/platform/reading/session-store.js';
import { Revocations } from '../../libs/platform/sign-in/revocations.js';
import { SignInModule } from '../../libs/platform/sign-in/sign-in.module.js';
import type { Logger } from '../../libs/platform/telemetry/logger.js';
import type { Metrics } from '../../libs/platform/telemetry/metrics.js';
import { CLOCK, CONFIG, HUB_DATABASE, KEY_STORE, LOGGER, METRICS } from '../../libs/platform/tokens.js';
import { Inbox } from './inbox/inbox.js';
import { Cursors } from './looks/cursors.js';
import { Looks } from './looks/looks.js';
import { PageSession } from './pages/page-session.js';
import { Pages } from './pages/pages.js';
import { Sessions } from './sign-in/sessions.js';

/** What every room of the portal needs: who is signed in, pages, and looks written down. A room's module imports it. */
@Module({
  imports: [CqrsModule, SignInModule],
  providers: [
    {
      provide: AuditChain,
      inject: [HUB_DATABASE, KEY_STORE, LOGGER],
      useFactory: async (database: Database, keys: KeyStore, logger: Logger) =>
        AuditChain.open({ database, keys, logger }),
    },
    {
      provide: Looks,
      inject: [AuditChain, CLOCK, METRICS],
      useFactory: (chain: AuditChain, clock: Clock, metrics: Metrics) => new Looks(chain, clock, metrics),
    },
    { provide: Cursors, inject: [KEY_STORE], useFactory: (keys: KeyStore) => new Cursors(keys) },
    {
      provide: Inbox,
      inject: [HUB_DATABASE, KEY_STORE, CLOCK, Looks, CONFIG],
      useFactory: (database: Database, keys: KeyStore, clock: Clock, looks: Looks, config: Config) =>
        new Inbox({ database, keys, clock }, looks, config),
    },
    {
      provide: Pages,
      inject: [CONFIG, Inbox],
      useFactory: (config: Config, inbox: Inbox) => new Pages(config, async (viewer) => inbox.count(viewer)),
    },
    {
      provide: PageSession,
      inject: [CONFIG, HUB_DATABASE, KEY_STORE, CLOCK, Revocations],
      useFactory: (config: Config, database: Database, keys: KeyStore, clock: Clock, revocations: Revocations) => {
        const sessions = new Sessions(new SessionStore(database), keys, clock, revocations);
        return new PageSession(sessions, config.url.startsWith('https:'));
      },
    },
  ],
  exports: [CqrsModule, SignInModule, Looks, Cursors, Inbox, Pages, PageSession],
})
export class PortalPartsModule {
  constructor(private readonly chain: AuditChain) {}

  // After the last request is answered, before the databases are closed.
  async onApplicationShutdown(): Promise<void> {
    await this.chain.close();
  }
}
