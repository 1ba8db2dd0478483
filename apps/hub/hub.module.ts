import { Module, type DynamicModule } from '@nestjs/common';
import { PlatformModule, type Parts } from '../../libs/platform/platform.module.js';
import { GatewayModule } from '../gateway/gateway.module.js';
import { GrpcModule } from '../gateway/grpc/grpc.module.js';
import { HealthModule } from '../gateway/health/health.module.js';
import { PortalModule } from '../portal/portal.module.js';
import { WorkerModule } from '../worker/worker.module.js';

/** The parts of the hub that this instance plays (HUB_ROLES), in one process. */
@Module({})
export class HubModule {
  static with(parts: Parts): DynamicModule {
    const { config } = parts;
    return {
      module: HubModule,
      imports: [
        PlatformModule.with(parts),
        HealthModule,
        ...(config.plays('gateway') ? [GatewayModule, GrpcModule] : []),
        ...(config.plays('worker') ? [WorkerModule] : []),
        ...(config.plays('portal') ? [PortalModule] : []),
      ],
    };
  }
}
