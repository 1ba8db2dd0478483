import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { childhood } from '../../libs/simulations/childhood/childhood.js';
import { missingReturn } from '../../libs/simulations/missing-return.js';
import { testUuid } from '../../libs/simulations/people.js';
import type { Telling } from '../../libs/simulations/telling.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { factsShown, linksShown } from '../../libs/testing/hub/shown.js';
import { child, hearing, missingReport, results } from '../../libs/testing/messages/told.js';
import { defaultLoop, drain } from './worker.loop.js';

describe('from kept message to event', () => {
  let hub: TestHub;
  beforeEach(async () => {
    hub = await openTestHub();
  });
  afterEach(async () => {
    await hub.close();
  });

  const send = async (...tellings: Telling[]) => {
    const kept = await hub.keep(...tellings);
    await drain(hub);
    return Promise.all(kept.map((one) => hub.status(one.receipt)));
  };

  it('records every result of a child in court', async () => {
    const [receipt] = await send(hearing());
    expect(receipt).toMatchObject({
      status: 'recorded',
      shown: 'recorded',
      outcomes: [{ outcome: 'recorded' }, { outcome: 'recorded' }],
    });
    expect(await factsShown(hub)).toHaveLength(2);
  });

  it('unchanged when another message says the same, also in the same batch', async () => {
    await send(missingReport('a', 'n1', child), missingReport('b', 'n1', child));
    const [again] = await send(missingReport('c', 'n1', child));
    expect(again?.outcomes).toMatchObject([{ outcome: 'unchanged' }]);
    expect(await factsShown(hub)).toHaveLength(1);
  });

  it('a reshare changes one result and drops another', async () => {
    await send(hearing());
    const changed = { ...results.detention, label: 'Youth rehabilitation order', code: '1141' };
    const [receipt] = await send(hearing({ results: [changed], sharedTime: '2026-02-03T17:00:00Z', isReshare: true }));
    expect(receipt?.outcomes).toMatchObject([{ outcome: 'corrected' }]);
    const facts = await factsShown(hub);
    expect(facts.filter((fact) => fact.state === 'current')).toMatchObject([{ data: { resultCode: '1141' } }]);
    expect(facts.map((fact) => fact.state).sort()).toEqual(['current', 'superseded', 'withdrawn']);
  });

  it('ends the same when the reshare comes first', async () => {
    const reshare = hearing({ results: [results.detention], sharedTime: '2026-02-03T17:00:00Z', isReshare: true });
    await send(reshare);
    await send(hearing());
    const current = (await factsShown(hub)).filter((fact) => fact.state === 'current');
    expect(current).toMatchObject([{ data: { resultCode: '1081' } }]);
  });

  it('holds an adult, and records once the hub knows the child by an identifier', async () => {
    const grownUp = { ...child, birthDate: '2007-01-01' };
    const adult = hearing({
      defendants: [
        {
          id: testUuid(2),
          person: grownUp,
          offences: [{ id: testUuid(3), code: 'TH68010', title: 'Theft', results: [results.detention] }],
        },
      ],
    });
    const [kept] = await hub.keep(adult);
    await drain(hub);
    const before = await hub.status(kept?.receipt ?? '');
    expect(before).toMatchObject({ status: 'held', shown: 'held' });
    expect(await factsShown(hub)).toEqual([]);

    await send(missingReport('m', 'n1', { ...grownUp, birthDate: undefined, pncId: child.pncId }));
    const after = await hub.status(kept?.receipt ?? '');
    // Its publisher sees no difference: a receipt never says whom the hub knows.
    expect(after).toMatchObject({ status: 'recorded', shown: 'held' });
    expect((await linksShown(hub)).map((links) => links.length)).toEqual([2]);
  });

  it('takes back what a publisher withdraws, also when the withdrawal comes first', async () => {
    const withdrawal = (target: string): Telling => ({
      system: 'police',
      door: 'events',
      event: {
        specversion: '1.0',
        id: `w-${target}`,
        source: 'police',
        type: 'hub.police.v1.Withdrawn',
        subject: 'n1',
        time: '2026-03-02T08:00:00Z',
        datacontenttype: 'application/json',
        data: { messageId: target, reason: 'wrong child' },
      },
    });
    const [first] = await hub.keep(missingReport('m1', 'n1', child));
    await drain(hub);
    await send(withdrawal('m1'));
    expect(await hub.status(first?.receipt ?? '')).toMatchObject({ status: 'withdrawn' });
    expect((await factsShown(hub)).map((fact) => fact.state)).toEqual(['withdrawn']);

    await send(withdrawal('m2'));
    const [early] = await send(missingReport('m2', 'n1', child, { data: { reportReference: 'MR-2' } }));
    expect(early).toMatchObject({ status: 'withdrawn' });
    // Told and withdrawn, as if it had come in time: whoever asks what the police once said sees it.
    expect((await factsShown(hub)).map((fact) => fact.state)).toEqual(['withdrawn', 'withdrawn']);
    expect((await factsShown(hub)).filter((fact) => fact.state === 'current')).toEqual([]);
  });

  it('records an SSDA903 episode once, and its end as a correction', async () => {
    const file = (ended?: string): Telling => ({
      system: 'social-care',
      door: 'native',
      format: 'ssda903.missing',
      headers: {
        'content-type': 'text/csv',
        'hub-observed-at': ended === undefined ? '2026-01-10T00:00:00Z' : '2026-02-10T00:00:00Z',
      },
      body: missingReturn([
        {
          child: '4471',
          birthDate: '2011-04-02',
          kind: 'M',
          start: '2026-01-05',
          ...(ended === undefined ? {} : { end: ended }),
        },
      ]),
    });
    await send(file());
    await send(file('2026-01-09'));
    await send(file());
    const facts = await factsShown(hub);
    expect(facts.filter((fact) => fact.state === 'current')).toMatchObject([{ data: { endedOn: '2026-01-09' } }]);
    expect(facts).toHaveLength(2);
  });

  it('sets aside a part that breaks the contract and records the others', async () => {
    const broken = JSON.parse(JSON.stringify(hearing())) as { body: string };
    const body = JSON.parse(broken.body) as {
      hearing: {
        prosecutionCases: { defendants: { offences: { judicialResults: { judicialResultId: unknown }[] }[] }[] }[];
      };
    };
    const result = body.hearing.prosecutionCases[0]?.defendants[0]?.offences[0]?.judicialResults[0];
    if (result) result.judicialResultId = 7;
    const [receipt] = await send({ ...hearing(), body: JSON.stringify(body) } as Telling);
    expect(receipt?.status).toBe('partly-recorded');
    expect(await factsShown(hub)).toHaveLength(1);
  });

  it('the childhood sent in order, backwards, doubled and by two workers at once shows the same facts and links', async () => {
    const tellings = childhood('2026-05-01T12:00:00Z');
    await hub.keep(...tellings);
    await drain(hub);
    const straight = await shown(hub);

    const other = await openTestHub();
    try {
      await other.keep(...[...tellings].reverse());
      await other.keep(...tellings);
      await Promise.all([drain(other, small), drain(other, small), drain(other, small)]);
      expect(await shown(other)).toEqual(straight);
      // Everything translated once more: nothing changes.
      const events = await other.log.head();
      await other.database.query(`update receipts set status = 'received' where status <> 'withdrawn'`);
      await Promise.all([drain(other, small), drain(other, small)]);
      expect(await other.log.head()).toBe(events);
    } finally {
      await other.close();
    }
  });
});

const small = { ...defaultLoop, batch: 7 };

async function shown(hub: TestHub): Promise<unknown> {
  const facts = await factsShown(hub);
  return {
    facts: facts
      .filter((fact) => fact.state === 'current')
      .map(({ record, type, occurredAt, data }) => JSON.stringify({ record, type, occurredAt, data }))
      .sort(),
    // But for what is taken back: when that is read before its record is there, by two workers at once, it is not told.
    history: facts
      .filter(({ state }) => state !== 'withdrawn')
      .map(({ record, type, data }) => JSON.stringify({ record, type, data }))
      .sort(),
    links: await linksShown(hub),
  };
}
