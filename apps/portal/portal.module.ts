import { Module, type Type } from '@nestjs/common';
import { APP_FILTER, HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { KeyStore } from '../../libs/kernel/keys.js';
import type { Config } from '../../libs/platform/config.js';
import type { Database } from '../../libs/platform/database/pool.js';
import { RowsMoved } from '../../libs/platform/projections/rows-moved.js';
import { portalClient } from '../../libs/platform/sign-in/portal-client.js';
import { Revocations } from '../../libs/platform/sign-in/revocations.js';
import { TokenVerifier } from '../../libs/platform/sign-in/token-verifier.js';
import { CONFIG, HUB_DATABASE, KEY_STORE } from '../../libs/platform/tokens.js';
import { timeline } from '../../libs/timeline/timeline.projection.js';
import { AnnotationsModule } from './annotations/annotations.module.js';
import { ChildrenApiController } from './api/children-api.controller.js';
import { AuditModule } from './audit/audit.module.js';
import { BoardsModule } from './boards/boards.module.js';
import { BreakGlassModule } from './break-glass/break-glass.module.js';
import { Changes } from './changes/changes.js';
import { ChronologyModule } from './chronology/chronology.module.js';
import { DutiesModule } from './duties/duties.module.js';
import { DocsModule } from './docs/docs.module.js';
import { InboxModule } from './inbox/inbox.module.js';
import { ListChildrenHandler } from './children/list-children.handler.js';
import { LoopModule } from './loop/loop.module.js';
import { Looks } from './looks/looks.js';
import { MeetingsModule } from './meetings/meetings.module.js';
import { ChildrenController } from './pages/children.controller.js';
import { ElsewhereController } from './pages/elsewhere.controller.js';
import { PageErrors } from './pages/page-errors.filter.js';
import { installPages } from './pages/page-plugins.js';
import { SignInController } from './pages/sign-in.controller.js';
import { PartnerModule } from './partner/partner.module.js';
import { PortalPartsModule } from './portal-parts.module.js';
import { QuarantineModule } from './quarantine/quarantine.module.js';
import { ReviewModule } from './review/review.module.js';
import { RotaModule } from './rota/rota.module.js';
import { SourcesModule } from './sources/sources.module.js';
import { TodayModule } from './today/today.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';
import { SignIn } from './sign-in/sign-in.js';
import { SignInLimit } from './sign-in/sign-in-limit.js';
import { ReadTimelineHandler } from './timeline/read-timeline.handler.js';

/** The rooms beside the timeline, one module each. Before `ElsewhereController`, which answers for every other address. */
const rooms: Type[] = [
  ReviewModule,
  AnnotationsModule,
  ChronologyModule,
  AuditModule,
  BreakGlassModule,
  TodayModule,
  DutiesModule,
  BoardsModule,
  LoopModule,
  InboxModule,
  WebhooksModule,
  SourcesModule,
  MeetingsModule,
  RotaModule,
  DocsModule,
  QuarantineModule,
  PartnerModule,
];

/** Show: the pages staff live in, and the same answers as an API. */
@Module({
  imports: [PortalPartsModule, ...rooms],
  controllers: [ChildrenApiController, SignInController, ChildrenController, ElsewhereController],
  providers: [
    { provide: APP_FILTER, useClass: PageErrors },
    ListChildrenHandler,
    ReadTimelineHandler,
    {
      provide: Changes,
      inject: [HUB_DATABASE, Looks, KEY_STORE, Revocations],
      useFactory: (database: Database, looks: Looks, keys: KeyStore, revocations: Revocations) =>
        new Changes(database, new RowsMoved(database, timeline.name), looks, keys, revocations),
    },
    {
      provide: SignInLimit,
      inject: [CONFIG],
      useFactory: (config: Config) => new SignInLimit(config.HUB_SIGN_INS_A_MINUTE),
    },
    {
      provide: SignIn,
      inject: [CONFIG, TokenVerifier, KEY_STORE],
      useFactory: (config: Config, verifier: TokenVerifier, keys: KeyStore) =>
        new SignIn(portalClient(config), verifier, keys),
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
