import { Module } from '@nestjs/common';
import { DutiesModule } from '../duties/duties.module.js';
import { PortalPartsModule } from '../portal-parts.module.js';
import { LoopController } from './loop.controller.js';
import { ReadLoopHandler } from './read-loop.handler.js';
import { ReadRecordedHandler } from './read-recorded.handler.js';
import { RecordController } from './record.controller.js';
import { RecordInterviewHandler, RecordPreventionHandler, RecordUseHandler } from './record.handler.js';
import { RecordedApiController } from './recorded-api.controller.js';

/** What has become of a child who went missing or is exploited, and what people record of it. */
@Module({
  imports: [PortalPartsModule, DutiesModule],
  controllers: [LoopController, RecordController, RecordedApiController],
  providers: [ReadLoopHandler, ReadRecordedHandler, RecordInterviewHandler, RecordPreventionHandler, RecordUseHandler],
})
export class LoopModule {}
