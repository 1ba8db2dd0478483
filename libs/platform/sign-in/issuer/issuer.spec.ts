import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { freePort } from '../../../testing/http/free-port.js';
import { readConfig } from '../../config.js';
import { systemClock } from '../../../kernel/clock.js';
import { ownKeys } from '../issuer-keys.js';
import { demoPeople, demoSystems } from './demo.js';
import { createIssuer } from './issuer.js';
import { mountIssuer } from './mount.js';
import { publicHalf, signingKeys } from './signing-keys.js';
import { portalClient } from '../portal-client.js';
import { TokenVerifier } from '../token-verifier.js';

describe('the bundled issuer', () => {
  let folder: string;
  let server: FastifyInstance;
  let url: string;
  let verifier: TokenVerifier;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-sign-in-'));
    const config = readConfig({ PORT: String(await freePort()), HUB_DATA: folder });
    url = config.url;
    const keys = await signingKeys(folder);
    server = fastify();
    mountIssuer(server, createIssuer(portalClient(config), keys, false));
    await server.listen({ port: config.PORT, host: '127.0.0.1' });
    verifier = new TokenVerifier(ownKeys(`${url}/oauth2`, publicHalf(keys)), systemClock);
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  const token = async (form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${url}/oauth2/token`, { method: 'POST', headers, body: new URLSearchParams(form) });
  const basic = (name: string, secret: string): { authorization: string } => ({
    authorization: `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`,
  });
  const credentials = { grant_type: 'client_credentials' };

  it.each(demoSystems)('gives $name a token that speaks for it', async ({ name, agency, secret }) => {
    const answers = [
      await token({ ...credentials, scope: 'publish' }, basic(name, secret)),
      await token({ ...credentials, scope: 'publish', client_id: name, client_secret: secret }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      const { access_token, token_type, scope } = (await answer.json()) as Record<string, string>;
      expect({ token_type, scope }).toEqual({ token_type: 'Bearer', scope: 'publish' });
      expect(await verifier.verify(access_token!)).toEqual({
        subject: name,
        system: name,
        agency,
        roles: [],
        scopes: new Set(['publish']),
      });
    }
  });

  it('gives only the scope that was asked for, and no other', async () => {
    const read = await token({ ...credentials, scope: 'read' }, basic('police', 'police-secret'));
    expect(await read.json()).toMatchObject({ scope: 'read' });
    const other = await token({ ...credentials, scope: 'everything' }, basic('police', 'police-secret'));
    const { access_token } = (await other.json()) as Record<string, string>;
    expect((await verifier.verify(access_token!)).scopes).toEqual(new Set());
  });

  it.each([
    ['a wrong secret', credentials, basic('police', 'court-secret'), 401],
    ['an unknown system', credentials, basic('nobody', 'secret'), 401],
    ['no secret', { ...credentials, client_id: 'police' }, {}, 401],
    ['a grant that is not offered', { grant_type: 'password' }, basic('police', 'police-secret'), 400],
  ])('refuses %s', async (_, form, headers: Record<string, string>, status) => {
    expect((await token(form, headers)).status).toBe(status);
  });

  it('describes itself where every client looks', async () => {
    const answer = await fetch(`${url}/oauth2/.well-known/openid-configuration`);
    expect(await answer.json()).toMatchObject({
      issuer: `${url}/oauth2`,
      token_endpoint: `${url}/oauth2/token`,
      authorization_endpoint: `${url}/oauth2/auth`,
      jwks_uri: `${url}/oauth2/jwks`,
    });
  });

  it.each(demoPeople)('signs $username in', async ({ username, name, agency, roles, area }) => {
    const { access_token, id_token } = await signInAs(username);
    const caller = await verifier.verify(access_token!);
    expect(caller).toEqual({ subject: username, name, agency, roles, area, scopes: new Set(['read']) });
    const claims = JSON.parse(Buffer.from(id_token!.split('.')[1]!, 'base64url').toString()) as unknown;
    expect(claims).toMatchObject({ sub: username, name, hub_agency: agency, hub_roles: roles, aud: 'portal' });
    await expect(verifier.verify(id_token!)).rejects.toMatchObject({ reason: 'invalid' });
  });

  it('shows a page with every demo sign-in and sets nobody up who is not in it', async () => {
    const { browser, location } = await begun();
    const page = await browser(location);
    const html = await page.text();
    expect(page.headers.get('content-type')).toContain('text/html');
    for (const { username } of demoPeople) expect(html).toContain(`value="${username}"`);
    const refused = await browser(location, { method: 'POST', body: new URLSearchParams({ username: 'root' }) });
    expect(refused.status).toBe(400);
    expect((await fetch(`${url}/oauth2/sign-in/unknown`)).status).toBe(400);
  });

  it('insists on PKCE', async () => {
    const { location } = await begun({ code_challenge: '' });
    expect(new URL(location, url).searchParams.get('error')).toBe('invalid_request');
  });

  it('keeps its keys, readable by their owner alone, from one start to the next', async () => {
    const [one, other] = await Promise.all([signingKeys(folder), signingKeys(folder)]);
    expect(one).toEqual(other);
    expect((await stat(join(folder, 'sign-in.json'))).mode & 0o777).toBe(0o600);
    expect(publicHalf(one).keys.every((key) => !('d' in key))).toBe(true);
  });

  it('refuses to run in production', async () => {
    const portal = portalClient(readConfig({ HUB_DATA: folder }));
    const keys = await signingKeys(folder);
    expect(() => createIssuer(portal, keys, true)).toThrow('development');
  });

  async function begun(more: Record<string, string> = {}) {
    const jar = new Map<string, string>();
    const browser = async (location: string, init: RequestInit = {}): Promise<Response> => {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(new URL(location, url), { ...init, headers: { cookie }, redirect: 'manual' });
      for (const line of answer.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
        jar.set(name!, value!);
      }
      return answer;
    };
    const verifierCode = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      client_id: 'portal',
      response_type: 'code',
      redirect_uri: `${url}/sign-in/callback`,
      scope: 'openid profile read',
      code_challenge: createHash('sha256').update(verifierCode).digest('base64url'),
      code_challenge_method: 'S256',
      state: 'state',
      ...more,
    });
    for (const [name, value] of [...query]) if (value === '') query.delete(name);
    const location = (await browser(`/oauth2/auth?${query}`)).headers.get('location')!;
    return { browser, location, verifierCode };
  }

  async function signInAs(username: string): Promise<Record<string, string>> {
    const { browser, location, verifierCode } = await begun();
    const posted = await browser(location, { method: 'POST', body: new URLSearchParams({ username }) });
    const resumed = await browser(posted.headers.get('location')!);
    const back = new URL(resumed.headers.get('location')!);
    const answer = await token(
      {
        grant_type: 'authorization_code',
        code: back.searchParams.get('code')!,
        redirect_uri: `${url}/sign-in/callback`,
        code_verifier: verifierCode,
      },
      basic('portal', 'portal-secret'),
    );
    return (await answer.json()) as Record<string, string>;
  }
});
