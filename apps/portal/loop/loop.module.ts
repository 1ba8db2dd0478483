import { Module } from '@nestjs/common';
import { DutiesModule } from '../duties/duties.module.js';
import { PortalPartsModule } from '../portal-parts.module.js';
import { LoopController } from './loop.controller.js';
import { ReadLoopHandler } from './read-loop.handler.js';

/** What has become of a child who went missing or is exploited, and what people record of it. */
@Module({
  imports: [PortalPartsModule, DutiesModule],
  controllers: [LoopController],
  providers: [ReadLoopHandler],
})
export class LoopModule {}
