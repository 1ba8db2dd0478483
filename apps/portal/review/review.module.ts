import { Module } from '@nestjs/common';
import { PortalPartsModule } from '../portal-parts.module.js';
import { ReadShownHandler } from './read-shown.handler.js';
import { ReviewApiController } from './review-api.controller.js';
import { ReviewController } from './review.controller.js';

/** Learning reviews. */
@Module({
  imports: [PortalPartsModule],
  controllers: [ReviewApiController, ReviewController],
  providers: [ReadShownHandler],
})
export class ReviewModule {}
