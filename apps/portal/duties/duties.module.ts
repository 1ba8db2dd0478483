import { Module } from '@nestjs/common';
import { loadRulebook } from '../../../libs/duties/rulebook/load-rulebook.js';
import type { Config } from '../../../libs/platform/config.js';
import { CONFIG } from '../../../libs/platform/tokens.js';
import { PortalPartsModule } from '../portal-parts.module.js';
import { DutiesController } from './duties.controller.js';
import { ReadDutiesHandler } from './read-duties.handler.js';
import { RULES } from './rules.token.js';

/** Duties, and the rulebook that rooms about them need. */
@Module({
  imports: [PortalPartsModule],
  controllers: [DutiesController],
  providers: [
    ReadDutiesHandler,
    { provide: RULES, inject: [CONFIG], useFactory: (config: Config) => loadRulebook(config.HUB_AREA).rules },
  ],
  exports: [RULES],
})
export class DutiesModule {}
