import { Module } from '@nestjs/common';
import { PortalPartsModule } from '../portal-parts.module.js';
import { AnnotationsController } from './annotations.controller.js';
import { AskWhyHandler } from './ask-why.handler.js';
import { ReadEntryHandler } from './read-entry.handler.js';
import { SayOfEntryHandler } from './say-of-entry.handler.js';

/** What readers say of entries: marks, "this is wrong", and why something is withheld. */
@Module({
  imports: [PortalPartsModule],
  controllers: [AnnotationsController],
  providers: [ReadEntryHandler, SayOfEntryHandler, AskWhyHandler],
})
export class AnnotationsModule {}
