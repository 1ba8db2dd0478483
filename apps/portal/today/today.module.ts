import { Module } from '@nestjs/common';
import { PortalPartsModule } from '../portal-parts.module.js';
import { ActOnItemHandler, ReadTodayHandler } from './today.handler.js';
import { TodayController } from './today.controller.js';

/** Today: the duty sheet. */
@Module({
  imports: [PortalPartsModule],
  controllers: [TodayController],
  providers: [ReadTodayHandler, ActOnItemHandler],
})
export class TodayModule {}
