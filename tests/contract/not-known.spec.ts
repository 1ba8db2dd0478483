import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
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
/** Of pages about one child, those that no address of the child's own opens are asked for it besides. */
const elsewhere = ['/duties?child=CHILD', '/meetings/MEETING/children/CHILD/record'];
const pageDoors = [
  '',
  '/loop',
  '?asKnownAt=2026-01-01',
  '/changes',
  '/review',
  '/shown',
  '/chronology',
  '/entries/ENTRY/wrong',
];

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
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'/);
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

  it.each(viewers.filter(({ roles }) => !roles.includes('system')))(
    'answer alike to $who, and ask the database alike, for a loop, a meeting and the duties of one child',
    async (viewer) => {
      const sessions = new Sessions(new SessionStore(portal.hub.database), portal.hub.keys, portal.hub.clock);
      const headers = { cookie: `hub_session=${await sessions.begin({ viewer, name: viewer.who, idToken: '' })}` };
      const api = { authorization: `Bearer ${await portal.token(viewer)}`, 'hub-purpose': viewer.purpose };
      const [other = ''] = await notAllowedFor(api);
      const nowhere = randomUUID();
      const meeting = randomUUID();
      for (const door of ['/children/CHILD/loop', ...elsewhere]) {
        const of = async (child: string) =>
          askedBy(async () => answer(door.replace('CHILD', child).replace('MEETING', meeting), headers, child));
        const [one, two] = [await of(nowhere), await of(other)];
        expect({ door, ...two }).toEqual({ door, ...one });
        expect(one.answered).toMatchObject({ status: 404 });
        // A meeting that there is not is asked for no child.
        expect(one.queries.includes('read children')).toBe(!door.startsWith('/meetings'));
      }
    },
  );

  /** An answer, and the statements that it took, by name. */
  async function askedBy(ask: () => Promise<unknown>): Promise<{ answered: unknown; queries: string[] }> {
    const asked = jest.spyOn(portal.hub.database, 'query');
    const answered = await ask();
    const queries = asked.mock.calls.flatMap(([query]: readonly unknown[]) =>
      typeof query === 'object' && query !== null && 'name' in query ? [String(query.name)] : [],
    );
    asked.mockRestore();
    // The log is followed and the audit anchored meanwhile, whoever asks for what: what reads of children is what counts.
    return { answered, queries: queries.filter((name) => /session|children|dut|told|facts|meeting|notice/.test(name)) };
  }

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
