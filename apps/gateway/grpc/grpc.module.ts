import { Inject, Module, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { Config } from '../../../libs/platform/config.js';
import { SignInModule } from '../../../libs/platform/sign-in/sign-in.module.js';
import { TokenVerifier } from '../../../libs/platform/sign-in/token-verifier.js';
import type { Logger } from '../../../libs/platform/telemetry/logger.js';
import { CLOCK, CONFIG, LOGGER } from '../../../libs/platform/tokens.js';
import type { Incoming, Kept } from '../../../libs/kernel/intake.js';
import { KeepMessages } from '../keep-messages.handler.js';
import { GrpcDoor } from './grpc-door.js';

/** The gRPC door, beside the HTTP doors of `GatewayModule`, which has the handler of `KeepMessages`. */
@Module({ imports: [CqrsModule, SignInModule] })
export class GrpcModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #door: GrpcDoor | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly verifier: TokenVerifier,
    private readonly commands: CommandBus,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { HOST, GRPC_PORT } = this.config;
    if (GRPC_PORT === 0) return;
    const { verifier, logger, clock, commands } = this;
    const keep = async (messages: readonly Incoming[]): Promise<Kept[]> => commands.execute(new KeepMessages(messages));
    this.#door = new GrpcDoor({ verifier, logger, clock, keep });
    await this.#door.listen(HOST, GRPC_PORT);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#door?.stop();
  }
}
