import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWTPayload } from 'jose';
import { discoveredKeys, IssuerUnavailable } from './issuer-keys.js';
import { bearerOf, TokenRejected, TokenVerifier } from './token-verifier.js';

let now = Date.now();
const clock = { now: () => now };

describe('verifying the tokens of another issuer', () => {
  interface Published {
    kid: string;
    privateKey: CryptoKey;
  }
  const published: { kid: string }[] = [];
  let current: Published;
  let fetches = 0;
  let available = true;
  const server = createServer((request, response) => {
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    if (!available) response.writeHead(503).end();
    else if (request.url === '/jwks') {
      fetches += 1;
      response.end(JSON.stringify({ keys: published }));
    } else response.end(JSON.stringify({ issuer: base, jwks_uri: `${base}/jwks` }));
  });
  let issuer: string;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await rotate('first');
  });
  afterAll(() => void server.close());

  async function rotate(kid: string): Promise<void> {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    published.push({ ...(await exportJWK(publicKey)), kid });
    current = { kid, privateKey };
  }
  const seconds = (): number => Math.floor(now / 1_000);
  const good = (): JWTPayload => ({
    iss: issuer,
    aud: 'youth-justice-hub',
    sub: 'a',
    exp: seconds() + 60,
    hub_agency: 'court',
    hub_system: 'court',
    scope: 'publish read',
  });
  const signed = async (claims: Record<string, unknown>, header = {}): Promise<string> =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: current.kid, ...header }).sign(current.privateKey);

  it('accepts a good one, and answers it again from memory until it expires', async () => {
    const verifier = new TokenVerifier(discoveredKeys(issuer), clock);
    const token = await signed(good());
    expect(verifier.recall(token)).toBeUndefined();
    expect(await verifier.verify(token)).toMatchObject({ subject: 'a', system: 'court', agency: 'court' });
    expect(verifier.recall(token)).toMatchObject({ subject: 'a' });
    now += 66_000;
    expect(verifier.recall(token)).toBeUndefined();
    await expect(verifier.verify(token)).rejects.toThrow('expired');
  });

  it('allows clocks to differ by a few seconds', async () => {
    const verifier = new TokenVerifier(discoveredKeys(issuer), clock);
    await verifier.verify(await signed({ ...good(), exp: seconds() - 3 }));
    await expect(verifier.verify(await signed({ ...good(), exp: seconds() - 30 }))).rejects.toThrow('expired');
    await expect(verifier.verify(await signed({ ...good(), nbf: seconds() + 30 }))).rejects.toThrow(TokenRejected);
  });

  it.each<[string, () => Promise<string>]>([
    ['for another audience', async () => signed({ ...good(), aud: 'other' })],
    ['without an audience', async () => signed({ ...good(), aud: undefined })],
    ['of another issuer', async () => signed({ ...good(), iss: 'https://elsewhere.example' })],
    ['without an end', async () => signed({ ...good(), exp: undefined })],
    ['without an agency', async () => signed({ ...good(), hub_agency: undefined })],
    ['of the hub’s own system', async () => signed({ ...good(), hub_system: 'hub' })],
    ['of an unknown agency', async () => signed({ ...good(), hub_agency: 'press' })],
    ['that is not signed (alg none)', async () => new UnsecuredJWT(good()).encode()],
    [
      'signed with the public key as a secret (HS256)',
      async () =>
        new SignJWT(good())
          .setProtectedHeader({ alg: 'HS256', kid: current.kid })
          .sign(Buffer.from(JSON.stringify(published[0]))),
    ],
    [
      'signed with a key the issuer does not publish',
      async () => {
        const { privateKey } = await generateKeyPair('RS256');
        return new SignJWT(good()).setProtectedHeader({ alg: 'RS256', kid: current.kid }).sign(privateKey);
      },
    ],
    ['of an unknown key', async () => signed(good(), { kid: 'unheard-of' })],
    ['that was changed', async () => (await signed(good())).replace(/\.[^.]{10}/, '.AAAAAAAAAA')],
    ['that is no token', async () => 'nonsense'],
  ])('rejects one %s', async (_, make) => {
    const token = await make();
    const failed = new TokenVerifier(discoveredKeys(issuer), clock).verify(token);
    await expect(failed).rejects.toMatchObject({ code: 'token-rejected', reason: 'invalid' });
    await expect(failed).rejects.not.toThrow(token);
  });

  it('fetches the keys again when a token names a new one', async () => {
    const verifier = new TokenVerifier(discoveredKeys(issuer), clock);
    await verifier.verify(await signed(good()));
    const before = fetches;
    await rotate('second');
    // Not at once: forged names must not flood the issuer.
    await expect(verifier.verify(await signed(good()))).rejects.toBeInstanceOf(TokenRejected);
    expect(fetches).toBe(before);
    expect(await new TokenVerifier(discoveredKeys(issuer), clock).verify(await signed(good()))).toMatchObject({
      subject: 'a',
    });
  });

  it('says so when the issuer does not answer, and recovers when it does', async () => {
    const verifier = new TokenVerifier(discoveredKeys(`${issuer}/`), clock);
    const token = await signed(good());
    available = false;
    await expect(verifier.verify(token)).rejects.toBeInstanceOf(IssuerUnavailable);
    available = true;
    expect(await verifier.verify(token)).toMatchObject({ subject: 'a' });
  });

  it.each([[undefined], [''], ['Basic cG9saWNlOnNlY3JldA=='], ['Bearer'], ['Bearer a b'], ['Bearer a\tb']])(
    'finds no token in the header %p',
    (header) => {
      expect(() => bearerOf(header)).toThrow(TokenRejected);
    },
  );
});
