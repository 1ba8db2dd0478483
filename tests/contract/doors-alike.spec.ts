import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { UnsecuredJWT, decodeJwt } from 'jose';
import { doorNames, openBothDoors, tryingNames, type BothDoors, type Said } from './both-doors.js';
import { event, SECRETS, type Event } from './events.js';

describe('whichever door an event comes through', () => {
  let both: BothDoors;
  let said: Said[];
  beforeAll(async () => {
    both = await openBothDoors();
    said = [];
  });
  afterAll(async () => {
    const all = [...said.map(({ text }) => text), ...both.gateway.logs].join('\n');
    for (const secret of [...SECRETS, 'police-secret']) expect(all).not.toContain(secret);
    expect(all).not.toMatch(/node_modules|\bat \w+.*\.(ts|js):\d|eyJ[\w-]+\.eyJ/);
    await both.stop();
  });

  const count = async (): Promise<number | undefined> =>
    (await both.gateway.database.query<{ count: number }>('select count(*)::integer as count from receipts')).rows[0]
      ?.count;

  /** What every door says, having said it: the same. */
  async function everywhere(make: (door: string) => Event, authorization?: string): Promise<Said> {
    const answers: Said[] = [];
    for (const name of doorNames) {
      const answer = await both.doors[name](make(name), authorization);
      answers.push(answer);
      const { text: _, ...comparable } = answer;
      const { text: __, ...first } = answers[0]!;
      expect({ name, ...comparable }).toEqual({ name, ...first });
    }
    said.push(...answers);
    return answers[0]!;
  }

  /** How every door refuses an event, those where it is only tried as well: the same. */
  async function refusedEverywhere(make: (door: string) => Event, authorization?: string): Promise<Said> {
    const refused = await everywhere(make, authorization);
    for (const name of tryingNames) {
      const answer = await both.trying[name](make(name), authorization);
      said.push(answer);
      expect({ name, problem: answer.problem }).toEqual({ name, problem: refused.problem });
    }
    return refused;
  }

  it('it has one receipt, sent again or at once', async () => {
    const authorization = await both.bearer();
    const same = event();
    const first = await everywhere(() => same, authorization);
    expect(first.receipt).toEqual({
      id: expect.any(String),
      status: 'received',
      href: `/v1/receipts/${first.receipt?.id}`,
    });
    expect((await everywhere(() => same, authorization)).receipt).toEqual(first.receipt);
    const other = event({ time: '2026-03-01T09:30:00.5+01:00', recordedtime: '2026-03-02T00:00:00Z', handling: 'x' });
    const atOnce = await Promise.all(
      [...doorNames, ...doorNames].map(async (name) => both.doors[name](other, authorization)),
    );
    expect(new Set(atOnce.map(({ receipt }) => receipt?.id)).size).toBe(1);
  });

  it('other content under its id is a conflict, and the first stays', async () => {
    const authorization = await both.bearer();
    const first = event();
    const kept = await both.doors.PublishStream(first, authorization);
    const { problem } = await everywhere(() => ({ ...first, subject: 'nominal-1' }), authorization);
    expect(problem).toMatchObject({ type: '/problems/conflict', status: 409, pointer: '/id' });
    expect(problem?.detail).toContain(kept.receipt?.href);
    expect((await everywhere(() => first, authorization)).receipt).toEqual(kept.receipt);
  });

  it.each<[string, Event, number, string, string]>([
    ['no id', { id: undefined }, 400, 'broken-envelope', '/id'],
    ['an id with NUL', { id: 'a\0b' }, 400, 'broken-envelope', '/id'],
    ['an id without end', { id: 'x'.repeat(2_049) }, 400, 'broken-envelope', '/id'],
    ['another specversion', { specversion: '0.3' }, 400, 'broken-envelope', '/specversion'],
    ['no source', { source: undefined }, 400, 'broken-envelope', '/source'],
    ['no type', { type: undefined }, 400, 'broken-envelope', '/type'],
    ['an empty subject', { subject: '' }, 400, 'broken-envelope', '/subject'],
    ['a time that is none', { time: 'yesterday' }, 400, 'broken-envelope', '/time'],
    ['a recorded time that is none', { recordedtime: 'nominal-7731' }, 400, 'broken-envelope', '/recordedtime'],
    ['a content type that is none', { datacontenttype: 'json' }, 400, 'broken-envelope', '/datacontenttype'],
    ['an attribute in capitals', { recordedTime: '2026-02-20T10:00:00Z' }, 400, 'broken-envelope', '/recordedTime'],
    ['an attribute with a name like a path', { '../a~b': 'x' }, 400, 'broken-envelope', '/..~1a~0b'],
    ['another source', { source: 'court' }, 403, 'other-source', '/source'],
    ['another agency’s type', { type: 'hub.court.v1.Withdrawn' }, 403, 'other-agency', '/type'],
    ['the same, spelt otherwise', { type: 'hub.social-care.v1.Withdrawn' }, 403, 'other-agency', '/type'],
  ])('%s is refused alike, and not kept', async (_, more, status, code, pointer) => {
    const before = await count();
    const { problem } = await refusedEverywhere(() => event(more), await both.bearer());
    expect(problem).toMatchObject({ status, type: `/problems/${code}`, pointer });
    expect(await count()).toBe(before);
  });

  it('what is too large is refused alike', async () => {
    const { problem } = await refusedEverywhere(() => event({ data: 'x'.repeat(1_048_576) }), await both.bearer());
    expect(problem).toMatchObject({ status: 413, type: '/problems/too-large' });
  });

  it('a type that nobody knows is kept, for a person to look at', async () => {
    const unknown = event({ type: 'hub.police.v9.Told' });
    const { receipt } = await everywhere(() => unknown, await both.bearer());
    const claimed = await both.gateway.intake.claim(10_000, 0);
    const { message } = claimed.find((one) => one.receipt === receipt?.id)!;
    expect([message.format, message.attributes['id']]).toEqual(['hub.police.v9.Told', unknown['id']]);
  });

  it.each<[string, () => Promise<string | undefined>, number, string]>([
    ['no token', async () => undefined, 401, 'unauthorised'],
    [
      'another scheme',
      async () => `Basic ${Buffer.from('police:police-secret').toString('base64')}`,
      401,
      'unauthorised',
    ],
    ['nonsense', async () => 'Bearer nonsense', 401, 'unauthorised'],
    [
      'a token that is not signed',
      async () => `Bearer ${new UnsecuredJWT(decodeJwt(await both.gateway.token('police'))).encode()}`,
      401,
      'unauthorised',
    ],
    ['a token without the scope', async () => both.bearer('police', 'read'), 403, 'insufficient-scope'],
  ])('%s does not do', async (_, authorization, status, code) => {
    const before = await count();
    const { problem } = await refusedEverywhere(() => event(), await authorization());
    expect(problem).toMatchObject({ status, type: `/problems/${code}` });
    expect(await count()).toBe(before);
  });
});

describe('an event that is only tried', () => {
  it('comes to the same over gRPC as over HTTP, and nothing is kept', async () => {
    const both = await openBothDoors();
    try {
      const authorization = await both.bearer();
      for (const one of [
        event({ data: { reportReference: 'MR-1', risk: 'RISK_GRADE_HIGH', weather: 'rain' } }),
        event({ data: {} }),
        event({ type: 'hub.police.v9.Told' }),
        event({ type: 'hub.police.v1.Withdrawn', data: { messageId: 'm-1', reason: 'wrong child' } }),
      ]) {
        const { text: overHttp } = await both.trying.sandbox(one, authorization);
        const { text: overGrpc } = await both.trying.Try(one, authorization);
        const [http] = (JSON.parse(overHttp) as { results: [Tried] }).results;
        const grpc = JSON.parse(overGrpc) as GrpcTried;
        expect(comparable(grpc)).toEqual({
          ...http,
          facts: http.facts.map(({ occurred: { at }, ...fact }) => ({ ...fact, occurred: at })),
        });
        expect(overHttp).toContain('"status"');
      }
      const { rows } = await both.gateway.database.query('select 1 from receipts');
      expect(rows).toEqual([]);
    } finally {
      await both.stop();
    }
  });
});

interface Tried {
  readonly facts: readonly { readonly occurred: { readonly at: string }; readonly data?: object }[];
  readonly outcomes: readonly object[];
  readonly fields: readonly object[];
}

interface GrpcTried {
  readonly facts?: readonly { readonly data?: object }[];
  readonly outcomes?: readonly object[];
  readonly fields?: readonly { readonly read?: boolean }[];
}

// The JSON of protobuf leaves out what is empty or false, and says in an Any which message it is.
function comparable({ facts = [], outcomes = [], fields = [], ...tried }: GrpcTried): object {
  return {
    ...tried,
    outcomes,
    fields: fields.map((one) => ({ read: false, ...one })),
    facts: facts.map(({ data = {}, ...fact }) => ({
      ...fact,
      data: Object.fromEntries(Object.entries(data).filter(([name]) => name !== '@type')),
    })),
  };
}

describe('a hub that cannot keep up', () => {
  it('says so at every door, and when to come back', async () => {
    const both = await openBothDoors({ HUB_INTAKE_LIMIT: '2' });
    try {
      const authorization = await both.bearer();
      await both.doors.HTTP(event(), authorization);
      await both.doors.Publish(event({ id: randomUUID() }), authorization);
      for (const name of doorNames) {
        const { problem, retrySeconds } = await both.doors[name](event(), authorization);
        expect([name, problem?.status, problem?.type, retrySeconds]).toEqual([name, 503, '/problems/unavailable', 5]);
      }
      expect(await both.gateway.intake.claim(10, 60)).toHaveLength(2);
    } finally {
      await both.stop();
    }
  });
});
