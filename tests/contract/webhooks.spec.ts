import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { tellOne, type TellingParts } from '../../apps/worker/tell/tell.js';
import { undelivered } from '../../libs/platform/notifications/delivery-store.js';
import type { Endpoint } from '../../libs/platform/notifications/endpoint-store.js';
import type { Answer, Receiver } from '../../libs/testing/http/receiver.js';
import type { TestHub } from '../../libs/testing/hub/hub.js';
import { allocated, found, tellAll } from './notified.js';
import { openTellingHub, type TellingHub } from './telling-hub.js';

jest.setTimeout(90_000);

const forever = new AbortController().signal;

describe('webhooks', () => {
  let telling: TellingHub;
  let hub: TestHub;
  beforeAll(async () => {
    telling = await openTellingHub();
    ({ hub } = telling);
  }, 60_000);
  afterAll(async () => telling.close());

  let receiver: Receiver;
  let endpoint: Endpoint;
  beforeEach(async () => {
    ({ receiver, endpoint } = await telling.listening());
  });
  afterEach(async () => telling.clear());

  it('sends a signed message once, with what the system may be told and no more, and writes down that it arrived', async () => {
    const { child } = await telling.report();
    await telling.deliver();
    expect(receiver.came).toHaveLength(1);
    const [message] = receiver.came;
    const said = new Webhook(endpoint.secrets[0]!).verify(message!.body, message!.headers) as {
      type: string;
      data: { id: string; facts: object[]; withheld: object[] };
    };
    expect(said).toMatchObject({ type: 'hub.notification.v1.Raised', data: { id: message!.id, facts: [] } });
    expect(said.data.withheld).toMatchObject([{ agency: 'police' }]);
    expect(message!.body).not.toMatch(/Quarrington|risk|nominal|missing/i);
    expect(JSON.stringify(message!.headers)).not.toContain(child.familyName);
    await telling.deliver(3);
    expect(receiver.came).toHaveLength(1);
    const { rows } = await hub.database.query<{ what: string }>(
      `select what from audit where details ->> 'notice' = $1 order by id`,
      [message!.id],
    );
    expect(rows.map(({ what }) => what)).toEqual(['notice.send', 'notice.delivered']);
  });

  it('keeps to itself what its publisher keeps to itself: nothing is sent', async () => {
    await telling.report({ handling: 'originator-only' });
    await telling.deliver();
    expect(receiver.came).toEqual([]);
  });

  it.each<[string, Answer]>([
    ['answers an error', 500],
    ['refuses it', 400],
    ['hangs', 'hang'],
    ['takes it and says so too late', 'late'],
    ['breaks off', 'cut'],
    ['says 200 and breaks off', 'lie'],
    ['sends it elsewhere', 'redirect'],
  ])('sends it again, under the same id, to a receiver that %s, until it arrives', async (_, answer) => {
    receiver.answer = () => answer;
    telling.hasty = answer === 'hang' || answer === 'late';
    await telling.report();
    await telling.deliver(2);
    expect(receiver.taken.length).toBe(answer === 'late' ? receiver.came.length : 0);
    expect(receiver.came.length).toBeGreaterThan(1);
    receiver.answer = () => 204;
    telling.hasty = false;
    await telling.deliver(2);
    expect(receiver.taken.length).toBe(answer === 'late' ? receiver.came.length : 1);
    const after = receiver.came.length;
    await telling.deliver(2);
    expect(receiver.came.length).toBe(after);
    expect(new Set(receiver.came.map(({ id }) => id)).size).toBe(1);
  });

  it('tells one that says it is gone nothing more', async () => {
    receiver.answer = () => 410;
    await telling.report();
    await telling.deliver();
    receiver.answer = () => 204;
    await telling.report();
    await telling.deliver(3);
    expect(receiver.came).toHaveLength(1);
    expect((await telling.store.find('social-care', endpoint.id))?.state).toBe('gone');
    expect(await undelivered(hub.database, telling.ago(0))).toMatchObject([{ id: endpoint.id, gone: true }]);
  });

  it('signs with both secrets while they change', async () => {
    const secret = await telling.store.rotate(endpoint);
    await telling.report();
    await telling.deliver();
    for (const one of [secret, endpoint.secrets[0]!]) {
      expect(new Webhook(one).verify(receiver.came[0]!.body, receiver.came[0]!.headers)).toMatchObject({ data: {} });
    }
    const { rows } = await hub.database.query<{ sealed: Buffer }>('select sealed from webhook_endpoints');
    for (const { sealed } of rows) expect(sealed.toString('latin1')).not.toContain('whsec_');
  });

  it('signs with each of two secrets that were asked for at once', async () => {
    const both = await Promise.all([telling.store.rotate(endpoint), telling.store.rotate(endpoint)]);
    await telling.report();
    await telling.deliver();
    for (const one of both) {
      expect(new Webhook(one).verify(receiver.came[0]!.body, receiver.came[0]!.headers)).toMatchObject({ data: {} });
    }
  });

  it('loses nothing and keeps the order of a thread, whatever fails, with two workers, one of which dies between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom<Answer>(204, 204, 500, 'cut', 'lie'), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 3 }),
        async (answers, threads) => {
          telling.later = 0;
          receiver.came.length = 0;
          receiver.taken.length = 0;
          let turn = 0;
          receiver.answer = () => answers[turn++] ?? 204;
          for (let one = 0; one < threads; one += 1) {
            const { child, ref } = await telling.report();
            await tellAll(hub, allocated(child, 'casey.manager', telling.ago(600)), found(child, ref, telling.ago(1)));
          }
          const dying: TellingParts = {
            ...telling.parts(),
            audit: {
              record: async (look) => {
                if (look.what === 'notice.delivered' && turn % 3 === 1) throw new Error('killed');
                await telling.parts().audit.record(look);
              },
            },
          };
          for (let round = 0; round < 20; round += 1) {
            await Promise.allSettled([
              tellOne(telling.parts(), forever),
              round < 3 ? tellOne(dying, forever) : undefined,
            ]);
            // Whoever died loses its lease by the database's own clock.
            await hub.database.query(`update webhook_endpoints set lease_until = now() - interval '1 second'`);
            telling.later += 3_600_000;
          }
          const { rows } = await hub.database.query<{ thread: string; id: string; state: string }>(
            `select thread, case event when 'raised' then notice::text else notice || '.recalled' end as id, state
             from webhook_deliveries where endpoint = $1 order by seq`,
            [endpoint.id],
          );
          expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['delivered']));
          const arrived = [...new Set(receiver.taken.map(({ id }) => id))];
          const mine = rows.filter(({ id }) => receiver.came.some((one) => one.id === id));
          expect(mine.length).toBe(threads * 2);
          for (const [, some] of Map.groupBy(mine, ({ thread }) => thread)) {
            const ids = some.map(({ id }) => id);
            expect(arrived.filter((id) => ids.includes(id))).toEqual(ids);
          }
        },
      ),
      { numRuns: 6 },
    );
  });
});
