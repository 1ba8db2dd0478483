import { importJWK, SignJWT } from 'jose';
import { readConfig } from '../../libs/platform/config.js';
import { AUDIENCE, issuerOf } from '../../libs/platform/sign-in/portal-client.js';
import { signingKeys } from '../../libs/platform/sign-in/issuer/signing-keys.js';

/** What each viewer's timeline of each child answered, by child and role. */
export type Timelines = ReadonlyMap<string, string>;

const viewers = [
  { who: 'rehearsal.manager', agency: 'yos', role: 'team-manager' },
  { who: 'rehearsal.officer', agency: 'police', role: 'officer' },
] as const;

/** Asks a running hub for every page of every child's timeline, as people of two agencies. `data`: its HUB_DATA. */
export async function timelinesOf(url: string, data: string, children: readonly string[]): Promise<Timelines> {
  const answers = new Map<string, string>();
  for (const viewer of viewers) {
    const token = await tokenFor(url, data, viewer);
    for (const child of children) answers.set(`${child} ${viewer.role}`, await timelineOf(url, token, child));
  }
  return answers;
}

async function timelineOf(url: string, token: string, child: string): Promise<string> {
  const pages: unknown[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const query = cursor === '' ? '' : `?cursor=${encodeURIComponent(cursor)}`;
    const response = await fetch(`${url}/v1/children/${child}/timeline${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (response.status === 404) return '404';
    if (response.status !== 200) throw new Error(`a timeline answered ${response.status}`);
    const { next, ...page } = (await response.json()) as { next?: string };
    pages.push(page);
    cursor = next;
  }
  return JSON.stringify(pages);
}

async function tokenFor(url: string, data: string, viewer: (typeof viewers)[number]): Promise<string> {
  const config = readConfig({ HUB_DATA: data, PORT: new URL(url).port });
  const [jwk] = (await signingKeys(data)).jwks.keys;
  if (jwk?.kid === undefined) throw new Error('the hub has no signing key');
  return new SignJWT({ scope: 'read', hub_agency: viewer.agency, hub_roles: [viewer.role], name: viewer.who })
    .setProtectedHeader({ alg: 'ES256', kid: jwk.kid })
    .setIssuer(issuerOf(config))
    .setAudience(AUDIENCE)
    .setSubject(viewer.who)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(await importJWK(jwk, 'ES256'));
}
