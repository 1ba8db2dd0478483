import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SaidToBeWrongSchema, SignificanceJudgedSchema } from '../../libs/contracts/gen/hub/record/v1/record_pb.js';
import type { Agency } from '../../libs/kernel/agency.js';
import type { PartOutcome } from '../../libs/kernel/intake.js';
import { isDispute, isMark, readAnnotations } from '../../libs/platform/annotations/annotation-store.js';
import { messageOf, untilReadable } from '../../libs/platform/annotations/saying.js';
import { testNhsNumber } from '../../libs/simulations/people.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { linksShown } from '../../libs/testing/hub/shown.js';
import { missingReport } from '../../libs/testing/messages/told.js';
import { eraseChild } from '../ops/erase/erase.js';
import { verify } from '../ops/verify/verify.js';
import { linkByHand } from './identify/by-hand.js';
import { drain } from './worker.loop.js';

const by = { who: 'casey.manager', name: 'Casey Manager', role: 'case-manager' };

/** What users of the hub say of entries, on its way through intake and log. */
describe('what a reader says of an entry', () => {
  let hub: TestHub;
  const stop = new AbortController();
  let following: Promise<void>;
  beforeAll(async () => {
    hub = await openTestHub();
    await hub.projections.prepare();
    following = hub.projections.run(stop.signal);
  });
  afterAll(async () => {
    expect((await verify(hub, () => undefined)).problems).toEqual([]);
    stop.abort();
    await following;
    await hub.close();
  });

  interface Entry {
    record: string;
    fact: string;
    version: string;
  }
  async function entry(id: string, number: number): Promise<Entry> {
    const report = missingReport(id, `nominal-${id}`, { nhsNumber: testNhsNumber(number) });
    const [kept] = await hub.keep(report);
    await drain(hub);
    await hub.projections.settled();
    const { rows } = await hub.database.query<Entry>(
      'select record, fact, key as version from timeline where receipt = $1',
      [kept?.receipt],
    );
    return rows[0]!;
  }
  const mark = ({ record, fact, version }: Entry, more: { agency?: Agency; id?: string; on?: boolean; at: string }) =>
    messageOf({
      agency: more.agency ?? 'yos',
      messageId: more.id ?? randomUUID(),
      stream: record,
      schema: SignificanceJudgedSchema,
      said: { fact, version, significant: more.on ?? true, note: 'First time away overnight', by },
      at: more.at,
      correlation: randomUUID(),
    });
  async function say(...messages: ReturnType<typeof mark>[]): Promise<PartOutcome[]> {
    const kept = await hub.intake.keep(messages);
    await drain(hub);
    await hub.projections.settled();
    return (await hub.status(kept.at(-1)?.receipt ?? '')).outcomes;
  }
  const marks = async ({ record }: Entry, at?: string) =>
    (await readAnnotations(hub, [record], at)).filter(isMark).map(({ agency, said }) => [agency, said.significant]);

  it('lands in the record’s own stream, is read back, and is no entry', async () => {
    const one = await entry('p1', 401);
    expect(await say(mark(one, { at: '2026-03-02T09:00:00Z' }))).toMatchObject([{ outcome: 'recorded' }]);
    const [said] = await readAnnotations(hub, [one.record]);
    expect(said).toMatchObject({
      record: one.record,
      agency: 'yos',
      saidAt: '2026-03-02T09:00:00.000Z',
      said: { fact: one.fact, version: one.version, note: 'First time away overnight', by },
    });
    const { rows } = await hub.database.query('select type from timeline where record = $1', [one.record]);
    expect(rows).toEqual([{ type: 'hub.police.v1.MissingReported' }]);
  });

  it('said twice, and at once, is said once', async () => {
    const one = await entry('p2', 402);
    const message = mark(one, { at: '2026-03-02T09:00:00Z', id: 'once' });
    const answers = await Promise.all([hub.intake.keep([message]), hub.intake.keep([message])]);
    expect(new Set(answers.flat().map(({ receipt }) => receipt)).size).toBe(1);
    await say(message, mark(one, { at: '2026-03-02T09:00:05Z' }));
    expect(await marks(one)).toEqual([['yos', true]]);
  });

  it.each([[false], [true]])(
    'the newest judgement of an agency holds, in whichever order they come (%s)',
    async (back) => {
      const one = await entry(`p3 ${back}`, back ? 404 : 413);
      const said = [
        mark(one, { at: '2026-03-02T09:00:00Z' }),
        mark(one, { at: '2026-03-03T09:00:00Z', on: false }),
        mark(one, { at: '2026-03-02T10:00:00Z', agency: 'police' }),
      ];
      for (const message of back ? said.reverse() : said) await say(message);
      expect((await marks(one)).sort()).toEqual([
        ['police', true],
        ['yos', false],
      ]);
    },
  );

  it('holds as it was known at an instant', async () => {
    const one = await entry('p5', 405);
    await say(mark(one, { at: '2026-03-02T09:00:00Z' }));
    const between = new Date().toISOString();
    await say(mark(one, { at: '2026-03-03T09:00:00Z', on: false }));
    expect(await marks(one, between)).toEqual([['yos', true]]);
    expect(await marks(one)).toEqual([['yos', false]]);
    expect(await marks(one, '2026-01-01T00:00:00Z')).toEqual([]);
  });

  it('goes with its record to another child, and away with its keys', async () => {
    const [one, other] = [await entry('p6', 406), await entry('p7', 407)];
    const dispute = messageOf({
      agency: 'yos',
      messageId: randomUUID(),
      stream: one.record,
      schema: SaidToBeWrongSchema,
      said: { fact: one.fact, version: one.version, what: 'It was her sister', by },
      at: '2026-03-02T09:00:00Z',
      correlation: randomUUID(),
    });
    await say(dispute);
    const childOf = async ({ record }: Entry): Promise<string> => {
      const { rows } = await hub.database.query<{ child: string }>(
        `select child from links where record = $1 and known_to = 'infinity'`,
        [record],
      );
      return rows[0]?.child ?? '';
    };
    const theirs = await childOf(other);
    await linkByHand(hub.database, one.record, theirs, { who: 'operator:test', reason: 'the same girl' });
    expect(await childOf(one)).toBe(theirs);
    expect((await readAnnotations(hub, [one.record])).filter(isDispute)).toHaveLength(1);

    await eraseChild({ child: theirs, reason: 'asked for', who: 'test', despiteHold: 'a test' }, hub);
    await hub.projections.settled();
    expect(await readAnnotations(hub, [one.record])).toEqual([]);
    const { rows } = await hub.database.query(
      `select from messages m join receipts r on r.id = m.receipt where r.system = 'hub' and r.correlation = $1`,
      [dispute.correlation],
    );
    expect(rows).toEqual([]);
    // What is said afterwards finds nothing to say it of.
    expect(await say(mark(one, { at: '2026-03-04T09:00:00Z' }))).toMatchObject([
      { outcome: 'ignored', reason: 'erased' },
    ]);
  });

  it('makes no record and links nobody, and what names none is put before a person', async () => {
    const before = await linksShown(hub);
    const nowhere = { record: randomUUID(), fact: 'f', version: randomUUID() };
    expect(await say(mark(nowhere, { at: '2026-03-02T09:00:00Z' }))).toMatchObject([{ outcome: 'ignored' }]);
    expect(await say(mark({ ...nowhere, record: 'nominal-1' }, { at: '2026-03-02T09:00:00Z' }))).toMatchObject([
      { outcome: 'quarantined', reason: 'no-subject' },
    ]);
    expect(await linksShown(hub)).toEqual(before);
  });

  it('can be waited for', async () => {
    const one = await entry('p8', 408);
    const [kept] = await hub.intake.keep([mark(one, { at: '2026-03-02T09:00:00Z' })]);
    const readable = untilReadable(kept?.receipt ?? '', hub, AbortSignal.timeout(5_000));
    await drain(hub);
    await readable;
    expect(await marks(one)).toEqual([['yos', true]]);
  });
});
