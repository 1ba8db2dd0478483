import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { capabilities } from '../../../libs/capabilities.js';
import {
  ChildReturned_ReturnedTo as To,
  ChildReturnedSchema,
} from '../../../libs/contracts/gen/hub/police/v1/missing_pb.js';
import {
  MissingReported_RiskGrade as Risk,
  MissingReportedSchema,
} from '../../../libs/contracts/gen/hub/police/v1/police_pb.js';
import { loadRulebook } from '../../../libs/duties/rulebook/load-rulebook.js';
import { deliveryAttributes } from '../../../libs/kernel/delivery.js';
import { canonicalEvent, type CloudEvent } from '../../../libs/simulations/cloud-event.js';
import { testNhsNumber } from '../../../libs/simulations/people.js';
import { keptMessage } from '../../../libs/simulations/telling.js';
import { openTestHub, type Raw, type TestHub } from '../../../libs/testing/hub/hub.js';
import { drain } from '../worker.loop.js';
import { drainReactions } from './reaction.loop.js';
import type { Reactions } from './react.js';

const { rules } = loadRulebook(undefined);
const reactions: Reactions = { capabilities, rules };
const history = deliveryAttributes({ history: true });

let hub: TestHub;
let now = Date.parse('2026-05-04T09:00:00.000Z');
const stop = new AbortController();
let following: Promise<void>;
/** By receipt: whose report or return it is. */
const told = new Map<string, string>();
beforeAll(async () => {
  hub = await openTestHub({ now: () => now });
  await hub.projections.prepare();
  following = hub.projections.run(stop.signal);
});
afterAll(async () => {
  stop.abort();
  await following;
  await hub.close();
});

describe('facts that come late', () => {
  it('of history, or long past, are recorded and shown, and nobody is paged; what is late by less than its rule says is told', async () => {
    // A1 acts within 72 hours.
    const [brought, past, late] = [
      report(1, '2026-05-04T08:30:00Z'),
      report(2, '2026-05-01T08:59:00Z'),
      report(3, '2026-05-01T09:01:00Z'),
    ];
    await tell(message(brought, history), message(past), message(late));
    expect(await shown()).toEqual(['MR-1', 'MR-2', 'MR-3']);
    expect(await paged()).toEqual(['MR-3 missing-reported social-care/social-worker urgent']);
    expect(await open()).toEqual([]);
  });

  it('leave the duty of what happens now: a child of an old report who comes back today has an interview due, one who came back then has none', async () => {
    now = Date.parse('2026-05-04T12:00:00.000Z');
    await tell(message(returned(1, '2026-05-04T11:30:00Z')), message(returned(2, '2026-05-01T22:00:00Z'), history));
    expect(await shown()).toEqual(['MR-1', 'MR-1', 'MR-2', 'MR-2', 'MR-3']);
    expect(await open()).toEqual(['MR-1 prevention-interview', 'MR-1 return-home-interview']);
    expect((await paged()).filter((one) => !one.startsWith('MR-3'))).toEqual([]);
  });

  it('said again, also as news of the same day, end the same', async () => {
    const before = [await open(), await paged()];
    await tell(message(returned(1, '2026-05-04T11:30:00Z')), message(report(2, '2026-05-01T08:59:00Z'), history));
    expect([await open(), await paged()]).toEqual(before);
  });
});

function report(who: number, time: string): CloudEvent {
  const said = { id: `report ${who}`, subject: `nominal-${who}`, time };
  const data = { reportReference: `MR-${who}`, risk: Risk.HIGH, person: person(who) };
  return canonicalEvent(MissingReportedSchema, said, data);
}

function returned(who: number, time: string): CloudEvent {
  const said = { id: `return ${who}`, subject: `nominal-${who}`, time };
  const data = { reportReference: `MR-${who}`, returnedTo: To.HOME, person: person(who) };
  return canonicalEvent(ChildReturnedSchema, said, data);
}

function person(who: number) {
  return {
    givenNames: 'Ash',
    familyName: `Alder ${'bcd'[who - 1]}`,
    birthDate: '2011-02-03',
    nhsNumber: testNhsNumber(11 * who),
  };
}

function message(event: CloudEvent, attributes: Readonly<Record<string, string>> = {}): Raw {
  const { format, contentType, attributes: own, body } = keptMessage({ system: 'police', door: 'events', event }, '');
  return {
    ...{ system: 'police' as const, messageId: event.id, format, contentType, body },
    attributes: { ...own, ...attributes },
  };
}

async function tell(...messages: readonly Raw[]): Promise<void> {
  const kept = await hub.keep(...messages);
  kept.forEach(({ receipt }, at) => told.set(receipt, messages[at]!.messageId.replace(/^\w+ /, 'MR-')));
  await drain(hub);
  await hub.projections.settled();
  await drainReactions(hub, reactions);
  await hub.projections.settled();
}

/** Of every row on a timeline, its report. */
async function shown(): Promise<string[]> {
  const { rows } = await hub.database.query<{ child: string }>(
    `select l.child from timeline t join links l on l.record = t.record and l.known_to = 'infinity' where t.superseded_at is null`,
  );
  return await named(rows, () => '');
}

async function open(): Promise<string[]> {
  const { rows } = await hub.database.query<{ child: string; kind: string }>(
    `select record as child, kind from duties where state in ('open', 'overdue')`,
  );
  return await named(rows, ({ kind }) => ` ${kind}`);
}

async function paged(): Promise<string[]> {
  const { rows } = await hub.database.query<{ child: string; said: string }>(
    `select record as child, concat(kind, ' ', to_agency, '/', to_role, ' ', urgency) as said from notices where state = 'told'`,
  );
  return await named(rows, ({ said }) => ` ${said}`);
}

async function named<Row extends { readonly child: string }>(
  rows: readonly Row[],
  rest: (row: Row) => string,
): Promise<string[]> {
  const { rows: whose } = await hub.database.query<{ child: string; receipt: string }>(
    `select distinct l.child, t.receipt from timeline t join links l on l.record = t.record and l.known_to = 'infinity'`,
  );
  const names = new Map(whose.map(({ child, receipt }) => [child, told.get(receipt)]));
  return rows.map((row) => `${names.get(row.child)}${rest(row)}`).sort();
}
