import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deliveryAttributes } from '../../libs/kernel/delivery.js';
import { missingReturn } from '../../libs/simulations/missing-return.js';
import { openTestHub, type Raw, type TestHub } from '../../libs/testing/hub/hub.js';
import { first, second } from '../../libs/testing/messages/crime-records.js';
import { crimeRecordSeen } from '../../libs/simulations/crime-record.js';
import { keptMessage } from '../../libs/simulations/telling.js';
import { testNhsNumber } from '../../libs/simulations/people.js';
import { unweighed } from '../../libs/platform/watch/urgent-store.js';
import { drain } from './worker.loop.js';

const history = deliveryAttributes({ history: true });

/** What a publisher brings late and says so: recorded like anything else, and marked for whoever would page somebody. */
describe('history', () => {
  let hub: TestHub;
  beforeEach(async () => {
    hub = await openTestHub();
  });
  afterEach(async () => hub.close());

  const episode = { child: '870101', birthDate: '2010-05-06', kind: 'M', start: '2026-01-30' } as const;
  const file = (messageId: string, attributes: Record<string, string>, body = missingReturn([episode])): Raw => ({
    system: 'social-care',
    messageId,
    format: 'ssda903.missing',
    contentType: 'text/csv',
    attributes: { observedat: '2026-02-01T09:00:00Z', ...attributes },
    body,
  });
  const marks = async () => (await hub.log.readAll(null, 100)).map(({ meta }) => meta.history ?? false);

  it('marks every event recorded from it, and only those', async () => {
    const other = missingReturn([{ ...episode, child: '870102' }]);
    const kept = await hub.keep(file('old', history), file('new', {}, other));
    await drain(hub);
    // By receipt: the log keeps no order between two streams of one batch.
    const events = await hub.log.readAll(null, 100);
    const marked = new Map(events.map(({ meta }) => [meta.receipt, meta.history ?? false]));
    expect(events).toHaveLength(2);
    expect(kept.map(({ receipt }) => marked.get(receipt))).toEqual([true, false]);
  });

  it('does not mark what is said of the same fact afterwards', async () => {
    await hub.keep(file('old', history));
    await drain(hub);
    const ended = missingReturn([{ ...episode, end: '2026-02-02' }]);
    await hub.keep(file('new', { observedat: '2026-03-01T09:00:00Z' }, ended));
    await drain(hub);
    // And what was first said late, now said again: this time it is news.
    await hub.keep(file('again', { observedat: '2026-04-01T09:00:00Z' }));
    await drain(hub);
    expect(await marks()).toEqual([true, false, false]);
  });

  it('marks what follows from a snapshot too', async () => {
    const about = `nhs:${testNhsNumber(1)}`;
    const [before, after] = [first, second].map((record, at) => {
      const telling = crimeRecordSeen(`seen ${at}`, about, `2026-03-0${at + 1}T08:00:00Z`, record);
      const { receivedAt: _, agency, ...message } = keptMessage(telling, '');
      return { ...message, system: agency, messageId: `seen ${at}` };
    });
    if (!before || !after) throw new Error('two snapshots are needed');
    await hub.keep(before);
    await drain(hub);
    await hub.keep({ ...after, attributes: { ...after.attributes, ...history } });
    await drain(hub);
    const events = await hub.log.readAll(null, 100);
    const late = events.filter(({ meta }) => meta.occurredAt.startsWith('2026-03-02'));
    expect(late.length).toBeGreaterThan(1);
    expect(late.map(({ meta }) => meta.history)).toEqual(late.map(() => true));
  });

  it('that cannot be read is put before nobody as urgent', async () => {
    await hub.keep(file('old', history, 'nonsense'), file('new', {}, 'nonsense'));
    await drain(hub);
    expect(await unweighed(hub.database, hub.keys)).toHaveLength(1);
  });
});
