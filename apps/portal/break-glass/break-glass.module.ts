import { Module } from '@nestjs/common';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Config } from '../../../libs/platform/config.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { CLOCK, CONFIG, HUB_DATABASE, KEY_STORE } from '../../../libs/platform/tokens.js';
import { Looks } from '../looks/looks.js';
import { PortalPartsModule } from '../portal-parts.module.js';
import { BreakGlassController } from './break-glass.controller.js';
import { BreakGlasses } from './break-glasses.js';
import { ReviewQueue } from './review-queue.js';
import { ReviewController } from './review.controller.js';

@Module({
  imports: [PortalPartsModule],
  controllers: [BreakGlassController, ReviewController],
  providers: [
    {
      provide: BreakGlasses,
      inject: [HUB_DATABASE, KEY_STORE, CLOCK, Looks, CONFIG],
      useFactory: (database: Database, keys: KeyStore, clock: Clock, looks: Looks, config: Config) =>
        new BreakGlasses({ database, keys, clock }, looks, config.HUB_BREAK_GLASS_MINUTES),
    },
    {
      provide: ReviewQueue,
      inject: [HUB_DATABASE, KEY_STORE, CLOCK, Looks, CONFIG],
      useFactory: (database: Database, keys: KeyStore, clock: Clock, looks: Looks, config: Config) =>
        new ReviewQueue({ database, keys, clock }, looks, config.HUB_BREAK_GLASS_REVIEW_DAYS),
    },
  ],
  exports: [BreakGlasses, ReviewQueue],
})
export class BreakGlassModule {}
