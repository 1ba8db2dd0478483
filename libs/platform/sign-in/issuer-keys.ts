import { createLocalJWKSet, createRemoteJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

const TIMEOUT_MS = 5_000;

/** The issuer's keys cannot be had just now: nothing is known about the token. */
export class IssuerUnavailable extends Error {
  readonly code = 'issuer-unavailable';
  constructor(options: ErrorOptions) {
    super('the sign-in service does not answer', options);
    this.name = 'IssuerUnavailable';
  }
}

/** The issuer's name, as its tokens must carry it, and its signing keys. Rejects with `IssuerUnavailable`. */
export type IssuerKeys = () => Promise<{ readonly issuer: string; readonly key: JWTVerifyGetKey }>;

/** The bundled issuer: its keys are at hand, nothing is fetched. */
export function ownKeys(issuer: string, keySet: JSONWebKeySet): IssuerKeys {
  const answer = { issuer, key: createLocalJWKSet(keySet) };
  return async () => answer;
}

/**
 * Any OpenID Connect provider, by discovery on first use. Its keys are fetched again when a token names one that is not
 * known (at most every 30 s, so that forged names cannot be used to flood it).
 */
export function discoveredKeys(issuer: string): IssuerKeys {
  let discovered: ReturnType<IssuerKeys> | undefined;
  return async () => {
    discovered ??= discover(issuer);
    try {
      return await discovered;
    } catch (error) {
      discovered = undefined;
      throw error;
    }
  };
}

async function discover(configured: string): ReturnType<IssuerKeys> {
  const base = configured.replace(/\/+$/, '');
  try {
    const response = await fetch(`${base}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`discovery answered ${response.status}`);
    const { issuer, jwks_uri } = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
    if (typeof issuer !== 'string' || issuer.replace(/\/+$/, '') !== base || typeof jwks_uri !== 'string') {
      throw new Error('discovery describes another issuer, or none');
    }
    return { issuer, key: createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: TIMEOUT_MS }) };
  } catch (error) {
    throw new IssuerUnavailable({ cause: error });
  }
}
