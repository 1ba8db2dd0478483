import * as oidc from 'openid-client';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import { open, seal, SealBroken } from '../../../libs/platform/keys/seal.js';
import { unavailable } from '../../../libs/platform/problems/problem.js';
import type { PortalClient } from '../../../libs/platform/sign-in/portal-client.js';
import type { TokenVerifier } from '../../../libs/platform/sign-in/token-verifier.js';
import { viewerOf } from '../looks/viewer-of.js';
import type { SignedIn } from './sessions.js';

const AT_ONCE = 'sign-in';

/** What must come back with the answer of the issuer. Kept by the browser, sealed: nobody who is not signed in fills our tables. */
interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
}

/** The answer was not to this attempt, or the issuer refused. Nothing to do but begin again. */
export class SignInFailed extends Error {
  readonly code = 'sign-in-failed';
}

/** Authorization code with PKCE, at whichever issuer is configured. */
export class SignIn {
  readonly #key: { readonly id: string; readonly bytes: Uint8Array };
  #configuration: Promise<oidc.Configuration> | undefined;

  constructor(
    private readonly client: PortalClient,
    private readonly verifier: TokenVerifier,
    keys: KeyStore,
  ) {
    this.#key = { id: 'sign-in', bytes: keys.hash('sign-in-key') };
  }

  /** Where to send the browser, and the cookie it must bring back. */
  async begin(returnTo: string): Promise<{ location: string; cookie: string }> {
    const configuration = await this.#discovered();
    const attempt: Attempt = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
      returnTo: isOwnPath(returnTo) ? returnTo : '/',
    };
    const location = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.client.redirectUri,
      scope: this.client.scope,
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
    });
    const sealed = seal(this.#key, Buffer.from(JSON.stringify(attempt)), AT_ONCE);
    return { location: location.href, cookie: sealed.toString('base64url') };
  }

  /** `query` is what came after the `?`. Rejects with `SignInFailed`, `TokenRejected` or a `Problem` 503. */
  async finish(query: string, cookie: string | undefined): Promise<SignedIn & { returnTo: string }> {
    const attempt = this.#attempt(cookie);
    const configuration = await this.#discovered();
    const tokens = await this.#exchange(configuration, new URL(`${this.client.redirectUri}?${query}`), attempt);
    // The access token says who this is to the hub; it is verified like anybody's.
    const caller = await this.verifier.verify(tokens.access_token);
    if (caller.system !== undefined || caller.subject !== tokens.claims()?.sub || tokens.id_token === undefined) {
      throw new SignInFailed('the tokens do not speak for one person');
    }
    const { returnTo } = attempt;
    return { viewer: viewerOf(caller), name: caller.name ?? caller.subject, idToken: tokens.id_token, returnTo };
  }

  /** Where signing out goes on, so that the issuer forgets too. */
  async end(idToken: string): Promise<string> {
    const configuration = await this.#discovered();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return '/signed-out';
    return oidc.buildEndSessionUrl(configuration, {
      id_token_hint: idToken,
      post_logout_redirect_uri: this.client.postLogoutRedirectUri,
    }).href;
  }

  async #exchange(configuration: oidc.Configuration, answer: URL, { state, nonce, verifier }: Attempt) {
    try {
      return await oidc.authorizationCodeGrant(configuration, answer, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
    } catch (error) {
      throw new SignInFailed('the issuer’s answer does not fit this sign-in', { cause: error });
    }
  }

  #attempt(cookie: string | undefined): Attempt {
    try {
      return JSON.parse(open(this.#key, Buffer.from(cookie ?? '', 'base64url'), AT_ONCE).toString()) as Attempt;
    } catch (error) {
      if (error instanceof SealBroken) throw new SignInFailed('there is no sign-in under way', { cause: error });
      throw error;
    }
  }

  async #discovered(): Promise<oidc.Configuration> {
    this.#configuration ??= this.#discover();
    try {
      return await this.#configuration;
    } catch (error) {
      this.#configuration = undefined;
      throw Object.assign(unavailable('The sign-in service does not answer. Try again in a moment.', 5), {
        cause: error,
      });
    }
  }

  async #discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.client;
    const url = new URL(issuer);
    // Plain HTTP for the bundled issuer only, which refuses production.
    const insecure = url.protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
    return await oidc.discovery(url, clientId, clientSecret, undefined, { execute: insecure });
  }
}

/** A path of our own to come back to: never another site's address. */
export function isOwnPath(path: string): boolean {
  return /^\/(?![/\\])[\w\-./?=&%:+~]*$/.test(path);
}
