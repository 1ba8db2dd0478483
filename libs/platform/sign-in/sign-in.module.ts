import { Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../kernel/clock.js';
import type { Config } from '../config.js';
import type { Database } from '../database/pool.js';
import type { Logger } from '../telemetry/logger.js';
import { CLOCK, CONFIG, HUB_DATABASE, LOGGER } from '../tokens.js';
import { discoveredKeys, ownKeys } from './issuer-keys.js';
import { createIssuer } from './issuer/issuer.js';
import { mountIssuer } from './issuer/mount.js';
import { publicHalf, signingKeys } from './issuer/signing-keys.js';
import { issuerOf, portalClient } from './portal-client.js';
import { Revocations } from './revocations.js';
import { TokenVerifier } from './token-verifier.js';

/** Verifies tokens, of the issuer that OIDC_ISSUER names or else of the bundled one, which it then serves at /oauth2. */
@Global()
@Module({
  providers: [
    {
      provide: Revocations,
      inject: [HUB_DATABASE, LOGGER],
      useFactory: async (database: Database, logger: Logger) => Revocations.following(database, logger),
    },
    {
      provide: TokenVerifier,
      inject: [CONFIG, CLOCK, HttpAdapterHost, Revocations],
      useFactory: async (
        config: Config,
        clock: Clock,
        host: HttpAdapterHost,
        revocations: Revocations,
      ): Promise<TokenVerifier> => {
        if (config.OIDC_ISSUER !== undefined) {
          return new TokenVerifier(discoveredKeys(config.OIDC_ISSUER), clock, revocations);
        }
        const keys = await signingKeys(config.HUB_DATA);
        const issuer = createIssuer(portalClient(config), keys, config.production, revocations);
        mountIssuer(host.httpAdapter.getInstance<FastifyInstance>(), issuer);
        return new TokenVerifier(ownKeys(issuerOf(config), publicHalf(keys)), clock, revocations);
      },
    },
  ],
  exports: [TokenVerifier, Revocations],
})
export class SignInModule implements OnApplicationShutdown {
  constructor(private readonly revocations: Revocations) {}

  async onApplicationShutdown(): Promise<void> {
    await this.revocations.close();
  }
}
