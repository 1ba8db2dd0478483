import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { crimeRecordSeen, type SimulatedCrimeRecord } from '../../../libs/simulations/crime-record.js';
import { testNhsNumber } from '../../../libs/simulations/people.js';
import type { Telling } from '../../../libs/simulations/telling.js';
import { openTestHub, type TestHub } from '../../../libs/testing/hub/hub.js';
import { factsShown } from '../../../libs/testing/hub/shown.js';
import {
  again,
  changes,
  day,
  first,
  second,
  seen,
  third,
  withdrawn,
} from '../../../libs/testing/messages/crime-records.js';
import { verify } from '../../ops/verify/verify.js';
import { defaultLoop, drain } from '../worker.loop.js';

/** Messages with snapshots, through intake, worker and log, on real PostgreSQL. */
describe('the snapshots of a record', () => {
  let hub: TestHub;
  beforeEach(async () => {
    hub = await openTestHub();
  });
  afterEach(async () => {
    expect((await verify(hub, () => undefined)).problems).toEqual([]);
    await hub.close();
  });
  const send = async (...tellings: Telling[]) => {
    const kept = await hub.keep(...tellings);
    await drain(hub);
    return kept.map((one) => one.receipt);
  };

  it('are recorded whole, each, and say what changed at their own time', async () => {
    await send(seen(1, first), seen(2, second), seen(3, third));
    const facts = await factsShown(hub);
    expect(facts.filter(({ type }) => type === 'hub.police.v1.CrimeRecordObserved')).toHaveLength(3);
    expect(changes(facts)).toEqual([
      '2026-01-05 MissingEpisodeListed 2026-01-05',
      '2026-03-01 PoliceMarkerChanged Dog at the address',
      '2026-03-01 RiskFlagChanged RISK_CRIMINAL_EXPLOITATION no',
      '2026-03-02 ActiveStatusChanged Open to the youth justice service',
      '2026-03-02 ReturnInterviewNoted 2026-01-05 attended',
      '2026-03-02 RiskFlagChanged RISK_CRIMINAL_EXPLOITATION yes',
      '2026-03-03 ActiveStatusChanged Open to the youth justice service ended',
      '2026-03-03 PoliceMarkerChanged Weapons seen at the address',
    ]);
    expect(new Set(facts.map(({ state }) => state))).toEqual(new Set(['current']));
  });

  it('every order of three, each twice, one by one, ends the same', async () => {
    const all = [first, second, third];
    const told = orders([0, 1, 2]).map((order, run) => {
      const about = testSubject(run);
      const messages = order.map((at) => crimeRecordSeen(`${about} ${at}`, about, day(at + 1), all[at] ?? {}));
      return { about, messages: [...messages, ...messages.map(again).reverse()] };
    });
    for (const step of [0, 1, 2, 3, 4, 5])
      await send(...told.flatMap(({ messages }) => messages.slice(step, step + 1)));
    const facts = await factsShown(hub);
    const of = told.map(({ about }) => changes(facts.filter(({ record }) => record === `police ${about}`)));
    expect(of[0]).toHaveLength(8);
    expect(new Set(of.map((lines) => lines.join('\n'))).size).toBe(1);
  });

  it('by three workers at once, in small batches, ends the same, and nothing is told twice', async () => {
    const all = [seen(1, first), seen(2, second), seen(3, third), seen(4, first), seen(5, second), seen(6, third)];
    await send(...all);
    const straight = changes(await factsShown(hub));
    const other = await openTestHub();
    try {
      await other.keep(...all.toReversed(), ...all.map(again));
      const small = { ...defaultLoop, batch: 2 };
      await Promise.all([drain(other, small), drain(other, small), drain(other, small)]);
      expect(changes(await factsShown(other))).toEqual(straight);
      expect((await verify(other, () => undefined)).problems).toEqual([]);
      const before = await other.log.head();
      await other.database.query(`update receipts set status = 'received'`);
      await Promise.all([drain(other, small), drain(other, small)]);
      expect(await other.log.head()).toBe(before);
    } finally {
      await other.close();
    }
  });

  it('whatever they say and in whatever order they come, the current facts are those of the source’s order', async () => {
    const record = fc.record(
      {
        marker: fc.constantFrom('A', 'B'),
        risks: fc.record({ criminal: fc.boolean(), radicalisation: fc.boolean() }, { requiredKeys: [] }),
        services: fc.subarray(['Police', 'Youth justice service']),
        episodes: fc.constantFrom([], [{ date: '2026-01-05' }], [{ date: '2026-01-05', interviewed: true }]),
        statuses: fc.constantFrom([], [{ status: 'Open' }], [{ status: 'Open', plan: 'P' }]),
      },
      { requiredKeys: [] },
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 2, maxLength: 5 }),
        fc.infiniteStream(fc.nat()),
        fc.nat({ max: 4 }),
        async (records, random, gone) => {
          // Each on two records of its own: one hears them in order, the other as they come, with one taken back.
          const [one, two] = [testSubject(++run), testSubject(++run)];
          const telling = (about: string) => (said: SimulatedCrimeRecord, at: number) =>
            crimeRecordSeen(`${about} ${at}`, about, day(at + 1), said);
          const standing = records.map((said, at) => [said, at] as const).filter(([, at]) => at !== gone);
          for (const [said, at] of standing) await hub.keep(telling(one)(said, at));
          const mixed = shuffled(records.map(telling(two)), random);
          for (const [at, message] of mixed.entries()) {
            await hub.keep(message);
            if (at % 2 === 0) await drain(hub);
          }
          if (gone < records.length) await hub.keep(withdrawn(`${two} ${gone}`));
          await drain(hub);
          const facts = await factsShown(hub);
          expect(changes(facts.filter((fact) => fact.record === `police ${two}`))).toEqual(
            changes(facts.filter((fact) => fact.record === `police ${one}`)),
          );
        },
      ),
      { numRuns: 8 },
    );
  });

  it('one that says nothing new changes nothing but that it was seen', async () => {
    await send(seen(1, first));
    const before = changes(await factsShown(hub));
    const [receipt] = await send(seen(2, first));
    expect(changes(await factsShown(hub))).toEqual(before);
    expect(await hub.status(receipt ?? '')).toMatchObject({ status: 'recorded', outcomes: [{ outcome: 'recorded' }] });
  });

  it('the same one sent again under another id is not recorded again', async () => {
    await send(seen(1, first));
    const head = await hub.log.head();
    const [receipt] = await send(again(seen(1, first)));
    expect(await hub.log.head()).toBe(head);
    expect(await hub.status(receipt ?? '')).toMatchObject({ outcomes: [{ outcome: 'unchanged' }] });
  });

  it('a field that disappears is not over, and is no news when it is back', async () => {
    await send(seen(1, first));
    const before = changes(await factsShown(hub));
    await send(seen(2, {}), seen(3, first));
    expect(changes(await factsShown(hub))).toEqual(before);
  });

  it('a late one between two takes its share of what was thought to have changed later', async () => {
    await send(seen(1, { marker: 'A' }), seen(5, { marker: 'C', risks: { gangs: true } }));
    await send(seen(3, { marker: 'B', risks: { gangs: true } }));
    const facts = await factsShown(hub);
    expect(changes(facts)).toEqual([
      '2026-03-01 PoliceMarkerChanged A',
      '2026-03-03 PoliceMarkerChanged B',
      '2026-03-03 RiskFlagChanged RISK_GANGS_AND_YOUTH_VIOLENCE yes',
      '2026-03-05 PoliceMarkerChanged C',
    ]);
    // What had been believed until then stays to be read.
    expect(facts.filter(({ state }) => state === 'withdrawn').map(({ type }) => type)).toEqual([
      'hub.police.v1.RiskFlagChanged',
    ]);
  });

  it('a late one reaches past those that say nothing of its field', async () => {
    await send(seen(1, { marker: 'A' }), seen(3, {}), seen(5, { marker: 'A' }));
    await send(seen(2, { marker: 'B' }));
    expect(changes(await factsShown(hub))).toEqual([
      '2026-03-01 PoliceMarkerChanged A',
      '2026-03-02 PoliceMarkerChanged B',
      '2026-03-05 PoliceMarkerChanged A',
    ]);
  });

  it('are compared within one record only', async () => {
    await send(seen(1, first), crimeRecordSeen('other', `nhs:${testNhsNumber(404)}`, day(2), first));
    const of = Map.groupBy(await factsShown(hub), ({ record }) => record);
    expect([...of.values()].map((facts) => facts.length)).toEqual([4, 4]);
  });
});

function orders<T>(list: readonly T[]): T[][] {
  if (list.length === 0) return [[]];
  return list.flatMap((one, at) => orders(list.toSpliced(at, 1)).map((rest) => [one, ...rest]));
}

function shuffled<T>(list: readonly T[], random: Iterator<number>): T[] {
  return list
    .map((one) => ({ one, key: Number(random.next().value) }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one);
}

// Opaque: records of nobody's number, so that each stays alone.
function testSubject(run: number): string {
  return `custodian-record-${run}`;
}
