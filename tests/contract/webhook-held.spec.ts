import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { linkByHand } from '../../apps/worker/identify/by-hand.js';
import type { Endpoint } from '../../libs/platform/notifications/endpoint-store.js';
import type { Receiver } from '../../libs/testing/http/receiver.js';
import type { TestHub } from '../../libs/testing/hub/hub.js';
import { allocated, deriveAll, found, recordAll, takenBack, tellAll } from './notified.js';
import { openTellingHub, type TellingHub } from './telling-hub.js';

jest.setTimeout(90_000);

describe('a message of a child that the engine has still to derive', () => {
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

  it('is kept where its child became another, in its order, and told under the same id once that one is derived', async () => {
    const { child, ref } = await telling.report();
    await tellAll(hub, found(child, ref, telling.ago(1)));
    const mine = await newest(2);
    const known = { who: 42, familyName: 'Quarrington 42' };
    await tellAll(hub, allocated(known, 'casey.manager', telling.ago(600)));
    await telling.report();
    const [other] = await newest(1);
    await linkByHand(hub.database, await recordOf(mine[0]!), await childOfCase(), decision);
    await telling.deliver();
    // Nobody else waits for it.
    expect(receiver.taken.map(({ id }) => id)).toEqual([other!.id]);
    await lookAgain();
    expect(receiver.taken).toHaveLength(1);
    await deriveAll(hub);
    await lookAgain();
    expect(receiver.taken.map(({ id }) => id)).toEqual([other!.id, ...mine.map(({ id }) => id)]);
    await lookAgain();
    expect(receiver.came).toHaveLength(3);
  });

  it('is kept where it stands again, its record having come back before anybody looked', async () => {
    await telling.report();
    const [mine] = await newest(1);
    await telling.report();
    const [other] = await newest(1);
    const record = await recordOf(mine!);
    await linkByHand(hub.database, record, other!.child, decision);
    await telling.deliver();
    await linkByHand(hub.database, record, mine!.child, decision);
    await deriveAll(hub);
    await lookAgain();
    expect(receiver.taken.map(({ id }) => id)).toEqual([other!.id, mine!.id]);
  });

  it('is dropped where it turns out to be taken back, and what else waits goes on', async () => {
    const { ref } = await telling.report();
    const [mine] = await newest(1);
    await recordAll(hub, takenBack(ref, telling.ago(1)));
    await telling.deliver();
    expect(await statesOf(mine!)).toEqual(['pending']);
    await deriveAll(hub);
    await lookAgain();
    expect(await statesOf(mine!)).toEqual(['dropped']);
    await telling.report();
    await telling.deliver();
    expect(receiver.came).toHaveLength(1);
  });

  it('is looked at as often as it takes, and no look is an attempt to send it', async () => {
    const { ref } = await telling.report();
    const [mine] = await newest(1);
    await recordAll(hub, takenBack(ref, telling.ago(1)));
    for (let look = 0; look < 12; look += 1) await lookAgain(600_000);
    const { rows } = await hub.database.query<object>(
      'select attempts, first_at, waits from webhook_deliveries where endpoint = $1 and notice = $2',
      [endpoint.id, mine!.id],
    );
    expect(rows).toEqual([{ attempts: 0, first_at: null, waits: 12 }]);
  });

  const decision = { who: 'test', reason: 'a twin' };

  async function lookAgain(ms = 60_000): Promise<void> {
    telling.later += ms;
    await telling.deliver();
  }

  async function newest(count: number): Promise<{ id: string; child: string }[]> {
    const { rows } = await hub.database.query<{ id: string; child: string }>(
      `select key as id, record as child from notices where to_agency = 'social-care' and state = 'told'
       order by position desc limit $1`,
      [count],
    );
    return rows.toReversed();
  }

  async function recordOf({ child }: { child: string }): Promise<string> {
    const { rows } = await hub.database.query<{ record: string }>(
      `select record from links where child = $1 and known_to = 'infinity'`,
      [child],
    );
    expect(rows).toHaveLength(1);
    return rows[0]!.record;
  }

  /** The child that the case system knows, the only one it does. */
  async function childOfCase(): Promise<string> {
    const { rows } = await hub.database.query<{ child: string }>(
      `select l.child from links l join records r on r.stream = l.record where r.system = 'yos' and l.known_to = 'infinity'`,
    );
    expect(rows).toHaveLength(1);
    return rows[0]!.child;
  }

  async function statesOf({ id }: { id: string }): Promise<string[]> {
    const { rows } = await hub.database.query<{ state: string }>(
      'select state from webhook_deliveries where endpoint = $1 and notice = $2',
      [endpoint.id, id],
    );
    return rows.map(({ state }) => state);
  }
});
