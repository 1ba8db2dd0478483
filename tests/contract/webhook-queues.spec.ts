import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { runTelling } from '../../apps/worker/tell/tell.loop.js';
import { readConfig } from '../../libs/platform/config.js';
import { pruneDeliveries } from '../../libs/platform/notifications/delivery-retention.js';
import { enqueueTest, replay, undelivered } from '../../libs/platform/notifications/delivery-store.js';
import type { Endpoint } from '../../libs/platform/notifications/endpoint-store.js';
import type { Receiver } from '../../libs/testing/http/receiver.js';
import type { TestHub } from '../../libs/testing/hub/hub.js';
import { MissingReported_RiskGrade } from '../../libs/contracts/gen/hub/police/v1/police_pb.js';
import { allocated, found, reported, takenBack, tellAll } from './notified.js';
import { openTellingHub, type TellingHub } from './telling-hub.js';

jest.setTimeout(90_000);

describe('a queue of messages', () => {
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

  it('takes back what arrived, after it, and lets what never left drop', async () => {
    const { ref } = await telling.report();
    await telling.deliver();
    await tellAll(hub, takenBack(ref, telling.ago(1)));
    await telling.deliver();
    const [raised, recalled] = receiver.taken;
    expect(recalled?.id).toBe(`${raised?.id}.recalled`);
    const other = await telling.report();
    await tellAll(hub, takenBack(other.ref, telling.ago(1)));
    await telling.deliver();
    expect(receiver.taken).toHaveLength(2);
  });

  it('says nothing of a mistake to whom nothing had been said', async () => {
    const { ref } = await telling.report({ handling: 'originator-only' });
    await telling.deliver();
    await tellAll(hub, takenBack(ref, telling.ago(1)));
    await telling.deliver();
    expect(receiver.came).toEqual([]);
  });

  it('takes back what arrived also where it was asked for again, and had not left again', async () => {
    const { ref } = await telling.report();
    await telling.deliver();
    const [raised] = receiver.taken;
    expect(await replay(hub.database, endpoint.id, telling.ago(60), telling.ago(0))).toBe(1);
    await tellAll(hub, takenBack(ref, telling.ago(1)));
    await telling.deliver();
    expect(receiver.taken.map(({ id }) => id)).toEqual([raised?.id, `${raised?.id}.recalled`]);
  });

  it('takes back what arrived months ago too: that it did is kept for as long as the notice stands', async () => {
    const { ref } = await telling.report();
    await telling.deliver();
    const [raised] = receiver.taken;
    await pruneDeliveries(hub.database, telling.now() + 200 * 86_400_000);
    await tellAll(hub, takenBack(ref, telling.ago(1)));
    await telling.deliver();
    expect(receiver.taken.map(({ id }) => id)).toEqual([raised?.id, `${raised?.id}.recalled`]);
    await pruneDeliveries(hub.database, telling.now() + 200 * 86_400_000);
    const left = await hub.database.query('select from webhook_deliveries where endpoint = $1', [endpoint.id]);
    expect(left.rowCount).toBe(0);
  });

  it('keeps what can be sent again for 90 days, whatever became of it, and an endpoint that was removed as long', async () => {
    const { ref } = await telling.report();
    await telling.deliver();
    await tellAll(hub, takenBack(ref, telling.ago(1)));
    receiver.answer = () => 410;
    await telling.report();
    await telling.deliver();
    const count = async (): Promise<number> =>
      (await hub.database.query('select from webhook_deliveries where endpoint = $1', [endpoint.id])).rowCount ?? 0;
    expect(await count()).toBe(3);
    const day = 86_400_000;
    await pruneDeliveries(hub.database, telling.now() + 89 * day);
    expect(await count()).toBe(3);
    await hub.database.query(
      `insert into webhook_deliveries (endpoint, notice, event, thread, urgency, state, created_at, due_at)
       select $1, gen_random_uuid(), 'raised', gen_random_uuid(), 'ordinary', 'delivered', $2, $2 from generate_series(1, 2500)`,
      [endpoint.id, telling.ago(0)],
    );
    const [one, other] = await Promise.all(
      [1, 2].map(async () => pruneDeliveries(hub.database, telling.now() + 91 * day)),
    );
    expect((one ?? 0) + (other ?? 0)).toBeGreaterThanOrEqual(2_503);
    expect(await count()).toBe(0);
    await telling.store.remove(endpoint.id);
    await pruneDeliveries(hub.database, telling.now());
    expect((await hub.database.query('select from webhook_endpoints where id = $1', [endpoint.id])).rowCount).toBe(0);
  });

  it('gives all of it, in order within a thread, to one that comes back after a day; another is not kept waiting', async () => {
    const { receiver: other } = await telling.listening();
    receiver.answer = () => 'cut';
    const { child, ref } = await telling.report();
    await tellAll(hub, found(child, ref, telling.ago(1)));
    await telling.report();
    await telling.deliver(13, 2);
    expect(other.taken).toHaveLength(3);
    expect(await undelivered(hub.database, new Date(telling.now() - 23 * 3_600_000).toISOString())).toMatchObject([
      { id: endpoint.id, waiting: 3 },
    ]);
    receiver.answer = () => 204;
    await telling.deliver(3, 2);
    expect(receiver.taken.map(({ id }) => id)).toEqual(expect.arrayContaining(other.taken.map(({ id }) => id)));
    expect(receiver.taken).toHaveLength(3);
  });

  it('brings what is urgent before what has waited longer in other threads, to one that comes back', async () => {
    receiver.answer = () => 500;
    const low = { risk: MissingReported_RiskGrade.LOW };
    for (let thread = 0; thread < 9; thread += 1) await telling.report(low);
    await telling.deliver();
    await telling.report();
    receiver.answer = () => 204;
    await telling.deliver(3);
    const urgency = receiver.taken.map(({ body }) => (JSON.parse(body) as { data: { urgency: string } }).data.urgency);
    expect(urgency).toEqual(['urgent', ...Array<string>(9).fill('ordinary')]);
  });

  it('says that something urgent has not arrived long before it says so of the rest', async () => {
    receiver.answer = () => 500;
    await telling.report({ risk: MissingReported_RiskGrade.LOW });
    await telling.report();
    await telling.deliver();
    const before = (minutes: number): string => new Date(telling.now() - minutes * 60_000).toISOString();
    const late = async () => undelivered(hub.database, before(24 * 60), before(15));
    expect(await late()).toEqual([]);
    telling.later += 20 * 60_000;
    expect(await late()).toMatchObject([{ id: endpoint.id, waiting: 1 }]);
    telling.later += 24 * 3_600_000;
    expect(await late()).toMatchObject([{ id: endpoint.id, waiting: 2 }]);
  });

  it('gives up after three days what was tried all the time, and keeps what was not for when it is back', async () => {
    receiver.answer = () => 500;
    for (let thread = 0; thread < 3; thread += 1) await telling.report();
    // The first round tries all three, each hour after that the oldest alone.
    await telling.deliver(7, 13);
    const late = async () => undelivered(hub.database, telling.ago(0));
    expect(await late()).toMatchObject([{ id: endpoint.id, waiting: 3 }]);
    await telling.report();
    await telling.deliver(1);
    receiver.answer = () => 204;
    telling.later += 2 * 3_600_000;
    await telling.deliver(3);
    const { rows } = await hub.database.query<{ state: string }>(
      'select state from webhook_deliveries where endpoint = $1 order by seq',
      [endpoint.id],
    );
    expect(rows.map(({ state }) => state)).toEqual(['given-up', 'delivered', 'delivered', 'delivered']);
    expect(receiver.taken).toHaveLength(3);
    expect(await late()).toMatchObject([{ id: endpoint.id, waiting: 1 }]);
    // Asked for, it is sent as well.
    expect(await replay(hub.database, endpoint.id, telling.ago(60), new Date(telling.now()).toISOString())).toBe(4);
    await telling.deliver(2);
    expect(new Set(receiver.taken.map(({ id }) => id)).size).toBe(4);
    expect(await late()).toEqual([]);
  });

  it('asks one that failed with one message whether it is back, not with all that waits', async () => {
    receiver.answer = () => 500;
    for (let thread = 0; thread < 3; thread += 1) await telling.report();
    await telling.deliver();
    const first = receiver.came.length;
    await telling.deliver(4);
    // The first round began without knowing; each of the three that followed asks once.
    expect(receiver.came.length - first).toBe(3);
  });

  describe('is looked at by a worker that looks by itself once in an hour', () => {
    const hourly = 3_600_000;
    let stop: AbortController;
    let working: Promise<unknown>;
    beforeEach(() => {
      stop = new AbortController();
      const config = readConfig({ LOG_LEVEL: 'silent', HUB_WEBHOOK_ALLOW_LOOPBACK: 'true' });
      const parts = { ...hub, config };
      // Two, of which either may be the one that puts into the queues what the other was told of.
      working = Promise.all([runTelling(parts, stop.signal, hourly), runTelling(parts, stop.signal, hourly)]);
    });
    afterEach(async () => {
      stop.abort();
      await working;
    });

    it('as soon as something urgent is raised, each time, and when it is taken back', async () => {
      for (let count = 1; count <= 3; count += 1) {
        await telling.report();
        await arrived(count);
      }
      const { ref } = await telling.report();
      await arrived(4);
      await tellAll(hub, takenBack(ref, telling.ago(1)));
      await arrived(5);
      expect(receiver.taken.map(({ id }) => id.endsWith('.recalled'))).toEqual([false, false, false, false, true]);
    });

    it('as soon as a try is asked for, and when what was told is asked for again', async () => {
      await enqueueTest(hub.database, endpoint.id, telling.ago(0));
      await arrived(1);
      await telling.report();
      await arrived(2);
      expect(await replay(hub.database, endpoint.id, telling.ago(60), telling.ago(0))).toBe(1);
      await arrived(3);
      expect(receiver.taken[2]?.id).toBe(receiver.taken[1]?.id);
    });

    /** So many have arrived, and the worker knows it. */
    async function arrived(count: number): Promise<void> {
      const pending = async () =>
        hub.database.query(`select from webhook_deliveries where endpoint = $1 and state = 'pending'`, [endpoint.id]);
      const isSo = async () => receiver.taken.length >= count && (await pending()).rowCount === 0;
      for (const until = Date.now() + 45_000; !(await isSo()) && Date.now() < until;) await sleep(20);
      expect([receiver.taken.length, (await pending()).rowCount]).toEqual([count, 0]);
    }
  });

  it('tells the service’s own case system of which of its cases something waits, how urgent and from whom, and not what', async () => {
    const { receiver: own } = await telling.listening('yos', 'case-management');
    const child = { who: 42, familyName: 'Quarrington' };
    await tellAll(hub, allocated(child, 'casey.manager', telling.ago(600)));
    await tellAll(hub, reported(child, 'Y1', telling.ago(4)));
    await telling.deliver();
    const said = own.taken.map(({ body }) => (JSON.parse(body) as { data: object }).data);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatchObject({ urgency: 'urgent', possible: false, records: ['case-42'], facts: [] });
    expect(said[0]).toMatchObject({ withheld: [{ agency: 'police' }] });
    expect(said[0]).not.toHaveProperty('kind');
    expect(own.taken[0]?.body).not.toMatch(/Quarrington|missing|nominal|Y1/i);
  });
});
