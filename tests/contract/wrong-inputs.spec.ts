import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GatewayModule } from '../../apps/gateway/gateway.module.js';
import { Sessions } from '../../apps/portal/sign-in/sessions.js';
import type { Viewer } from '../../libs/disclosure/terms.js';
import { SessionStore } from '../../libs/platform/reading/session-store.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import { runs } from '../../libs/testing/stories/runs.js';
import { openDoors, openPortal, type PortalServer } from '../acceptance/portal-server.js';
import { addressesOf, everyDoor, type Door, type Places } from './every-door.js';

// Every page opens for one of these roles: what is refused is refused for what was sent.
const anybody: Viewer = {
  who: 'terry.lead',
  agency: 'yos',
  roles: ['team-manager', 'auditor', 'operator', 'integration'],
};
const machine: Viewer = { who: 'police', agency: 'police', roles: ['system'] };
const HOUR = 3_600_000;
/** More than pages take, and a little more than the doors for messages do. */
const LARGE = { pages: 1_100_000, messages: 10 * 1_048_576 + 1 };

/** What no door may say again, and who is known to the hub. */
const SECRETS = /Quillfeather|Fennimoor|Tolladay/;
const INSIDES = /node_modules|\bat \w+.*\.(ts|js):\d|SQLSTATE|syntax for type|eyJ[\w-]+\.eyJ/;

const junk = fc.constantFrom(
  ...['Quillfeather', "Quillfeather'--", '%00', 'Quillfeather%00', '%E0%A4%A', '..%2F..%2FQuillfeather', '0', '-1'],
  ...['%F0%9F%98%80', '%0D%0Aset-cookie:%20Quillfeather=1', '2026-02-30', '9999999999', 'null', '[]', '__proto__'],
  ...['Quillfeather'.repeat(300), 'a', '%25', '1e999', '0001-01-01', '275761-01-01T00:00:00Z', 'f'.repeat(64)],
  ...['00000000-0000-0000-0000-000000000000', 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF'],
);
/** A name that no door knows is the field that a problem has to name; a value never comes back. */
const parameters = [
  ...['asKnownAt', 'from', 'to', 'category', 'agency', 'cursor', 'since', 'child', 'who', 'day', 'purpose', 'outcome'],
  ...['entries', 'of', 'state', 'kind', 'team', 'done', 'did', 'all', 'q', 'limit', 'returnTo', 'code', 'unheardOf'],
];
const fields = [
  ...['q', 'on', 'forum', 'reason', 'item', 'to', 'note', 'what', 'significant', 'once', 'digest', 'outcome'],
  ...['decision', 'task', 'owner', 'dueOn', 'minutes', 'summary', 'heldAt', 'offeredAt', 'use', 'text', 'of'],
  ...['worker', 'team', 'fromDay', 'fromTime', 'untilDay', 'untilTime'],
];

const posted = everyDoor.filter(({ method }) => method === 'POST');

const atOnce = async (doors: readonly Door[], each: (door: Door) => Promise<void>): Promise<unknown> =>
  Promise.all(doors.map(each));

interface Answer {
  readonly asked: string;
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

describe('wrong input', () => {
  let portal: PortalServer;
  let places: Places;
  let now = Date.now();
  let session: { readonly id: string; readonly formToken: string };
  let token: string;
  let logged = '';
  beforeAll(async () => {
    const whole = await openPortal();
    const logger = createLogger('trace', { write: (line: string) => void (logged += line) });
    const hub = { ...whole.hub, clock: { now: () => now } };
    const doors = await openDoors(hub, { beside: [GatewayModule], logger });
    portal = {
      ...whole,
      ...doors,
      close: async () => Promise.all([doors.close(), whole.close()]).then(() => undefined),
    };
    const child = await portal.childOf('court', 'court');
    const [meeting, other] = [randomUUID(), randomUUID()];
    await portal.hub.database.query(
      `insert into meetings (id, forum, held_on, convened_by, created_at) values ($1, 'mog', current_date, 'terry.lead', now())`,
      [meeting],
    );
    const { rows } = await portal.hub.database.query<{ key: string; fact: string; receipt: string }>(
      `select t.key, t.fact, t.receipt from timeline t join links l on l.record = t.record where l.child = $1 limit 1`,
      [child],
    );
    const [{ key: entry, fact, receipt } = { key: other, fact: other, receipt: other }] = rows;
    places = { child, meeting, other, entry, fact, receipt };
    token = await portal.token(machine, 'read publish');
  }, 60_000);
  beforeEach(async () => {
    session = await signedIn(anybody);
  });
  afterAll(async () => portal.close());

  it('is answered as such at every door, by a page or a problem document that repeats none of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...everyDoor.filter(({ route }) => route !== '/sign-out')),
        fc.array(junk, { minLength: 4, maxLength: 4 }),
        fc.array(fc.tuple(fc.constantFrom(...parameters), junk), { maxLength: 2 }),
        fc.array(fc.tuple(fc.constantFrom(...fields), junk), { maxLength: 3 }),
        fc.boolean(),
        fc.constantFrom('text/html', 'application/json', '*/*'),
        async (door, ids, query, form, allIds, accept) => {
          const at = ids.values();
          const path = allIds
            ? door.route.replace(/:\w+/g, () => at.next().value ?? '')
            : (addressesOf(door, places)[0] ?? door.route);
          const search = query.map(([name, value]) => `${name}=${value}`).join('&');
          const body = new URLSearchParams([['formToken', session.formToken], ...form]);
          const asked = `${path}${search === '' ? '' : `?${search}`}`;
          const answer = await ask(door, asked, { headers: { accept }, ...(door.method === 'POST' ? { body } : {}) });
          // A form of ours comes back to whoever filled it in, with what they typed.
          answered(answer, door.by === 'session' && answer.status === 400 && answer.text.includes('name="formToken"'));
        },
      ),
      runs(150),
    );
    expect(logged).not.toMatch(/Quillfeather|Fennimoor/);
  }, 120_000);

  it('is a form that none of our pages sent, of a kind or a size that no door takes', async () => {
    const before = await acts();
    await atOnce(posted, async (door) => {
      const path = pathOf(door);
      const bodies: [string, RequestInit][] = [
        ['no token', { body: new URLSearchParams({ q: 'Quillfeather' }) }],
        ['another token', { body: new URLSearchParams({ formToken: 'x'.repeat(43) }) }],
        ['two tokens', { body: `formToken=${session.formToken}&formToken=Quillfeather`, headers: URLENCODED }],
        ['nothing', {}],
        ['JSON', { body: '{"formToken":{"Quillfeather":1}}', headers: JSON_TYPE }],
        ['broken JSON', { body: '{"Quillfeather', headers: JSON_TYPE }],
        ['a list', { body: '[1]', headers: JSON_TYPE }],
        ['another kind', { body: 'Quillfeather', headers: { 'content-type': 'text/x-quill' } }],
        ['a broken part', { body: '--x', headers: { 'content-type': 'multipart/form-data; boundary=y' } }],
      ];
      for (const [what, init] of bodies) {
        const answer = await ask(door, path, init);
        answered(answer);
        if (door.by !== 'session') continue;
        expect(`${what} ${answer.asked} ${answer.status}`).toMatch(/ 4\d\d$/);
      }
    });
    expect(await acts()).toEqual(before);
  }, 120_000);

  it('is larger than a door takes', async () => {
    await atOnce(posted, async (door) => {
      const body = Buffer.alloc(/^\/v1\/(events|native|sandbox)/.test(door.route) ? LARGE.messages : LARGE.pages, 'a');
      const answer = await ask(door, pathOf(door), { body, headers: URLENCODED }).catch(cutOff);
      answered(answer);
      expect(`${answer.asked} ${answer.status}`).toMatch(/ (400|403|404|413|415)$/);
    });
  }, 120_000);

  it('is another method', async () => {
    await atOnce(everyDoor, async (door) => {
      for (const method of ['PUT', 'DELETE', 'POST', 'OPTIONS']) {
        if (everyDoor.some((one) => one.route === door.route && one.method === method)) continue;
        const answer = await ask(door, pathOf(door), { method }).catch(cutOff);
        answered(answer);
        expect(`${method} ${answer.asked} ${answer.status}`).toMatch(/ (400|401|403|404|405)$/);
      }
    });
  }, 120_000);

  it('is a session that has run out, or none: the sign-in, and nothing of what is behind it', async () => {
    const old = await signedIn(anybody);
    now += 13 * HOUR;
    try {
      await atOnce(
        everyDoor.filter(({ by }) => by === 'session'),
        async (door) => {
          for (const cookie of [
            `hub_session=${old.id}`,
            'hub_session=Quillfeather',
            `hub_session=${'a'.repeat(43)}`,
            '',
          ]) {
            const body = new URLSearchParams({ formToken: old.formToken });
            const answer = await ask(door, pathOf(door), {
              headers: { cookie },
              ...(door.method === 'POST' ? { body } : {}),
            });
            answered(answer);
            expect([answer.asked, answer.status, answer.text]).toEqual([
              answer.asked,
              303,
              expect.stringContaining('location: /sign-in?returnTo='),
            ]);
          }
        },
      );
    } finally {
      now -= 13 * HOUR;
    }
  }, 120_000);

  it('is a token that is none, or for something else: who it is comes before everything', async () => {
    const other = await portal.token(machine, 'nothing');
    await atOnce(
      everyDoor.filter(({ by }) => by === 'token'),
      async (door) => {
        for (const [authorization, status] of [
          ['', 401],
          ['Bearer Quillfeather', 401],
          ['Basic UXVpbGxmZWF0aGVy', 401],
          [`Bearer ${token.slice(0, -8)}AAAAAAAA`, 401],
          [`Bearer ${other}`, 403],
        ] as const) {
          const answer = await ask(door, pathOf(door), { headers: { authorization } });
          answered(answer);
          expect([answer.asked, authorization.slice(0, 12), answer.status]).toEqual([
            answer.asked,
            authorization.slice(0, 12),
            status,
          ]);
          expect(answer.type).toContain('application/problem+json');
        }
      },
    );
  }, 120_000);

  const URLENCODED = { 'content-type': 'application/x-www-form-urlencoded' };
  const JSON_TYPE = { 'content-type': 'application/json' };

  const pathOf = (door: Door): string => addressesOf(door, places)[0] ?? door.route;

  async function signedIn(viewer: Viewer) {
    const { database, keys } = portal.hub;
    const sessions = new Sessions(new SessionStore(database), keys, { now: () => now });
    const id = await sessions.begin({ viewer, name: viewer.who, idToken: '' });
    return { id, formToken: (await sessions.find(id))?.formToken ?? '' };
  }

  async function ask(door: Door, path: string, init: RequestInit = {}): Promise<Answer> {
    const own: Record<string, string> =
      door.by === 'token'
        ? { authorization: `Bearer ${token}`, 'hub-purpose': 'safeguarding' }
        : { cookie: `hub_session=${session.id}` };
    const left = new AbortController();
    const response = await fetch(`${portal.url}${path}`, {
      ...{ method: door.method, redirect: 'manual', signal: left.signal },
      ...init,
      headers: { ...own, ...(init.headers as Record<string, string> | undefined) },
    });
    const type = response.headers.get('content-type') ?? '';
    const said = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
    const text = type === 'text/event-stream' ? '' : await response.text();
    left.abort();
    return {
      asked: `${door.method} ${door.route} ${path.slice(0, 200)}`,
      status: response.status,
      type,
      text: `${said}\n\n${text}`,
    };
  }

  /** A server may hang up on a body that it will not read. */
  function cutOff(error: unknown): Answer {
    expect(String(error)).toMatch(/fetch failed|not a valid HTTP method/);
    return { asked: 'cut off', status: 400, type: 'application/problem+json', text: '' };
  }

  function answered({ asked, status, type, text }: Answer, theirForm = false): void {
    expect(`${asked} ${status}`).not.toMatch(/ 5\d\d$/);
    expect([asked, INSIDES.exec(text)?.[0]]).toEqual([asked, undefined]);
    if (status < 400) return;
    expect([asked, type]).toEqual([asked, expect.stringMatching(/^(text\/html|application\/problem\+json)/)]);
    if (!theirForm) expect([asked, SECRETS.exec(text)?.[0]]).toEqual([asked, undefined]);
  }

  /** What was done to a meeting, a message, an inbox: nothing, for a form that was not ours. */
  async function acts(): Promise<string[]> {
    const { rows } = await portal.hub.database.query<{ what: string }>(`select what from audit where outcome = 'done'`);
    return rows.map(({ what }) => what);
  }
});
