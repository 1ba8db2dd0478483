import { Module } from '@nestjs/common';
import type { Config } from '../../../libs/platform/config.js';
import { CONFIG } from '../../../libs/platform/tokens.js';
import { PortalPartsModule } from '../portal-parts.module.js';
import { DocsController } from './docs.controller.js';
import { Docs } from './docs.js';

/** What partners read: guides, the catalogue of events, OpenAPI and AsyncAPI. */
@Module({
  imports: [PortalPartsModule],
  controllers: [DocsController],
  providers: [
    { provide: Docs, inject: [CONFIG], useFactory: ({ url, GRPC_PORT }: Config) => new Docs(url, GRPC_PORT) },
  ],
})
export class DocsModule {}
