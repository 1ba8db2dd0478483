import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { Clock } from '../../libs/kernel/clock.js';
import type { KeyStore } from '../../libs/kernel/keys.js';
import type { Database } from '../../libs/platform/database/pool.js';
import { RowsMoved } from '../../libs/platform/projections/rows-moved.js';
import { SignInModule } from '../../libs/platform/sign-in/sign-in.module.js';
import type { Metrics } from '../../libs/platform/telemetry/metrics.js';
import { CLOCK, HUB_DATABASE, KEY_STORE, METRICS } from '../../libs/platform/tokens.js';
import { timeline } from '../../libs/timeline/timeline.projection.js';
import { ChildrenApiController } from './api/children-api.controller.js';
import { Changes } from './changes/changes.js';
import { ListChildrenHandler } from './children/list-children.handler.js';
import { Cursors } from './looks/cursors.js';
import { Looks } from './looks/looks.js';
import { ReadTimelineHandler } from './timeline/read-timeline.handler.js';

/** Show: the pages staff live in, and the same answers as an API. */
@Module({
  imports: [CqrsModule, SignInModule],
  controllers: [ChildrenApiController],
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
      inject: [HUB_DATABASE, Looks],
      useFactory: (database: Database, looks: Looks) =>
        new Changes(database, new RowsMoved(database, timeline.name), looks),
    },
  ],
})
export class PortalModule {
  constructor(private readonly changes: Changes) {}

  beforeApplicationShutdown(): void {
    this.changes.stop();
  }
}
