import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';

/** Health and metrics: every instance has them, whichever roles it plays. */
@Module({ controllers: [HealthController] })
export class HealthModule {}
