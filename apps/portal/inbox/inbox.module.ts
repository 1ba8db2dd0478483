import { Module } from '@nestjs/common';
import { Revocations } from '../../../libs/platform/sign-in/revocations.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { RowsMoved } from '../../../libs/platform/projections/rows-moved.js';
import { HUB_DATABASE } from '../../../libs/platform/tokens.js';
import { Looks } from '../looks/looks.js';
import { PortalPartsModule } from '../portal-parts.module.js';
import { Inbox } from './inbox.js';
import { InboxChanges } from './inbox-changes.js';
import { InboxController } from './inbox.controller.js';
import { NotificationsApiController } from './notifications-api.controller.js';

/** What staff and partners are told. */
@Module({
  imports: [PortalPartsModule],
  controllers: [InboxController, NotificationsApiController],
  providers: [
    {
      provide: InboxChanges,
      inject: [Inbox, HUB_DATABASE, Looks, Revocations],
      useFactory: (inbox: Inbox, database: Database, looks: Looks, revocations: Revocations) =>
        new InboxChanges(inbox, new RowsMoved(database, 'notices'), looks, revocations),
    },
  ],
})
export class InboxModule {
  constructor(private readonly changes: InboxChanges) {}

  beforeApplicationShutdown(): void {
    this.changes.stop();
  }
}
