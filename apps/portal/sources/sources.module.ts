import { Module } from '@nestjs/common';
import type { Config } from '../../../libs/platform/config.js';
import { CONFIG } from '../../../libs/platform/tokens.js';
import { loadSources } from '../../../libs/sources/load-sources.js';
import { PortalPartsModule } from '../portal-parts.module.js';
import { SOURCE_BOOK } from './source-book.token.js';
import { SourcesController } from './sources.controller.js';

/** The sources: who was heard, and who has fallen silent. */
@Module({
  imports: [PortalPartsModule],
  controllers: [SourcesController],
  providers: [
    { provide: SOURCE_BOOK, inject: [CONFIG], useFactory: ({ HUB_SOURCES }: Config) => loadSources(HUB_SOURCES) },
  ],
})
export class SourcesModule {}
