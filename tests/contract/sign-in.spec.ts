import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { openDoors, type PortalDoors } from '../acceptance/portal-server.js';

const A_MINUTE = 3;

describe('the sign-in', () => {
  let hub: TestHub;
  let doors: PortalDoors;
  beforeAll(async () => {
    hub = await openTestHub();
    doors = await openDoors(hub, { env: { HUB_SIGN_INS_A_MINUTE: String(A_MINUTE) } });
  }, 60_000);
  afterAll(async () => {
    await doors.close();
    await hub.close();
  });

  const ask = async (path: string, accept: string): Promise<Response> =>
    fetch(`${doors.url}${path}`, { redirect: 'manual', headers: { accept } });

  it.each([
    ['/sign-in', 303],
    ['/sign-in/callback?code=guessed&state=guessed', 400],
  ])(
    '%s is answered %d so often in a minute, and then 429 with when to come again, to people and to programs',
    async (path, status) => {
      const first = await Promise.all(Array.from({ length: A_MINUTE }, async () => ask(path, 'text/html')));
      expect(first.map((answer) => answer.status)).toEqual(Array.from({ length: A_MINUTE }, () => status));
      const page = await ask(path, 'text/html');
      expect([page.status, page.headers.get('content-type')]).toEqual([429, 'text/html; charset=utf-8']);
      expect(await page.text()).toMatch(/Too many sign-ins.*Try again in a minute/s);
      const answer = await ask(path, 'application/json');
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        429,
        expect.stringContaining('application/problem+json'),
      ]);
      expect(await answer.json()).toMatchObject({ type: '/problems/too-many-requests', status: 429 });
      for (const one of [page, answer]) {
        const seconds = Number(one.headers.get('retry-after'));
        expect(seconds).toBeGreaterThanOrEqual(1);
        expect(seconds).toBeLessThanOrEqual(60);
      }
      // Nobody else waits for it: whoever is signed in goes on, and the start page says where to begin.
      expect((await ask('/', 'text/html')).status).toBe(200);
    },
  );
});
