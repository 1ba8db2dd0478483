import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { translate } from '../../libs/adapters/registry.js';
import { encode } from '../../libs/contracts/catalogue.js';
import { ResultRecordedSchema } from '../../libs/contracts/gen/hub/court/v1/court_pb.js';
import type { Message } from '../../libs/kernel/fact.js';
import { translated, type Item, type Translation } from '../../libs/kernel/outcome.js';
import { QuarantineDesk } from '../../libs/platform/intake/postgres/quarantine-desk.js';
import { hearingResulted, type SimulatedHearing } from '../../libs/simulations/hearing-resulted.js';
import { missingReturn } from '../../libs/simulations/missing-return.js';
import { testNhsNumber, testPncId, testUuid, type Simulated } from '../../libs/simulations/people.js';
import type { Telling } from '../../libs/simulations/telling.js';
import { childhood } from '../../libs/simulations/childhood/childhood.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { factsShown, linksShown } from '../../libs/testing/hub/shown.js';
import { defaultLoop, drain } from './worker.loop.js';

const child: Simulated = {
  givenNames: 'Rowan',
  familyName: 'Ashdown',
  birthDate: '2011-04-02',
  nhsNumber: testNhsNumber(303),
  pncId: testPncId(2025, 77),
};

const results = {
  detention: { id: testUuid(31), code: '1081', label: 'Detention and training order' },
  costs: { id: testUuid(32), code: '1083', label: 'Reparation order' },
};

function hearing(change: Partial<SimulatedHearing> & { results?: (typeof results)['detention'][] } = {}): Telling {
  const body = hearingResulted({
    id: testUuid(1),
    day: '2026-02-03',
    sharedTime: '2026-02-03T15:00:00Z',
    defendants: [
      {
        id: testUuid(2),
        person: child,
        offences: [
          {
            id: testUuid(3),
            code: 'TH68010',
            title: 'Theft',
            results: change.results ?? [results.detention, results.costs],
          },
        ],
      },
    ],
    ...change,
  });
  return {
    system: 'court',
    door: 'native',
    format: 'public.events.hearing.hearing-resulted',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

function missing(id: string, subject: string, person: object, more: object = {}): Telling {
  return {
    system: 'police',
    door: 'events',
    event: {
      specversion: '1.0',
      id,
      source: 'police',
      type: 'hub.police.v1.MissingReported',
      subject,
      time: '2026-03-01T22:10:00Z',
      datacontenttype: 'application/json',
      data: { reportReference: 'MR-1', risk: 'RISK_GRADE_HIGH', person: { ...person } },
      ...more,
    },
  };
}

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
    await send(missing('a', 'n1', child), missing('b', 'n1', child));
    const [again] = await send(missing('c', 'n1', child));
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

    await send(missing('m', 'n1', { ...grownUp, birthDate: undefined, pncId: child.pncId }));
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
    const [first] = await hub.keep(missing('m1', 'n1', child));
    await drain(hub);
    await send(withdrawal('m1'));
    expect(await hub.status(first?.receipt ?? '')).toMatchObject({ status: 'withdrawn' });
    expect((await factsShown(hub)).map((fact) => fact.state)).toEqual(['withdrawn']);

    await send(withdrawal('m2'));
    const [early] = await send(missing('m2', 'n1', child, { data: { reportReference: 'MR-2' } }));
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

  it('mending an adapter and retrying corrects what it had got wrong', async () => {
    // Reads every result as another, loses the second, and invents one: three ways to be wrong.
    const faulty = (message: Message): Translation => {
      const { items, covers } = translate(message);
      const [first, ...others] = items.flatMap((item) => (item.outcome === 'fact' ? [item.fact] : []));
      if (!first) return { items, covers };
      const wrong = { ...first, data: encode(ResultRecordedSchema, { hearingId: 'x', resultCode: '9999' }) };
      const invented = { ...first, key: [...first.key, 'invented'] };
      return translated(others.length > 0 ? [wrong, invented] : [wrong], covers);
    };
    const [kept] = await hub.keep(hearing());
    await drain(hub, { ...defaultLoop, translate: faulty });
    const receipt = kept?.receipt ?? '';
    expect((await factsShown(hub)).filter((fact) => fact.state === 'current')).toHaveLength(2);

    const desk = new QuarantineDesk(hub.database, hub.keys);
    await desk.retry([receipt], { who: 'operator:test', reason: 'the adapter was mended' });
    await drain(hub);

    const facts = await factsShown(hub);
    const current = facts.filter((fact) => fact.state === 'current').map((fact) => fact.data?.['resultCode']);
    expect(current.sort()).toEqual(['1081', '1083']);
    expect(facts.map((fact) => fact.state).sort()).toEqual(['current', 'current', 'superseded', 'withdrawn']);
    expect(await hub.status(receipt)).toMatchObject({
      status: 'recorded',
      outcomes: [{ outcome: 'corrected' }, { outcome: 'recorded' }],
    });

    // And once more: there is nothing left to correct.
    const head = await hub.log.head();
    await desk.retry([receipt], { who: 'operator:test', reason: 'to be sure' });
    await drain(hub);
    expect(await hub.log.head()).toBe(head);
  });

  it('one message that cannot be recorded does not hold up the others, and is put before a person', async () => {
    const [bad, good] = await hub.keep(
      missing('bad', 'n1', child),
      missing('good', 'n2', { ...child, nhsNumber: testNhsNumber(404), pncId: testPncId(2025, 78) }),
    );
    const failing = (message: Message): Translation => {
      const { items, covers } = translate(message);
      // PostgreSQL refuses the time, as it would anything an adapter let through by mistake.
      const break_ = (item: Item): Item =>
        item.outcome === 'fact' ? { ...item, fact: { ...item.fact, statedAt: 'never' } } : item;
      return message.attributes['id'] === 'bad' ? { items: items.map(break_), covers } : { items, covers };
    };
    for (const _ of [1, 2, 3, 4]) {
      await drain(hub, { ...defaultLoop, leaseSeconds: 0, translate: failing }).catch(() => 0);
    }
    expect((await hub.status(good?.receipt ?? '')).status).toBe('recorded');
    expect(await hub.status(bad?.receipt ?? '')).toMatchObject({
      status: 'quarantined',
      outcomes: [{ reason: 'not-recordable' }],
    });
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
    history: facts.map(({ record, type, data }) => JSON.stringify({ record, type, data })).sort(),
    links: await linksShown(hub),
  };
}
