import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MissingReportedSchema } from '../../../libs/contracts/gen/hub/police/v1/police_pb.js';
import { defineCapability } from '../../../libs/kernel/capability.js';
import { canonicalEvent } from '../../../libs/simulations/cloud-event.js';
import { testNhsNumber } from '../../../libs/simulations/people.js';
import { openTestHub, type TestHub } from '../../../libs/testing/hub/hub.js';
import { noRules, searching } from '../../../libs/testing/reactions/searching.js';
import { eraseChild } from '../../ops/erase/erase.js';
import { drain } from '../worker.loop.js';
import { drainReactions, runReactions } from './reaction.loop.js';
import type { Reactions } from './react.js';

const older: Reactions = { capabilities: [searching], rules: noRules };
const newer: Reactions = { capabilities: [{ ...searching, version: 2 }], rules: noRules };

let hub: TestHub;
let now: number;
let stop: AbortController;
let following: Promise<void>;
beforeEach(async () => {
  stop = new AbortController();
  now = Date.parse('2026-05-01T20:00:00.000Z');
  hub = await openTestHub({ now: () => now });
  await hub.projections.prepare();
  following = hub.projections.run(stop.signal);
});
afterEach(async () => {
  stop.abort();
  await following;
  await hub.close();
});

describe('engines that overlap', () => {
  it('of two versions only one derives: the newer from when the last process of the older has gone', async () => {
    const [ending, running] = [new AbortController(), new AbortController()];
    const first = runReactions(hub, ending.signal, older);
    await until(async () => (await current()) === 'searching:1 1');
    const second = runReactions(hub, running.signal, newer);
    await tell('a', 1);
    await until(async () => (await raised()) === 2);
    expect(await current()).toBe('searching:1 1');
    expect(await drainReactions(hub, newer)).toBe(0);
    ending.abort();
    await first;
    await until(async () => (await current()) === 'searching:2 1');
    await tell('b', 2);
    await until(async () => (await raised()) === 4);
    running.abort();
    await second;
  });

  it('two schedulers say once that each limit has passed, also while every table it could be read from is rebuilt', async () => {
    for (const who of [1, 2, 3, 4, 5, 6]) await tell(`r${who}`, who);
    const running = new AbortController();
    const both = [runReactions(hub, running.signal, older), runReactions(hub, running.signal, older)];
    await until(async () => (await raised()) === 12);
    const rebuilding = ['timeline', 'duties', 'notices'].map(async (name) => hub.projections.rebuild(name));
    // On, back, and on again: the limit is four hours after the report.
    for (const minutes of [215, 10, 239]) {
      now = Date.parse('2026-05-01T20:00:00.000Z') + minutes * 60_000;
      await pause(150);
    }
    await Promise.all(rebuilding);
    await until(async () => (await said('DutyOverdue')).length === 6);
    running.abort();
    await Promise.all(both);
    await drainReactions(hub, older);
    const late = await said('DutyOverdue');
    expect([late.length, new Set(late).size]).toEqual([6, 6]);
    expect(await said('DutyWithdrawn')).toEqual([]);
    expect(await said('NoticeRecalled')).toEqual([]);
  });

  it('a child that cannot be derived stands in no other’s way', async () => {
    await tell('a', 1);
    await tell('b', 2);
    const stumbling = defineCapability({
      ...searching,
      derive: (state, rules, at) => {
        if (state.reports.some(({ content }) => content['reportReference'] === 'a')) throw new Error('stumbled');
        return searching.derive(state, rules, at);
      },
    });
    await expect(drainReactions(hub, { capabilities: [stumbling], rules: noRules })).rejects.toThrow('1 of 2 children');
    expect(await raised()).toBe(2);
  });

  it('nothing stays of a child that is erased while it is in hand', async () => {
    const child = await tell('a', 1);
    const erasing = {
      ...hub,
      log: {
        append: async (...said: Parameters<TestHub['log']['append']>) => {
          await eraseChild({ child, reason: 'test', who: 'test', despiteHold: 'a test' }, hub);
          return hub.log.append(...said);
        },
        readStream: async (...asked: Parameters<TestHub['log']['readStream']>) => hub.log.readStream(...asked),
        readStreams: async (streams: readonly string[]) => hub.log.readStreams(streams),
        revisions: async (streams: readonly string[]) => hub.log.revisions(streams),
        readAll: async (...asked: Parameters<TestHub['log']['readAll']>) => hub.log.readAll(...asked),
        subscribe: (...asked: Parameters<TestHub['log']['subscribe']>) => hub.log.subscribe(...asked),
        head: async () => hub.log.head(),
        close: async () => hub.log.close(),
      },
    };
    await drainReactions(erasing, older);
    await hub.projections.settled();
    for (const table of ['duties', 'notices', 'reactions', 'board_places']) {
      expect((await hub.database.query(`select from ${table}`)).rowCount).toBe(0);
    }
  });
});

async function tell(reference: string, who: number): Promise<string> {
  const event = canonicalEvent(
    MissingReportedSchema,
    { id: reference, subject: `nominal-${who}`, time: '2026-05-01T19:30:00Z' },
    {
      reportReference: reference,
      person: { givenNames: 'Ash', familyName: 'Alder', birthDate: '2011-02-03', nhsNumber: testNhsNumber(11 * who) },
    },
  );
  const [kept] = await hub.keep({ system: 'police', door: 'events', event });
  await drain(hub);
  await hub.projections.settled();
  const { rows } = await hub.database.query<{ child: string }>(
    `select l.child from timeline t join links l on l.record = t.record and l.known_to = 'infinity' where t.receipt = $1`,
    [kept!.receipt],
  );
  return rows[0]!.child;
}

async function current(): Promise<string> {
  const { rows } = await hub.database.query<{ version: string }>('select version from reaction_progress');
  return rows[0]!.version;
}

/** The children of which this was said, as often as it was. */
async function said(what: string): Promise<string[]> {
  const events = await hub.log.readAll(null, 10_000);
  return events.filter(({ type }) => type.endsWith(`.${what}`)).map(({ stream }) => stream);
}

async function raised(): Promise<number> {
  await hub.projections.settled();
  const { rows } = await hub.database.query<{ n: bigint }>(
    'select (select count(*) from duties) + (select count(*) from notices) as n',
  );
  return Number(rows[0]!.n);
}

async function until(so: () => Promise<boolean>): Promise<void> {
  const over = AbortSignal.timeout(20_000);
  while (!(await so())) {
    over.throwIfAborted();
    await pause(20);
  }
}
