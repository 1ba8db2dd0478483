import { Global, Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../kernel/clock.js';
import type { Config } from '../config.js';
import { CLOCK, CONFIG } from '../tokens.js';
import { discoveredKeys, ownKeys } from './issuer-keys.js';
import { createIssuer } from './issuer/issuer.js';
import { mountIssuer } from './issuer/mount.js';
import { publicHalf, signingKeys } from './issuer/signing-keys.js';
import { issuerOf, portalClient } from './portal-client.js';
import { TokenVerifier } from './token-verifier.js';

/** Verifies tokens, of the issuer that OIDC_ISSUER names or else of the bundled one, which it then serves at /oauth2. */
@Global()
@Module({
  providers: [
    {
      provide: TokenVerifier,
      inject: [CONFIG, CLOCK, HttpAdapterHost],
      useFactory: async (config: Config, clock: Clock, host: HttpAdapterHost): Promise<TokenVerifier> => {
        if (config.OIDC_ISSUER !== undefined) return new TokenVerifier(discoveredKeys(config.OIDC_ISSUER), clock);
        const keys = await signingKeys(config.HUB_DATA);
        const issuer = createIssuer(portalClient(config), keys, config.production);
        mountIssuer(host.httpAdapter.getInstance<FastifyInstance>(), issuer);
        return new TokenVerifier(ownKeys(issuerOf(config), publicHalf(keys)), clock);
      },
    },
  ],
  exports: [TokenVerifier],
})
export class SignInModule {}
