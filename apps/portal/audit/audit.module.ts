import { Module } from '@nestjs/common';
import { PortalPartsModule } from '../portal-parts.module.js';
import { AuditApiController } from './audit-api.controller.js';
import { AuditController } from './audit.controller.js';
import { ReadAuditHandler } from './read-audit.handler.js';

@Module({
  imports: [PortalPartsModule],
  controllers: [AuditController, AuditApiController],
  providers: [ReadAuditHandler],
})
export class AuditModule {}
