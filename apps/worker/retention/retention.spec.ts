import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { shownOutcomes } from '../../../libs/kernel/intake.js';
import { domainEventTelling, notification, settledEvent } from '../../../libs/simulations/domain-event.js';
import { testNhsNumber, testUuid } from '../../../libs/simulations/people.js';
import type { Telling } from '../../../libs/simulations/telling.js';
import { openTestHub, type TestHub } from '../../../libs/testing/hub/hub.js';
import { factsShown } from '../../../libs/testing/hub/shown.js';
import { child, hearing, missingReport, results } from '../../../libs/testing/messages/told.js';
import { putBack } from '../../ops/replay/put-back.js';
import { verify } from '../../ops/verify/verify.js';
import { drain } from '../worker.loop.js';
import { countExpired, destroyExpired } from './retention.js';

const day = 24 * 60 * 60 * 1000;
const nomsNumber = 'A7101KF';

function received(number: string): Telling {
  const event = settledEvent({
    direction: 'received',
    nomsNumber: number,
    occurredAt: '2026-02-03T18:20:00Z',
    prisonId: 'FHI',
  });
  return domainEventTelling('secure-estate', event, notification(event));
}
const adultInCourt = hearing({
  defendants: [
    {
      id: testUuid(2),
      person: { givenNames: 'Marlow', familyName: 'Quenby', birthDate: '2001-01-01' },
      offences: [{ id: testUuid(3), code: 'TH68010', title: 'Theft', results: [results.detention] }],
    },
  ],
});
const claim = missingReport('claims', 'nominal-1', { ...child, nomsNumber });

describe('what is held for want of a known child', () => {
  let hub: TestHub;
  beforeEach(async () => {
    hub = await openTestHub();
  });
  afterEach(async () => {
    expect((await verify(hub, () => undefined)).problems).toEqual([]);
    await hub.close();
  });
  const after = (days: number): TestHub => ({ ...hub, clock: { now: () => Date.now() + days * day } });
  const send = async (...tellings: readonly Telling[]) => {
    const kept = await hub.keep(...tellings);
    await drain(hub);
    return kept.map(({ receipt }) => receipt);
  };
  const left = async () => {
    const { rows } = await hub.database.query<{ messages: bigint; waiting: bigint; covers: bigint; keys: string[] }>(
      `select (select count(*) from messages) as messages, (select count(*) from waiting) as waiting,
              (select count(*) from covers) as covers, array(select key_id::text from receipts) as keys`,
    );
    const [row] = rows;
    return {
      messages: Number(row?.messages),
      waiting: Number(row?.waiting),
      covers: Number(row?.covers),
      keys: (await hub.keys.find(row?.keys ?? [])).size,
    };
  };

  it('is destroyed when its time is over, key and message; the receipt stays and says so', async () => {
    const [prison = '', court = ''] = await send(received(nomsNumber), adultInCourt);
    expect(await countExpired(after(89))).toBe(0);
    expect(await destroyExpired(after(89))).toBe(0);
    expect((await left()).messages).toBe(2);

    expect(await countExpired(after(91))).toBe(2);
    expect(await destroyExpired(after(91))).toBe(2);
    expect(await left()).toEqual({ messages: 0, waiting: 0, covers: 0, keys: 0 });
    for (const receipt of [prison, court]) {
      expect(await hub.status(receipt)).toMatchObject({
        status: 'ignored',
        outcomes: [{ outcome: 'ignored', reason: 'retention' }],
      });
    }
    expect(await destroyExpired(after(91))).toBe(0);
    const counted = await hub.metrics.heldDestroyed.get();
    expect(counted.values.map(({ labels, value }) => [labels.system, value]).toSorted()).toEqual([
      ['court', 1],
      ['secure-estate', 1],
    ]);
  });

  it('is answered with the same receipt when it is sent again, and comes back by no way', async () => {
    const [receipt] = await send(received(nomsNumber));
    await destroyExpired(after(91));
    expect(await hub.keep(received(nomsNumber))).toEqual([{ outcome: 'repeated', receipt, status: 'held' }]);
    await send(claim);
    expect(await putBack(hub.database, { system: 'secure-estate', days: 30, who: 'test' })).toBe(0);
    await drain(hub);
    expect((await factsShown(hub)).map(({ record }) => record)).toEqual(['police nominal-1']);
    expect((await hub.status(receipt ?? '')).status).toBe('ignored');
  });

  it('shows its publisher no difference to one that was recorded', async () => {
    const [known = '', unknown = ''] = await send(received(nomsNumber), received('A7102KF'), claim);
    const before = await hub.status(known);
    expect(before).toMatchObject({ status: 'recorded', shown: 'held' });
    await destroyExpired(after(91));
    const destroyed = await hub.status(unknown);
    expect(destroyed.shown).toBe('held');
    expect(shownOutcomes(destroyed.outcomes)).toEqual(shownOutcomes(before.outcomes));
  });

  it('is the only thing destroyed: not what waits for a person, for another reason, or was ever recorded', async () => {
    const unreadable = domainEventTelling('secure-estate', { eventType: 'hmpps.domain-event', occurredAt: '' }, {});
    const withoutOffence = hearing({ defendants: [], results: [] });
    const kept = await send(unreadable, withoutOffence, claim, received(nomsNumber));
    await send({
      system: 'police',
      door: 'events',
      event: {
        specversion: '1.0',
        id: 'withdraws',
        source: 'police',
        type: 'hub.police.v1.Withdrawn',
        subject: 'any',
        time: '2026-03-02T10:00:00Z',
        datacontenttype: 'application/json',
        data: { messageId: 'claims', reason: 'mistyped' },
      },
    });
    const statuses = () => Promise.all(kept.map(async (receipt) => (await hub.status(receipt)).status));
    const before = await statuses();
    // Held again: the number is nobody's any more. But an event in the log names this receipt.
    expect(before.at(-1)).toBe('held');
    const { messages } = await left();
    expect(await destroyExpired(after(400))).toBe(0);
    expect(await statuses()).toEqual(before);
    expect((await left()).messages).toBe(messages);
  });

  it('by two workers at once, and while one becomes placeable, is destroyed or recorded, and counted once', async () => {
    const numbers = Array.from({ length: 30 }, (_, at) => `A${7200 + at}KF`);
    const kept = await send(...numbers.map(received));
    const claims = numbers.slice(0, 15).map((number, at) => {
      const person = { birthDate: child.birthDate, nomsNumber: number };
      return missingReport(`claim ${at}`, `nominal ${at}`, person, { data: { reportReference: `MR-${at}`, person } });
    });
    const [one, other] = await Promise.all([
      destroyExpired(after(91)),
      destroyExpired(after(91)),
      hub.keep(...claims).then(() => drain(hub)),
    ]);
    await drain(hub);
    const found = await Promise.all(kept.map(async (receipt) => (await hub.status(receipt)).status));
    const count = (status: string) => found.filter((one) => one === status).length;
    expect(count('ignored')).toBe(one + other);
    expect(count('ignored') + count('recorded')).toBe(30);
    const recorded = (await factsShown(hub)).filter(({ record }) => record.startsWith('secure-estate'));
    expect(recorded).toHaveLength(count('recorded'));
  });

  it('broken off after the mark, is finished the next time', async () => {
    await send(received(nomsNumber));
    const broken = {
      ...after(91),
      keys: { ...hub.keys, destroy: () => Promise.reject(new Error('the key store is away')) },
    };
    await expect(destroyExpired(broken)).rejects.toThrow('away');
    expect(await left()).toMatchObject({ messages: 1, keys: 1 });
    await destroyExpired(after(91));
    expect(await left()).toMatchObject({ messages: 0, keys: 0 });
  });

  it('takes along the record of a number that was never clearly one child’s', async () => {
    const other = { ...child, birthDate: '2012-01-01', nhsNumber: testNhsNumber(404), pncId: '', nomsNumber };
    await send(claim, missingReport('claims too', 'nominal-2', other), received(nomsNumber));
    const unplaced = async () => (await hub.database.query('select from records where only_if_known')).rowCount;
    expect(await unplaced()).toBe(1);
    await destroyExpired(after(91));
    expect(await unplaced()).toBe(0);
  });
});
