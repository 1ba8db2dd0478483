import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drain } from '../../apps/worker/worker.loop.js';
import type { PartOutcome } from '../../libs/kernel/intake.js';
import { childhood } from '../../libs/simulations/childhood/childhood.js';
import { everyEvent, everyWithdrawal } from '../../libs/simulations/every-event/every-event.js';
import { testNhsNumber } from '../../libs/simulations/people.js';
import type { Telling } from '../../libs/simulations/telling.js';
import { agencyOfType } from '../../libs/contracts/catalogue.js';
import { BATCH, event, SECRETS, STRUCTURED } from './events.js';
import { startGateway, type Answer, type RunningGateway } from './running-gateway.js';

interface Tried {
  messageId: string;
  status: string;
  outcomes: PartOutcome[];
  facts: { type: string; record: string; data?: object }[];
}

const NOW = '2026-03-01T12:00:00Z';
const person = { givenNames: 'Rowan', familyName: 'Marsh', birthDate: '2010-05-05', nhsNumber: testNhsNumber(21) };
const simulations: Telling[] = [
  ...childhood(NOW),
  ...[...everyEvent(person, '2026-02-01T10:00:00Z'), ...everyWithdrawal('nothing-that-was-sent', NOW)].map(
    (told): Telling => ({ system: agencyOfType(told.type)!, door: 'events', event: told }),
  ),
];

describe('the sandbox', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(async () => gateway.stop());

  const send = async (telling: Telling, sandbox: string): Promise<Answer> =>
    telling.door === 'events'
      ? gateway.post(telling.system, `/v1${sandbox}/events`, STRUCTURED, JSON.stringify(telling.event))
      : gateway.post(
          telling.system,
          `/v1${sandbox}/native/${telling.system}`,
          { ...telling.headers, 'hub-format': telling.format },
          telling.body,
        );
  const tryOut = async (telling: Telling): Promise<Tried> => {
    const answer = await send(telling, '/sandbox');
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    return answer.json<{ results: [Tried] }>().results[0];
  };
  const everything = async (): Promise<Record<string, number>> => {
    const { database } = gateway;
    const { rows } = await database.query<{ name: string }>(
      `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'`,
    );
    const counts: Record<string, number> = {};
    for (const { name } of rows) {
      const { rows: counted } = await database.query<{ n: number }>(`select count(*)::integer as n from ${name}`);
      counts[name] = counted[0]?.n ?? -1;
    }
    return counts;
  };

  it('says of every simulation what its publisher will read in the receipt, and keeps nothing', async () => {
    const before = await everything();
    const foretold = [];
    for (const telling of simulations) foretold.push(await tryOut(telling));
    expect(await everything()).toEqual(before);
    expect(Object.keys(before)).toEqual(expect.arrayContaining(['receipts', 'messages', 'log_events', 'audit']));

    const receipts: string[] = [];
    for (const telling of simulations) {
      receipts.push((await send(telling, '')).json<{ receipts: [{ id: string }] }>().receipts[0].id);
    }
    await drain(gateway.parts);
    for (const [at, receipt] of receipts.entries()) {
      const telling = simulations[at]!;
      const authorization = `Bearer ${await gateway.token(telling.system, 'read')}`;
      const told = (await gateway.send('GET', `/v1/receipts/${receipt}`, { authorization })).json<Tried>();
      // Its publisher took it back, in another message.
      if (told.status === 'withdrawn') continue;
      const { messageId, status, outcomes } = foretold[at]!;
      expect({ messageId, status, outcomes }).toEqual({
        messageId: told.messageId,
        status: told.status,
        outcomes: told.outcomes.map(alone),
      });
    }
  }, 120_000);

  it('answers alike whether or not the hub knows the child', async () => {
    const unsure = simulations.filter(({ door }) => door === 'native');
    // By now it knows all of them.
    const known = [];
    for (const telling of unsure) known.push(await tryOut(telling));
    const empty = await startGateway();
    try {
      for (const [at, telling] of unsure.entries()) {
        const answer = await empty.post(
          telling.system,
          `/v1/sandbox/native/${telling.system}`,
          telling.door === 'native' ? { ...telling.headers, 'hub-format': telling.format } : {},
          telling.door === 'native' ? telling.body : '',
        );
        expect(answer.json()).toEqual({ results: [known[at]] });
      }
    } finally {
      await empty.stop();
    }
  }, 60_000);

  it('shows the facts of the message in the words of the contract', async () => {
    const [answer] = (
      await gateway.post(
        'police',
        '/v1/sandbox/events',
        STRUCTURED,
        JSON.stringify(event({ data: { reportReference: 'MR-1', risk: 'RISK_GRADE_HIGH' } })),
      )
    ).json<{ results: Tried[] }>().results;
    expect(answer).toMatchObject({
      status: 'recorded',
      facts: [
        {
          type: 'hub.police.v1.MissingReported',
          record: 'nominal-7731',
          occurred: { at: '2026-03-01T09:30:00Z', precision: 'instant' },
          data: { reportReference: 'MR-1', risk: 'RISK_GRADE_HIGH' },
        },
      ],
      fields: [
        { field: '/data/reportReference', read: true },
        { field: '/data/risk', read: true },
      ],
    });
  });

  it('refuses what the doors refuse, item by item in a batch', async () => {
    const bad = [event({ id: '' }), event({ source: 'court' }), event({ type: 'hub.court.v1.Withdrawn' })];
    for (const one of bad) {
      const [tried, real] = [
        await gateway.post('police', '/v1/sandbox/events', STRUCTURED, JSON.stringify(one)),
        await gateway.post('police', '/v1/events', STRUCTURED, JSON.stringify(one)),
      ].map((answer) => ({ status: answer.status, ...answer.json(), correlationId: '' }));
      // A batch in the sandbox and one event are answered alike but for the place.
      expect(tried).toEqual(real);
    }
    const batch = await gateway.post('police', '/v1/sandbox/events', BATCH, JSON.stringify([event(), ...bad]));
    expect(batch.status).toBe(207);
    expect(
      batch.json<{ results: { problem?: { pointer: string } }[] }>().results.map((one) => one.problem?.pointer),
    ).toEqual([undefined, '/1/id', '/2/source', '/3/type']);
    expect((await gateway.post('police', '/v1/sandbox/native/court', {}, 'x')).status).toBe(403);
    expect((await gateway.send('POST', '/v1/sandbox/events', STRUCTURED, '{}')).status).toBe(401);
    expect((await gateway.send('GET', '/v1/sandbox/events', {})).status).toBe(405);
    const authorization = `Bearer ${await gateway.token('police', 'read')}`;
    expect((await gateway.send('POST', '/v1/sandbox/events', { ...STRUCTURED, authorization }, '{}')).status).toBe(403);
  });

  it('logs nothing of what was tried', async () => {
    await gateway.post('police', '/v1/sandbox/events', STRUCTURED, JSON.stringify(event()));
    const logged = gateway.logs.join('\n');
    expect(logged).toContain('/v1/sandbox/events');
    for (const secret of [...SECRETS, 'Marsh']) expect(logged).not.toContain(secret);
  });
});

/** What else the hub has heard decides whether a fact is new to it, corrects another, or is old: the sandbox does not know. */
function alone({ eventId: _, ...part }: PartOutcome): PartOutcome {
  const depends = ['recorded', 'corrected', 'unchanged', 'historic'];
  return depends.includes(part.outcome) ? { ...part, outcome: 'recorded' } : part;
}
