import type { Config } from '../config.js';
import { AUDIENCE } from './token-verifier.js';

/** What the portal needs to sign people in by authorization code and PKCE. */
export interface PortalClient {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the issuer sends people back to; registered with it exactly so. */
  readonly redirectUri: string;
  readonly postLogoutRedirectUri: string;
  readonly scope: string;
}

/** The bundled issuer's name, unless OIDC_ISSUER names another. */
export function issuerOf(config: Config): string {
  return config.OIDC_ISSUER ?? `${config.url}/oauth2`;
}

export function portalClient(config: Config): PortalClient {
  return {
    issuer: issuerOf(config),
    clientId: config.OIDC_CLIENT_ID ?? 'portal',
    clientSecret: config.OIDC_CLIENT_SECRET ?? 'portal-secret',
    redirectUri: `${config.url}/sign-in/callback`,
    postLogoutRedirectUri: `${config.url}/signed-out`,
    scope: 'openid profile read',
  };
}

export { AUDIENCE };
