import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  MissingFoundSchema,
  MissingReportedSchema,
  WithdrawnSchema,
} from '../../../libs/contracts/gen/hub/police/v1/police_pb.js';
import { canonicalEvent } from '../../../libs/simulations/cloud-event.js';
import { testNhsNumber } from '../../../libs/simulations/people.js';
import type { Telling } from '../../../libs/simulations/telling.js';
import { openTestHub, type TestHub } from '../../../libs/testing/hub/hub.js';
import { noRules, searching } from '../../../libs/testing/reactions/searching.js';
import { eraseChild } from '../../ops/erase/erase.js';
import { verify } from '../../ops/verify/verify.js';
import { linkByHand, unlinkByHand } from '../identify/by-hand.js';
import { drain } from '../worker.loop.js';
import { drainReactions } from './reaction.loop.js';
import type { Reactions } from './react.js';

const reactions: Reactions = { capabilities: [searching], rules: noRules };

let hub: TestHub;
let now = Date.parse('2026-05-01T20:00:00.000Z');
const following = new AbortController();
let projections: Promise<void>;
beforeAll(async () => {
  const opened = await openTestHub();
  hub = { ...opened, clock: { now: () => now } };
  projections = hub.projections.run(following.signal);
});
afterAll(async () => {
  following.abort();
  await projections;
  await hub.close();
});

const [open, withdrawnDuty] = ['duty search open', 'duty search withdrawn'];
const [told, recalled] = ['notice reported duty-officer told', 'notice reported duty-officer recalled'];

describe('the engine that keeps duties and notices true', () => {
  it('raises once what follows from a fact, however often it is looked at and by how many', async () => {
    const child = await tell(report('a1', 1, '2026-05-01T19:30:00Z'));
    await Promise.all([settle(), settle(), settle()]);
    expect(await raised(child)).toEqual(['duty search open', 'notice reported duty-officer told']);
    await wantAgain(child);
    await settle();
    expect(await said(child)).toEqual(['DutyRaised', 'NoticeRaised']);
    expect(await places(child)).toBe(1);
  });

  it('says that a duty is late when its instant comes, once, also when the clock steps back', async () => {
    const child = await tell(report('b1', 2, '2026-05-01T19:30:00Z'));
    now = Date.parse('2026-05-01T23:31:00.000Z');
    await settle();
    now = Date.parse('2026-05-01T22:00:00.000Z');
    await wantAgain(child);
    await settle();
    expect(await raised(child)).toEqual([
      'duty search overdue',
      'notice reminder duty-officer told',
      'notice reported duty-officer told',
    ]);
    // First told late: what is late by then is said with it.
    expect(await said(child)).toEqual(['DutyRaised', 'DutyOverdue', 'NoticeRaised', 'NoticeRaised']);
  });

  it('meets a duty, lets its reminder lapse, and takes the child off the board', async () => {
    const child = await tell(found('b2', 2, '2026-05-01T22:10:00Z'));
    await settle();
    expect(await raised(child)).toEqual([
      'duty search met',
      'notice reminder duty-officer lapsed',
      'notice reported duty-officer told',
    ]);
    expect(await places(child)).toBe(0);
  });

  it('recalls what was told when its publisher takes the report back', async () => {
    const child = await tell(report('c1', 3, '2026-05-01T21:30:00Z'));
    await settle();
    await tell(withdrawn('c2', 'c1'), child);
    await settle();
    expect(await raised(child)).toEqual(['duty search withdrawn', 'notice reported duty-officer recalled']);
  });

  it('tells nobody of what is long past when it comes', async () => {
    const child = await tell(report('d1', 4, '2026-03-01T21:30:00Z'));
    await settle();
    expect(await raised(child)).toEqual(['duty search overdue']);
  });

  it('withdraws and recalls of the one child, and raises of the other, when a record goes over', async () => {
    const right = await tell(report('e1', 5, '2026-05-01T21:30:00Z'));
    const wrong = await tell(report('f1', 6, '2026-05-01T21:40:00Z'));
    const record = await newestRecord(await tell(report('f2', 60, '2026-05-01T21:45:00Z')));
    await linkByHand(hub.database, record, wrong, { who: 'test', reason: 'the same' });
    await settle();
    expect(await raised(wrong)).toEqual([open, open, told, told]);
    await linkByHand(hub.database, record, right, { who: 'test', reason: 'the twin' });
    await settle();
    expect(await raised(wrong)).toEqual([open, withdrawnDuty, recalled, told]);
    expect(await raised(right)).toEqual([open, open, told, told]);
    const apart = await unlinkByHand(hub.database, record, right, { who: 'test', reason: 'neither' });
    await settle();
    expect(await raised(apart)).toEqual([open, told]);
    expect(await raised(right)).toEqual([open, withdrawnDuty, recalled, told]);
  });

  it('tells nobody twice when a provisional child turns out to be one that is known', async () => {
    const known = await tell(report('g1', 7, '2026-05-01T21:00:00Z'));
    const other = await tell(report('h1', 80, '2026-05-01T21:20:00Z'));
    await settle();
    const before = await noticeIds(other);
    await linkByHand(hub.database, await newestRecord(other), known, { who: 'test', reason: 'one child' });
    await settle();
    expect(await noticeIds(known)).toEqual(expect.arrayContaining(before));
    expect(await raised(known)).toEqual([open, open, told, told]);
    expect(await said(other)).toEqual(['DutyRaised', 'NoticeRaised', 'DutyWithdrawn', 'NoticeMoved']);
  });

  it('stands as a rebuild makes it, and verifies', async () => {
    const live = await everything();
    await hub.projections.rebuild('duties');
    await hub.projections.rebuild('notices');
    expect(await everything()).toEqual(live);
    expect((await verify(hub, () => undefined)).problems).toEqual([]);
  });

  it('leaves nothing that can be read of a child that was erased, and raises nothing of it again', async () => {
    const child = await tell(report('i1', 9, '2026-05-01T21:00:00Z'));
    await settle();
    await eraseChild({ child, reason: 'test', who: 'test', despiteHold: 'a test' }, hub);
    await wantAgain(child);
    await settle();
    expect(await raised(child)).toEqual([]);
    const { rows } = await hub.database.query('select from reactions where child = $1', [child]);
    expect(rows).toEqual([]);
    expect((await verify(hub, () => undefined)).problems).toEqual([]);
  });
});

function report(id: string, who: number, time: string, subject = `nominal-${who}`): Telling {
  const data = { reportReference: id.slice(0, 1) + subject, person: person(who) };
  return {
    system: 'police',
    door: 'events',
    event: canonicalEvent(MissingReportedSchema, { id, subject, time }, data),
  };
}

function found(id: string, who: number, time: string): Telling {
  const subject = `nominal-${who}`;
  const data = { reportReference: id.slice(0, 1) + subject, person: person(who) };
  return { system: 'police', door: 'events', event: canonicalEvent(MissingFoundSchema, { id, subject, time }, data) };
}

function withdrawn(id: string, messageId: string): Telling {
  const told = { id, subject: 'any', time: '2026-05-01T22:00:00Z' };
  return {
    system: 'police',
    door: 'events',
    event: canonicalEvent(WithdrawnSchema, told, { messageId, reason: 'error' }),
  };
}

/** From 50 on: of whom no number is known. */
function person(who: number) {
  const named = { givenNames: 'Ash', familyName: `Alder ${who}`, birthDate: '2011-02-03' };
  return who < 50 ? { ...named, nhsNumber: testNhsNumber(11 * who) } : named;
}

/** Publishes, records and projects; answers whose it is. */
async function tell(telling: Telling, child?: string): Promise<string> {
  const [kept] = await hub.keep(telling);
  await drain(hub);
  await hub.projections.settled();
  if (child !== undefined) return child;
  const { rows } = await hub.database.query<{ child: string }>(
    `select l.child from timeline t join links l on l.record = t.record and l.known_to = 'infinity' where t.receipt = $1`,
    [kept!.receipt],
  );
  return rows[0]!.child;
}

async function settle(): Promise<void> {
  await drainReactions(hub, reactions);
  await hub.projections.settled();
}

async function wantAgain(child: string): Promise<void> {
  await hub.database.query(`update reactions set due_at = '-infinity' where child = $1`, [child]);
}

async function raised(child: string): Promise<string[]> {
  const { rows } = await hub.database.query<{ said: string }>(
    `select 'duty ' || kind || ' ' || state as said from duties where record = $1
     union all select 'notice ' || kind || ' ' || to_role || ' ' || state from notices where record = $1 order by said`,
    [child],
  );
  return rows.map(({ said: one }) => one);
}

async function noticeIds(child: string): Promise<string[]> {
  const { rows } = await hub.database.query<{ key: string }>('select key from notices where record = $1', [child]);
  return rows.map(({ key }) => key);
}

async function said(child: string): Promise<string[]> {
  return (await hub.log.readStream(child)).map(({ type }) => type.replace('hub.duties.v1.', ''));
}

async function places(child: string): Promise<number> {
  return (await hub.database.query('select from board_places where child = $1', [child])).rowCount ?? 0;
}

async function everything(): Promise<object[]> {
  const { rows } = await hub.database.query<object>(
    'select key, record, kind, state from duties union all select key, record, kind, state from notices order by key',
  );
  return rows;
}

async function newestRecord(child: string): Promise<string> {
  const { rows } = await hub.database.query<{ record: string }>(
    `select l.record from links l join timeline t on t.record = l.record
     where l.child = $1 and l.known_to = 'infinity' order by t.position desc limit 1`,
    [child],
  );
  return rows[0]!.record;
}
