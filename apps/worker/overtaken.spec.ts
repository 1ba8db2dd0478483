import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Telling } from '../../libs/simulations/telling.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { factsShown } from '../../libs/testing/hub/shown.js';
import { changes, seen } from '../../libs/testing/messages/crime-records.js';
import { child, hearing, missingReport } from '../../libs/testing/messages/told.js';
import { verify } from '../ops/verify/verify.js';
import { drain } from './worker.loop.js';

/** Something is stated of a fact after a worker has looked at what is stated of it, and before it has written. */
describe('a worker that is overtaken', () => {
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
    return kept.map(({ receipt }) => receipt);
  };
  const once = (doing: () => Promise<unknown>): (() => Promise<unknown>) => {
    let done: Promise<unknown> | undefined;
    return async () => (done ??= doing());
  };

  type Log = TestHub['log'];
  const withLog = (instead: Partial<Pick<Log, 'append' | 'readStream'>>): TestHub => {
    const { append, revisions, readStream } = hub.log;
    const [appends, reads] = [append.bind(hub.log), readStream.bind(hub.log)];
    const bound = { append: appends, readStream: reads, revisions: revisions.bind(hub.log) };
    return { ...hub, log: { ...hub.log, ...bound, ...instead } };
  };
  /** A worker to whom this happens when it is about to read what the log holds. */
  const beforeItReads = (happens: () => Promise<unknown>): TestHub => {
    const meanwhile = once(happens);
    const readStream: Log['readStream'] = async (...asked) => {
      await meanwhile();
      return hub.log.readStream(...asked);
    };
    return withLog({ readStream });
  };
  /** The same when it is about to write; `after` it has written for the first time. */
  const beforeItWrites = (happens: () => Promise<unknown>, after = async () => Promise.resolve()): TestHub => {
    const [meanwhile, afterwards] = [once(happens), once(after)];
    const append: Log['append'] = async (...asked) => {
      await meanwhile();
      const appended = await hub.log.append(...asked);
      await afterwards();
      return appended;
    };
    return withLog({ append });
  };

  /** A report as it was said to be at that hour. */
  const graded = (id: string, risk: string, hour: number): Telling =>
    missingReport(id, 'n1', child, {
      data: { reportReference: 'MR-1', risk, person: child },
      recordedtime: `2026-03-02T${hour}:00:00Z`,
    });
  const current = async () =>
    (await factsShown(hub))
      .filter(({ state }) => state === 'current')
      .map(({ data }) => data?.risk ?? data?.resultCode);

  it('does not tell a change that no longer follows since an earlier snapshot came', async () => {
    await send(seen(3, { marker: 'Dog at the address' }));
    await hub.keep(seen(2, { marker: 'Dog at the address' }));
    await drain(beforeItReads(async () => send(seen(1, { marker: 'Dog at the address' }))));
    expect(changes(await factsShown(hub))).toEqual(['2026-03-01 PoliceMarkerChanged Dog at the address']);
    const told = (await factsShown(hub)).filter(({ type }) => type.endsWith('PoliceMarkerChanged'));
    expect(told.map(({ state, occurredAt }) => [occurredAt.slice(8, 10), state])).toEqual([
      ['03', 'withdrawn'],
      ['01', 'current'],
    ]);
  });

  it('does not correct to what was said earlier', async () => {
    await send(graded('a', 'RISK_GRADE_HIGH', 10));
    await hub.keep(graded('b', 'RISK_GRADE_MEDIUM', 11));
    await drain(beforeItReads(async () => send(graded('c', 'RISK_GRADE_LOW', 12))));
    expect(await current()).toEqual(['RISK_GRADE_LOW']);
  });

  it('finds what was said again meanwhile, of which there was nothing to write', async () => {
    await send(graded('a', 'RISK_GRADE_HIGH', 10));
    const [kept] = await hub.keep(graded('b', 'RISK_GRADE_MEDIUM', 11));
    await drain(beforeItWrites(async () => send(graded('c', 'RISK_GRADE_HIGH', 12))));
    expect(await current()).toEqual(['RISK_GRADE_HIGH']);
    // What came of it itself is what it first was.
    expect((await hub.status(kept?.receipt ?? '')).outcomes).toMatchObject([{ outcome: 'corrected' }]);
  });

  it('withdraws what a complete answer no longer has', async () => {
    await hub.keep(hearing());
    await drain(
      beforeItWrites(async () => send(hearing({ results: [], sharedTime: '2026-02-03T17:00:00Z', isReshare: true }))),
    );
    expect(await current()).toEqual([]);
  });

  it('and stops as soon as it has written leaves that to the next attempt', async () => {
    await send(graded('a', 'RISK_GRADE_HIGH', 10));
    await hub.keep(graded('b', 'RISK_GRADE_MEDIUM', 11));
    const stopping = beforeItWrites(
      async () => send(graded('c', 'RISK_GRADE_HIGH', 12)),
      async () => Promise.reject(new Error('away, after it wrote')),
    );
    await drain(stopping);
    expect(await current()).toEqual(['RISK_GRADE_MEDIUM']);
    await hub.database.query(`update queue set lease_until = null`);
    await drain(hub);
    expect(await current()).toEqual(['RISK_GRADE_HIGH']);
  });
});
