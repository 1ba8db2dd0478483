import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import {
  domainEventTelling,
  immediateEvent,
  notification,
  queued,
  settledEvent,
  type SimulatedMovement,
} from '../../../libs/simulations/domain-event.js';
import { translate } from '../../../libs/adapters/registry.js';
import { retryCrossed } from '../../../libs/platform/records/waiting-store.js';
import { testNhsNumber, testPncId } from '../../../libs/simulations/people.js';
import type { Telling } from '../../../libs/simulations/telling.js';
import { openTestHub, type TestHub } from '../../../libs/testing/hub/hub.js';
import { factsShown, linksShown } from '../../../libs/testing/hub/shown.js';
import { missingReport } from '../../../libs/testing/messages/told.js';
import { verify } from '../../ops/verify/verify.js';
import { processBatch } from '../pipeline.js';
import { drain } from '../worker.loop.js';

const nomsNumber = 'A7101KF';
const child = { givenNames: 'Rowan', familyName: 'Ashdown', birthDate: '2009-04-02', nhsNumber: testNhsNumber(303) };
const received: SimulatedMovement = {
  direction: 'received',
  nomsNumber,
  occurredAt: '2026-02-03T18:20:00Z',
  prisonId: 'FHI',
};
const noticed = { ...received, occurredAt: '2026-02-03T18:22:10Z' };

const immediate = domainEventTelling('secure-estate', immediateEvent(noticed), notification(immediateEvent(noticed)));
const settled = told(settledEvent(received));
const claim = missingReport('claims the number', 'nominal-1', { ...child, nomsNumber });

function told(event: ReturnType<typeof settledEvent> | ReturnType<typeof immediateEvent>): Telling {
  return domainEventTelling('secure-estate', event, event);
}

describe('a record of which only a number is known', () => {
  let hub: TestHub;
  beforeEach(async () => {
    hub = await openTestHub();
  });
  afterEach(async () => {
    expect((await verify(hub, () => undefined)).problems).toEqual([]);
    await hub.close();
  });
  const send = async (...tellings: readonly Telling[]) => {
    const kept = await hub.keep(...tellings);
    await drain(hub);
    return Promise.all(kept.map(({ receipt }) => hub.status(receipt)));
  };
  const current = async () =>
    (await factsShown(hub))
      .filter(({ state, record }) => state === 'current' && record.startsWith('secure-estate'))
      .map(({ type, occurredAt, data }) => [type.split('.').at(-1), occurredAt, data?.['reasonCode']]);
  const settledEntry = [['ReceivedIntoCustody', '2026-02-03T18:20:00Z', 'N']];
  const both = [['police nominal-1', `secure-estate ${nomsNumber}`]];

  it('is held, and makes no child', async () => {
    expect(await send(immediate, settled)).toMatchObject([{ status: 'held' }, { status: 'held' }]);
    expect(await linksShown(hub)).toEqual([]);
    expect(await factsShown(hub)).toEqual([]);
  });

  it('is recorded by itself once another system claims the number', async () => {
    const [kept] = await hub.keep(settled);
    await drain(hub);
    await send(claim);
    expect(await linksShown(hub)).toEqual(both);
    expect(await current()).toEqual(settledEntry);
    expect(await hub.status(kept?.receipt ?? '')).toMatchObject({ status: 'recorded', shown: 'held' });
  });

  it('is recorded when the number was claimed before', async () => {
    await send(claim);
    await send(settled);
    expect(await linksShown(hub)).toEqual(both);
    expect(await current()).toEqual(settledEntry);
  });

  it('is recorded when both come at once', async () => {
    await send(settled, claim);
    expect(await linksShown(hub)).toEqual(both);
    expect(await current()).toEqual(settledEntry);
  });

  it('stays held where the number is of two children, and is recorded once it is of one', async () => {
    const other = { ...child, familyName: 'Else', birthDate: '2010-01-01', nhsNumber: testNhsNumber(404) };
    await send(claim, missingReport('claims it too', 'nominal-2', { ...other, nomsNumber }));
    const [kept] = await hub.keep(settled);
    await drain(hub);
    expect((await hub.status(kept?.receipt ?? '')).status).toBe('held');
    expect(await linksShown(hub)).toEqual([['police nominal-1'], ['police nominal-2']]);
    await send(withdrawn('claims it too'));
    expect(await linksShown(hub)).toEqual([...both, ['police nominal-2']].sort());
    expect((await hub.status(kept?.receipt ?? '')).status).toBe('recorded');
  });

  it('leaves the child when the claim is taken back, and comes again with it', async () => {
    const [kept] = await hub.keep(settled, claim);
    await drain(hub);
    await send(withdrawn('claims the number'));
    expect(await linksShown(hub)).toEqual([['police nominal-1']]);
    expect(await current()).toEqual([]);
    expect((await hub.status(kept?.receipt ?? '')).status).toBe('held');
    await send(missingReport('claims it again', 'nominal-1', { ...child, nomsNumber }));
    expect(await linksShown(hub)).toEqual(both);
    expect(await current()).toEqual(settledEntry);
  });

  it('leaves the child also when it was in hand while the claim was taken back', async () => {
    const released = settledEvent({ ...received, direction: 'released', occurredAt: '2026-02-09T09:00:00Z' });
    await send(claim, told(released));
    const [kept] = await hub.keep(settled);
    const inHand = await hub.intake.claim(10, 30);
    // Identified and stated already, and not yet in the log.
    const crossing = jest.spyOn(hub.log, 'revisions').mockImplementationOnce(async (streams) => {
      await send(withdrawn('claims the number'));
      return hub.log.revisions(streams);
    });
    await processBatch(inHand, hub, translate);
    crossing.mockRestore();
    await retryCrossed(hub.database, 'all');
    await drain(hub);
    expect(await current()).toEqual([]);
    expect((await hub.status(kept?.receipt ?? '')).status).toBe('held');
  });

  it('joins no two children, and says nothing of whose number it is', async () => {
    const other = { ...child, birthDate: '2010-01-01', nhsNumber: testNhsNumber(404), nomsNumber: 'A7102KF' };
    await send(claim, missingReport('another', 'nominal-2', other), settled);
    expect(await linksShown(hub)).toEqual([...both, ['police nominal-2']].sort());
  });

  it('ends the same, however it is wrapped, ordered and repeated', async () => {
    const wrapped = [settledEvent(received), notification(settledEvent(received)), queued(settledEvent(received))];
    await send(...wrapped.map((body) => domainEventTelling('secure-estate', settledEvent(received), body)), claim);
    expect(await current()).toEqual(settledEntry);
  });
});

function withdrawn(messageId: string): Telling {
  return {
    system: 'police',
    door: 'events',
    event: {
      specversion: '1.0',
      id: `withdraw ${messageId}`,
      source: 'police',
      type: 'hub.police.v1.Withdrawn',
      subject: 'any',
      time: '2026-03-02T10:00:00Z',
      datacontenttype: 'application/json',
      data: { messageId, reason: 'mistyped' },
    },
  };
}

describe('any order and repetition', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await openTestHub();
  });
  afterAll(async () => {
    await hub.close();
  });

  // Everything that can be said of one child's stay: told twice, a mistake and its repair, and whose the number is.
  const storyOf = (serial: number): readonly Telling[] => {
    const number = `A${1000 + serial}QZ`;
    const of = { ...received, nomsNumber: number };
    const released = { ...of, direction: 'released' as const, occurredAt: '2026-02-05T10:00:00Z' };
    const back = { ...of, occurredAt: '2026-02-05T10:20:00Z', reason: 'READMISSION' };
    const person = { birthDate: child.birthDate, pncId: testPncId(2025, 1000 + serial), nomsNumber: number };
    return [
      told(immediateEvent({ ...of, occurredAt: noticed.occurredAt })),
      told(settledEvent(of)),
      told(immediateEvent(released)),
      told(immediateEvent(back)),
      missingReport(`claim ${serial}`, `nominal ${serial}`, person, { data: { reportReference: `${serial}`, person } }),
    ];
  };

  it('of twins, of a mistake and its repair, and of the claim, ends in the same timeline', async () => {
    let serial = 0;
    const order = fc
      .tuple(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), fc.array(fc.nat({ max: 4 }), { maxLength: 4 }))
      .chain(([all, again]) => fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }));
    const pauses = fc.array(fc.boolean(), { minLength: 9, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(order, pauses, async (steps, pausing) => {
        serial++;
        const story = storyOf(serial);
        for (const [at, step] of steps.entries()) {
          const one = story[step];
          if (one) await hub.keep(one);
          if (pausing[at]) await drain(hub);
        }
        await drain(hub);
        const mine = (record: string) =>
          record.endsWith(` A${1000 + serial}QZ`) || record.endsWith(`nominal ${serial}`);
        const current = (await factsShown(hub)).filter(({ record, state }) => state === 'current' && mine(record));
        expect(current.map(({ type, occurredAt }) => `${type} ${occurredAt}`).toSorted()).toEqual([
          'hub.police.v1.MissingReported 2026-03-01T22:10:00Z',
          'hub.secure_estate.v1.ReceivedIntoCustody 2026-02-03T18:20:00Z',
        ]);
        const links = (await linksShown(hub)).filter((records) => records.some(mine));
        expect(links).toEqual([[`police nominal ${serial}`, `secure-estate A${1000 + serial}QZ`]]);
      }),
      { numRuns: 25 },
    );
  });
});
