import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Sessions } from '../../apps/portal/sign-in/sessions.js';
import type { Viewer } from '../../libs/disclosure/terms.js';
import { SessionStore } from '../../libs/platform/reading/session-store.js';
import { openPortal, type PortalServer } from '../acceptance/portal-server.js';

/** Each may know of some children, and of none that the childhood tells only to others. */
const viewers: readonly (Viewer & { readonly purpose: string })[] = [
  { who: 'sky.school', agency: 'education', roles: ['lead'], purpose: 'safeguarding' },
  { who: 'robin.social', agency: 'social-care', roles: ['social-worker'], purpose: 'safeguarding' },
  { who: 'casey.manager', agency: 'yos', roles: ['case-manager'], purpose: 'case-management' },
  { who: 'health', agency: 'health', roles: ['system'], purpose: 'publishing-partner' },
];
const apiDoors = ['/timeline', '/timeline?asKnownAt=2026-01-01', '/changes', '/shown', '/chronology'];
const pageDoors = ['', '?asKnownAt=2026-01-01', '/changes', '/review', '/shown', '/chronology', '/entries/ENTRY/wrong'];

/** How long it takes is a benchmark: `npm run bench -- not-known`. */
describe('a child that is not there and one that is not for this viewer', () => {
  let portal: PortalServer;
  let everyChild: string[];
  beforeAll(async () => {
    portal = await openPortal();
    const { rows } = await portal.hub.database.query<{ id: string }>('select id from children order by id');
    everyChild = rows.map(({ id }) => id);
  }, 60_000);
  afterAll(async () => portal.close());

  /** All of an answer but what belongs to the one request: its time and its ids. */
  const answer = async (path: string, headers: Record<string, string>, child: string): Promise<unknown> => {
    const response = await fetch(`${portal.url}${path}`, { headers, redirect: 'manual' });
    const text = (await response.text()).replaceAll(child, 'CHILD').replace(/nonce="[^"]*"/g, '');
    const own = response.headers.get('x-correlation-id') ?? / [0-9a-f-]{36}/.exec(text)?.[0]?.trim();
    const kept = [...response.headers]
      .filter(([name]) => !['date', 'x-correlation-id', 'content-security-policy'].includes(name))
      .map(([name, value]) => `${name}: ${value}`);
    const said = own === undefined ? text : text.replaceAll(own, 'REQUEST');
    return { status: response.status, kept, text: said.replace(/"correlationId":"[^"]*"/, '') };
  };

  it.each(viewers)('answer alike to $who through the API', async ({ purpose, ...viewer }) => {
    const headers = { authorization: `Bearer ${await portal.token(viewer)}`, 'hub-purpose': purpose };
    const ask = async (child: string, door: string): Promise<unknown> =>
      answer(`/v1/children/${child}${door}`, headers, child);
    const notAllowed = await notAllowedFor(headers);
    for (const door of apiDoors) {
      for (const child of notAllowed) expect(await ask(child, door)).toEqual(await ask(randomUUID(), door));
      expect(await ask('not-an-id', door)).toEqual(await ask(randomUUID(), door));
    }
  });

  it.each(viewers.filter(({ roles }) => !roles.includes('system')))('answer alike to $who on pages', async (viewer) => {
    const sessions = new Sessions(new SessionStore(portal.hub.database), portal.hub.keys, portal.hub.clock);
    const headers = { cookie: `hub_session=${await sessions.begin({ viewer, name: viewer.who, idToken: '' })}` };
    const api = { authorization: `Bearer ${await portal.token(viewer)}`, 'hub-purpose': viewer.purpose };
    for (const door of pageDoors) {
      for (const child of await notAllowedFor(api)) {
        const there = door.replace('ENTRY', await entryOf(child));
        const nowhere = door.replace('ENTRY', randomUUID());
        const [one, other] = [randomUUID(), child];
        expect(await answer(`/children/${other}${there}`, headers, other)).toEqual(
          await answer(`/children/${one}${nowhere}`, headers, one),
        );
      }
    }
  });

  async function notAllowedFor(headers: Record<string, string>): Promise<string[]> {
    const found = await Promise.all(
      everyChild.map(async (id) => {
        const { status } = await fetch(`${portal.url}/v1/children/${id}/timeline`, { headers });
        return status === 404 ? [id] : [];
      }),
    );
    expect(found.flat().length).toBeGreaterThan(0);
    return found.flat();
  }

  async function entryOf(child: string): Promise<string> {
    const { rows } = await portal.hub.database.query<{ key: string }>(
      'select t.key from timeline t join links l on l.record = t.record where l.child = $1 limit 1',
      [child],
    );
    return rows[0]?.key ?? randomUUID();
  }
});
