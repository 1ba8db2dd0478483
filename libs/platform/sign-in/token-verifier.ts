import { hash } from 'node:crypto';
import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../kernel/clock.js';
import { callerFrom, type Caller } from './caller.js';
import { IssuerUnavailable, type IssuerKeys } from './issuer-keys.js';
import { noRefusals, type Refusals } from './revocations.js';

/** Every access token must be made out to the hub. */
export const AUDIENCE = 'youth-justice-hub';

// Asymmetric only: with HS* whoever can verify can forge, and `none` needs no key at all.
const ALGORITHMS = [
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
  'EdDSA',
  'Ed25519',
];
const CLOCK_TOLERANCE_SECONDS = 5;
const CACHED_TOKENS = 10_000;
// A key that its issuer takes back stops working within this time.
const CACHED_MS = 5 * 60_000;

/** The token is missing, broken, forged, expired, not for the hub, or speaks for no agency. Says which, never the token. */
export class TokenRejected extends Error {
  readonly code = 'token-rejected';
  constructor(
    /** As in RFC 6750: no token at all, or one that does not do; `revoked`: a good one whose credential was taken back. */
    readonly reason: 'missing' | 'invalid' | 'revoked',
    message: string,
  ) {
    super(message);
    this.name = 'TokenRejected';
  }
}

interface Verified {
  readonly caller: Caller;
  /** Seconds since the epoch, as the token says. */
  readonly issuedAt: number | undefined;
  readonly until: number;
}

/** Verifies access tokens (RFC 9068) of the configured issuer: signature, issuer, audience, time, algorithm. */
export class TokenVerifier {
  // By digest: the cache never holds a token. Only good ones are in it.
  readonly #verified = new LRUCache<string, Verified>({ max: CACHED_TOKENS });

  constructor(
    private readonly issuer: IssuerKeys,
    private readonly clock: Clock,
    private readonly refusals: Refusals = noRefusals,
  ) {}

  /** `bearer` is the token itself. Rejects with `TokenRejected` or `IssuerUnavailable`. */
  async verify(bearer: string): Promise<Caller> {
    return this.recall(bearer) ?? this.#verifyAnew(bearer);
  }

  /** The answer without waiting when this very token was verified a moment ago: for the hot path. */
  recall(bearer: string): Caller | undefined {
    const known = this.#verified.get(hash('sha256', bearer, 'base64'));
    return known && this.clock.now() < known.until && !this.#refused(known) ? known.caller : undefined;
  }

  async #verifyAnew(bearer: string): Promise<Caller> {
    const now = this.clock.now();
    const claims = await this.#claims(bearer, now);
    const caller = callerFrom(claims);
    if (!caller) throw new TokenRejected('invalid', 'the token does not say for which agency it speaks');
    const issuedAt = typeof claims.iat === 'number' ? claims.iat : undefined;
    // After the signature: only who holds a good token hears that its credential was taken back.
    if (this.#refused({ caller, issuedAt })) {
      throw new TokenRejected('revoked', 'the credential of this token was revoked by the operators of the hub');
    }
    const until = Math.min(now + CACHED_MS, ((claims.exp ?? 0) + CLOCK_TOLERANCE_SECONDS) * 1_000);
    this.#verified.set(hash('sha256', bearer, 'base64'), { caller, issuedAt, until });
    return caller;
  }

  #refused({ caller, issuedAt }: Pick<Verified, 'caller' | 'issuedAt'>): boolean {
    const { system, subject } = caller;
    return system === undefined
      ? this.refusals.refuses('person', subject, issuedAt)
      : this.refusals.refuses('system', system, issuedAt);
  }

  async #claims(bearer: string, now: number): Promise<Record<string, unknown> & { exp?: number; iat?: number }> {
    const { issuer, key } = await this.issuer();
    try {
      const { payload } = await jwtVerify(bearer, key satisfies JWTVerifyGetKey, {
        issuer,
        audience: AUDIENCE,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: new Date(now),
        requiredClaims: ['sub', 'exp'],
      });
      return payload;
    } catch (error) {
      throw refusal(error);
    }
  }
}

/** The token of an `Authorization: Bearer` header. Throws `TokenRejected` when there is none. */
export function bearerOf(header: string | undefined): string {
  const token = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(header ?? '')?.[1];
  if (token === undefined) throw new TokenRejected('missing', 'an access token is required');
  return token;
}

function refusal(error: unknown): Error {
  if (error instanceof errors.JWTExpired) return new TokenRejected('invalid', 'the token has expired');
  if (error instanceof errors.JWTClaimValidationFailed) {
    return new TokenRejected('invalid', `the token is not valid here: its claim ${error.claim}`);
  }
  // The key set did not come, or the issuer sent something else in its place: not the token's fault.
  const issuersFault =
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    !(error instanceof errors.JOSEError) ||
    error.code === 'ERR_JOSE_GENERIC';
  return issuersFault
    ? new IssuerUnavailable({ cause: error })
    : new TokenRejected('invalid', 'the token is not valid');
}
