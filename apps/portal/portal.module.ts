import { Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../libs/kernel/clock.js';
import type { KeyStore } from '../../libs/kernel/keys.js';
import type { Config } from '../../libs/platform/config.js';
import type { Database } from '../../libs/platform/database/pool.js';
import { RowsMoved } from '../../libs/platform/projections/rows-moved.js';
import { SessionStore } from '../../libs/platform/reading/session-store.js';
import { portalClient } from '../../libs/platform/sign-in/portal-client.js';
import { SignInModule } from '../../libs/platform/sign-in/sign-in.module.js';
import { TokenVerifier } from '../../libs/platform/sign-in/token-verifier.js';
import type { Metrics } from '../../libs/platform/telemetry/metrics.js';
import { CLOCK, CONFIG, HUB_DATABASE, KEY_STORE, METRICS } from '../../libs/platform/tokens.js';
import { timeline } from '../../libs/timeline/timeline.projection.js';
import { ChildrenApiController } from './api/children-api.controller.js';
import { Changes } from './changes/changes.js';
import { ListChildrenHandler } from './children/list-children.handler.js';
import { Cursors } from './looks/cursors.js';
import { Looks } from './looks/looks.js';
import { ChildrenController } from './pages/children.controller.js';
import { ElsewhereController } from './pages/elsewhere.controller.js';
import { PageSession } from './pages/page-session.js';
import { installPages } from './pages/page-plugins.js';
import { Pages } from './pages/pages.js';
import { SignInController } from './pages/sign-in.controller.js';
import { Sessions } from './sign-in/sessions.js';
import { SignIn } from './sign-in/sign-in.js';
import { ReadTimelineHandler } from './timeline/read-timeline.handler.js';

/** Show: the pages staff live in, and the same answers as an API. */
@Module({
  imports: [CqrsModule, SignInModule],
  controllers: [ChildrenApiController, SignInController, ChildrenController, ElsewhereController],
  providers: [
    ListChildrenHandler,
    ReadTimelineHandler,
    {
      provide: Looks,
      inject: [HUB_DATABASE, CLOCK, METRICS],
      useFactory: (database: Database, clock: Clock, metrics: Metrics) => new Looks(database, clock, metrics),
    },
    { provide: Cursors, inject: [KEY_STORE], useFactory: (keys: KeyStore) => new Cursors(keys) },
    {
      provide: Changes,
      inject: [HUB_DATABASE, Looks, KEY_STORE],
      useFactory: (database: Database, looks: Looks, keys: KeyStore) =>
        new Changes(database, new RowsMoved(database, timeline.name), looks, keys),
    },
    { provide: Pages, inject: [CONFIG], useFactory: (config: Config) => new Pages(config) },
    {
      provide: SignIn,
      inject: [CONFIG, TokenVerifier, KEY_STORE],
      useFactory: (config: Config, verifier: TokenVerifier, keys: KeyStore) =>
        new SignIn(portalClient(config), verifier, keys),
    },
    {
      provide: PageSession,
      inject: [CONFIG, HUB_DATABASE, KEY_STORE, CLOCK],
      useFactory: (config: Config, database: Database, keys: KeyStore, clock: Clock) =>
        new PageSession(new Sessions(new SessionStore(database), keys, clock), config.url.startsWith('https:')),
    },
  ],
})
export class PortalModule {
  // In the constructor, because Nest registers the routes right after it has made the modules.
  constructor(
    host: HttpAdapterHost,
    private readonly changes: Changes,
  ) {
    installPages(host.httpAdapter.getInstance<FastifyInstance>());
  }

  beforeApplicationShutdown(): void {
    this.changes.stop();
  }
}
