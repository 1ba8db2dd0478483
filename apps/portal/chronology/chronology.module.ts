import { Module } from '@nestjs/common';
import { PortalPartsModule } from '../portal-parts.module.js';
import { ChronologyApiController } from './chronology-api.controller.js';
import { ChronologyController } from './chronology.controller.js';
import { ReadChronologyHandler } from './read-chronology.handler.js';

/** Significant events, chosen by those who work with a child. */
@Module({
  imports: [PortalPartsModule],
  controllers: [ChronologyApiController, ChronologyController],
  providers: [ReadChronologyHandler],
})
export class ChronologyModule {}
