import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { poster, type Poster } from '../../apps/worker/tell/post.js';
import { tellOne, type TellingParts } from '../../apps/worker/tell/tell.js';
import { AuditChain } from '../../libs/platform/audit/chain.js';
import { pruneDeliveries } from '../../libs/platform/notifications/delivery-retention.js';
import { replay, undelivered } from '../../libs/platform/notifications/delivery-store.js';
import { EndpointStore, type Endpoint } from '../../libs/platform/notifications/endpoint-store.js';
import { openReceiver, type Answer, type Receiver } from '../../libs/testing/http/receiver.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { allocated, found, reported, takenBack, tellAll, type Told } from './notified.js';

jest.setTimeout(90_000);

const forever = new AbortController().signal;

describe('webhooks', () => {
  let hub: TestHub;
  let audit: AuditChain;
  let post: Poster;
  let store: EndpointStore;
  let later = 0;
  const clock = { now: () => Date.now() + later };
  const following = new AbortController();
  let projections: Promise<void>;
  beforeAll(async () => {
    const opened = await openTestHub();
    hub = { ...opened, clock };
    audit = await AuditChain.open(hub);
    post = poster(true, 500);
    store = new EndpointStore(hub.database, hub.keys);
    await hub.projections.prepare();
    projections = hub.projections.run(following.signal);
  }, 60_000);
  afterAll(async () => {
    await post.close();
    await audit.close();
    following.abort();
    await projections;
    await hub.close();
  });

  let receiver: Receiver;
  let endpoint: Endpoint;
  beforeEach(async () => {
    later = 0;
    receiver = await openReceiver();
    endpoint = await register('social-care', receiver.url);
  });
  afterEach(async () => {
    for (const one of await store.list('social-care')) await store.remove(one.id);
    await receiver.close();
  });

  const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
  const register = async (system: string, url: string): Promise<Endpoint> =>
    store.register({
      ...{ id: randomUUID(), system, agency: system, place: '', purpose: 'safeguarding', url },
      createdAt: new Date().toISOString(),
    });
  const parts = (): TellingParts => ({ parts: hub, audit, poster: post, random: () => 0.5 });
  /** Sends until nothing is due; where something failed, `hours` go by before it is tried again. */
  const deliver = async (rounds = 1, hours = 2): Promise<void> => {
    for (let round = 0; round < rounds; round += 1) {
      if (round > 0) later += hours * 3_600_000;
      for (let turn = 0; turn < 50 && (await tellOne(parts(), forever)); turn += 1);
    }
  };
  let next = 100;
  const report = async (): Promise<Told> => {
    next += 1;
    const child = { who: serial(next), familyName: `Quarrington ${next}` };
    await tellAll(hub, reported(child, `W${next}`, ago(4)));
    return child;
  };

  it('sends a signed message once, with what the system may be told and no more, and writes down that it arrived', async () => {
    const child = await report();
    await deliver();
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
    await deliver(3);
    expect(receiver.came).toHaveLength(1);
    const { rows } = await hub.database.query<{ what: string }>(
      `select what from audit where details ->> 'notice' = $1 order by id`,
      [message!.id],
    );
    expect(rows.map(({ what }) => what)).toEqual(['notice.send', 'notice.delivered']);
  });

  it('keeps to itself what its publisher keeps to itself: nothing is sent', async () => {
    next += 1;
    await tellAll(
      hub,
      reported({ who: serial(next), familyName: 'Rathbone' }, `W${next}`, ago(4), { handling: 'originator-only' }),
    );
    await deliver();
    expect(receiver.came).toEqual([]);
  });

  it.each<[string, Answer]>([
    ['answers an error', 500],
    ['refuses it', 400],
    ['hangs', 'hang'],
    ['breaks off', 'cut'],
    ['says 200 and breaks off', 'lie'],
    ['sends it elsewhere', 'redirect'],
  ])('sends it again, under the same id, to a receiver that %s, until it arrives', async (_, answer) => {
    receiver.answer = () => answer;
    await report();
    await deliver(2);
    expect(receiver.taken).toEqual([]);
    expect(receiver.came.length).toBeGreaterThan(1);
    receiver.answer = () => 204;
    await deliver(2);
    expect(receiver.taken).toHaveLength(1);
    expect(new Set(receiver.came.map(({ id }) => id)).size).toBe(1);
  });

  it('tells one that says it is gone nothing more', async () => {
    receiver.answer = () => 410;
    await report();
    await deliver();
    receiver.answer = () => 204;
    await report();
    await deliver(3);
    expect(receiver.came).toHaveLength(1);
    expect((await store.find('social-care', endpoint.id))?.state).toBe('gone');
    expect(await undelivered(hub.database, ago(0))).toMatchObject([{ id: endpoint.id, gone: true }]);
  });

  it('takes back what arrived, after it, and lets what never left drop', async () => {
    const child = await report();
    await deliver();
    await tellAll(hub, takenBack(`W${next}`, ago(1)));
    expect(child.who).toBeGreaterThan(0);
    await deliver();
    const [raised, recalled] = receiver.taken;
    expect(recalled?.id).toBe(`${raised?.id}.recalled`);
    await report();
    await tellAll(hub, takenBack(`W${next}`, ago(1)));
    await deliver();
    expect(receiver.taken).toHaveLength(2);
  });

  it('says nothing of a mistake to whom nothing had been said', async () => {
    next += 1;
    const kept = { who: serial(next), familyName: 'Rathbone' };
    await tellAll(hub, reported(kept, `W${next}`, ago(4), { handling: 'originator-only' }));
    await deliver();
    await tellAll(hub, takenBack(`W${next}`, ago(1)));
    await deliver();
    expect(receiver.came).toEqual([]);
  });

  it('takes back what arrived also where it was asked for again, and had not left again', async () => {
    await report();
    await deliver();
    const [raised] = receiver.taken;
    expect(await replay(hub.database, endpoint.id, ago(60), ago(0))).toBe(1);
    await tellAll(hub, takenBack(`W${next}`, ago(1)));
    await deliver();
    expect(receiver.taken.map(({ id }) => id)).toEqual([raised?.id, `${raised?.id}.recalled`]);
  });

  it('keeps what can be sent again for 90 days, whatever became of it, and an endpoint that was removed as long', async () => {
    await report();
    await deliver();
    receiver.answer = () => 410;
    await report();
    await deliver();
    const count = async (): Promise<number> =>
      (await hub.database.query('select from webhook_deliveries where endpoint = $1', [endpoint.id])).rowCount ?? 0;
    expect(await count()).toBe(2);
    const day = 86_400_000;
    await pruneDeliveries(hub.database, clock.now() + 89 * day);
    expect(await count()).toBe(2);
    await hub.database.query(
      `insert into webhook_deliveries (endpoint, notice, event, thread, urgency, state, created_at, due_at)
       select $1, gen_random_uuid(), 'raised', gen_random_uuid(), 'ordinary', 'delivered', $2, $2 from generate_series(1, 2500)`,
      [endpoint.id, ago(0)],
    );
    const [one, other] = await Promise.all(
      [1, 2].map(async () => pruneDeliveries(hub.database, clock.now() + 91 * day)),
    );
    expect((one ?? 0) + (other ?? 0)).toBeGreaterThanOrEqual(2_502);
    expect(await count()).toBe(0);
    await store.remove(endpoint.id);
    await pruneDeliveries(hub.database, clock.now());
    expect((await hub.database.query('select from webhook_endpoints where id = $1', [endpoint.id])).rowCount).toBe(0);
  });

  it('signs with both secrets while they change', async () => {
    const secret = await store.rotate(endpoint);
    await report();
    await deliver();
    for (const one of [secret, endpoint.secrets[0]!]) {
      expect(new Webhook(one).verify(receiver.came[0]!.body, receiver.came[0]!.headers)).toMatchObject({ data: {} });
    }
    const { rows } = await hub.database.query<{ sealed: Buffer }>('select sealed from webhook_endpoints');
    for (const { sealed } of rows) expect(sealed.toString('latin1')).not.toContain('whsec_');
  });

  it('gives all of it, in order within a thread, to one that comes back after a day; another is not kept waiting', async () => {
    const other = await openReceiver();
    await register('social-care', other.url);
    receiver.answer = () => 'cut';
    const child = await report();
    await tellAll(hub, found(child, `W${next}`, ago(1)));
    await report();
    await deliver(13, 2);
    expect(other.taken).toHaveLength(3);
    expect(await undelivered(hub.database, new Date(clock.now() - 23 * 3_600_000).toISOString())).toMatchObject([
      { id: endpoint.id, waiting: 3 },
    ]);
    receiver.answer = () => 204;
    await deliver(3, 2);
    expect(receiver.taken.map(({ id }) => id)).toEqual(expect.arrayContaining(other.taken.map(({ id }) => id)));
    expect(receiver.taken).toHaveLength(3);
    await other.close();
  });

  it('loses nothing and keeps the order of a thread, whatever fails, with two workers, one of which dies between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom<Answer>(204, 204, 500, 'cut', 'lie'), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 3 }),
        async (answers, threads) => {
          later = 0;
          receiver.came.length = 0;
          receiver.taken.length = 0;
          let turn = 0;
          receiver.answer = () => answers[turn++] ?? 204;
          for (let one = 0; one < threads; one += 1) {
            const child = await report();
            await tellAll(hub, allocated(child, 'casey.manager', ago(600)), found(child, `W${next}`, ago(1)));
          }
          const dying: TellingParts = {
            ...parts(),
            audit: {
              record: async (look) => {
                if (look.what === 'notice.delivered' && turn % 3 === 1) throw new Error('killed');
                await audit.record(look);
              },
            },
          };
          for (let round = 0; round < 20; round += 1) {
            await Promise.allSettled([tellOne(parts(), forever), round < 3 ? tellOne(dying, forever) : undefined]);
            // Whoever died loses its lease by the database's own clock.
            await hub.database.query(`update webhook_endpoints set lease_until = now() - interval '1 second'`);
            later += 3_600_000;
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

// Serials of the test range whose check digit there is.
function serial(n: number): number {
  const sum = (digits: string): number =>
    [...digits].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
  const usable = Array.from({ length: 90 }, (_, one) => one + 1).filter(
    (one) => (11 - (sum(`999000${String(11 * one).padStart(3, '0')}`) % 11)) % 11 !== 10,
  );
  return usable[n % usable.length] ?? 1;
}
