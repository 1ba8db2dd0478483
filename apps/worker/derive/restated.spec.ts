import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { translate } from '../../../libs/adapters/registry.js';
import type { Message } from '../../../libs/kernel/fact.js';
import type { Translation } from '../../../libs/kernel/outcome.js';
import { QuarantineDesk } from '../../../libs/platform/intake/postgres/quarantine-desk.js';
import type { Telling } from '../../../libs/simulations/telling.js';
import { transaction } from '../../../libs/platform/database/pool.js';
import { lockComparing } from '../../../libs/platform/records/snapshot-store.js';
import { openTestHub, type TestHub } from '../../../libs/testing/hub/hub.js';
import { factsShown, linksShown } from '../../../libs/testing/hub/shown.js';
import {
  again,
  changes,
  day,
  first,
  number,
  second,
  seen,
  subject,
  third,
  withdrawn,
} from '../../../libs/testing/messages/crime-records.js';
import { missingReport } from '../../../libs/testing/messages/told.js';
import { eraseChild } from '../../ops/erase/erase.js';
import { verify } from '../../ops/verify/verify.js';
import { processBatch } from '../pipeline.js';
import { defaultLoop, drain } from '../worker.loop.js';

/** Snapshots taken back, read otherwise, broken off and erased: what changed follows from those that stand. */
describe('snapshots that stand no longer, or stand otherwise', () => {
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

  const withAppend = (append: TestHub['log']['append']): TestHub => {
    const { revisions, readStream } = hub.log;
    const bound = { revisions: revisions.bind(hub.log), readStream: readStream.bind(hub.log) };
    return { ...hub, log: { ...hub.log, ...bound, append } };
  };

  it('one in the middle taken back leaves what the others say', async () => {
    await send(seen(1, first), seen(3, third));
    const without = changes(await factsShown(hub));
    await send(seen(2, second));
    expect(changes(await factsShown(hub))).not.toEqual(without);
    await send(withdrawn('seen on 2'));
    expect(changes(await factsShown(hub))).toEqual(without);
  });

  it('two that say different things of one time: the one that came later counts', async () => {
    await send(seen(1, { marker: 'A' }), seen(2, { marker: 'B' }, 'one'));
    await send(seen(2, { marker: 'C' }, 'other'));
    expect(changes(await factsShown(hub))).toEqual([
      '2026-03-01 PoliceMarkerChanged A',
      '2026-03-02 PoliceMarkerChanged C',
    ]);
    await send(withdrawn('other'));
    expect(changes(await factsShown(hub))).toEqual([
      '2026-03-01 PoliceMarkerChanged A',
      '2026-03-02 PoliceMarkerChanged B',
    ]);
  });

  it('a mended adapter is believed of every snapshot that is read again', async () => {
    const misread = (message: Message): Translation =>
      translate({ ...message, body: Buffer.from(Buffer.from(message.body).toString().replace('Dog', 'Cat')) });
    const kept = await hub.keep(seen(1, first), seen(2, second));
    await drain(hub, { ...defaultLoop, translate: misread });
    expect(changes(await factsShown(hub))).toContain('2026-03-01 PoliceMarkerChanged Cat at the address');
    const desk = new QuarantineDesk(hub.database, hub.keys);
    // The second first: it is read otherwise than the one before it, until that is read again too.
    for (const { receipt } of kept.toReversed()) {
      await desk.retry([receipt], { who: 'operator:test', reason: 'mended' });
      await drain(hub);
    }
    const markers = changes(await factsShown(hub)).filter((change) => change.includes('Marker'));
    expect(markers).toEqual(['2026-03-01 PoliceMarkerChanged Dog at the address']);
  });

  it('what a worker that died had committed is told by the next attempt', async () => {
    await send(seen(1, { marker: 'A' }), seen(5, { marker: 'A', risks: { gangs: true } }));
    await hub.keep(seen(3, { marker: 'B' }));
    const away = withAppend(async () => Promise.reject(new Error('the log is away')));
    const claimed = await hub.intake.claim(10, 0);
    await expect(processBatch(claimed, away, translate)).rejects.toThrow('the log is away');
    await drain(hub);
    expect(changes(await factsShown(hub))).toEqual([
      '2026-03-01 PoliceMarkerChanged A',
      '2026-03-03 PoliceMarkerChanged B',
      '2026-03-05 PoliceMarkerChanged A',
      '2026-03-05 RiskFlagChanged RISK_GANGS_AND_YOUTH_VIOLENCE yes',
    ]);
  });

  it('three workers at a log that fails now and then, before or after it wrote, leave what one would', async () => {
    const all = [first, second, third, first, third, second, {}, first].map((record, at) => seen(at + 1, record));
    await send(...all);
    const straight = changes(await factsShown(hub));
    await hub.close();
    hub = await openTestHub();
    let appends = 0;
    const failing = withAppend(async (...request) => {
      appends++;
      if (appends % 4 === 1) throw new Error('away');
      const appended = await hub.log.append(...request);
      if (appends % 4 === 3) throw new Error('away, after it wrote');
      return appended;
    });
    await hub.keep(...all.toReversed(), ...all.map(again));
    // With hardly a lease, what one worker has failed at comes to another while a third has its neighbours in hand.
    const settings = { ...defaultLoop, leaseSeconds: 0.05, attempts: 100, batch: 2 };
    for (let turn = 0; turn < 4; turn++) await Promise.allSettled([1, 2, 3].map(async () => drain(failing, settings)));
    await hub.database.query(`update queue set lease_until = null`);
    await drain(hub);
    // It has failed in both ways.
    expect(appends).toBeGreaterThan(2);
    expect(changes(await factsShown(hub))).toEqual(straight);
  });

  it('a worker compares a record only once another that does has committed', async () => {
    await send(seen(1, { marker: 'A' }));
    const { rows } = await hub.database.query<{ stream: string }>('select stream from records');
    let draining = Promise.resolve(0);
    await transaction(hub.database, async (connection) => {
      await lockComparing(
        connection,
        rows.map(({ stream }) => stream),
      );
      await hub.keep(seen(2, { marker: 'B' }));
      draining = drain(hub);
      await waiting(async () => {
        const locks = await hub.database.query(
          `select from pg_locks where locktype = 'advisory' and not granted
              and database = (select oid from pg_database where datname = current_database())`,
        );
        return locks.rowCount === 1;
      });
      expect(changes(await factsShown(hub))).toEqual(['2026-03-01 PoliceMarkerChanged A']);
    });
    await draining;
    expect(changes(await factsShown(hub))).toHaveLength(2);
  });

  it('belong to the child of that number, and go with an erasure for good', async () => {
    await send(missingReport('p', 'nominal-1', { nhsNumber: number }), seen(1, first), seen(2, second));
    expect(await linksShown(hub)).toEqual([[`police ${subject}`, 'police nominal-1']].map((of) => of.toSorted()));
    const { rows } = await hub.database.query<{ child: string }>(
      `select distinct child from links where known_to = 'infinity'`,
    );
    await eraseChild({ child: rows[0]?.child ?? '', reason: 'asked for', who: 'test', despiteHold: 'a test' }, hub);
    const left = await hub.database.query(
      'select from snapshots union all select from statements where derived_from is not null',
    );
    expect(left.rowCount).toBe(0);
    const head = await hub.log.head();
    await send(seen(1, first), seen(2, second));
    expect(await hub.log.head()).toBe(head);
  });

  it('what its publisher restricts stays restricted in every part', async () => {
    await hub.keep({
      system: 'police',
      messageId: 'restricted',
      format: 'hub.police.v1.CrimeRecordObserved',
      contentType: 'application/json',
      attributes: { subject: 'nominal-1', time: day(1), handling: 'originator-only' },
      body: JSON.stringify({ markerDetails: 'A', riskGangsAndYouthViolence: true, person: { nhsNumber: number } }),
    });
    await drain(hub);
    const events = await hub.log.readAll(null, 10);
    expect(events.map(({ type, meta }) => [type.split('.').at(-1), meta.handling]).sort()).toEqual([
      ['CrimeRecordObserved', 'originator-only'],
      ['PoliceMarkerChanged', 'professional-only originator-only'],
      ['RiskFlagChanged', 'professional-only originator-only'],
    ]);
  });
});

async function waiting(holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt++) {
    if (await holds()) return;
    await sleep(20);
  }
  throw new Error('nobody waits');
}
