import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AppointmentRecordedSchema } from '../../../libs/contracts/gen/hub/yos/v1/yos_pb.js';
import { childhood } from '../../../libs/simulations/childhood/childhood.js';
import { canonicalEvent } from '../../../libs/simulations/cloud-event.js';
import { openTestHub, type TestHub } from '../../../libs/testing/hub/hub.js';
import { drain } from '../../worker/worker.loop.js';
import { verify } from './verify.js';

/** A check that cannot fail is none: each kind of damage is done once, and must be found by name. */
describe('hub verify', () => {
  let hub: TestHub;
  beforeEach(async () => {
    hub = await openTestHub();
    await hub.keep(...childhood('2026-05-01T12:00:00Z'));
    await drain(hub);
  });
  afterEach(async () => {
    await hub.close();
  });

  const codes = async () =>
    [...new Set((await verify(hub, () => undefined)).problems.map((problem) => problem.code))].sort();

  it('everything holds after the childhood, and progress reaches the end', async () => {
    const progress: number[] = [];
    const verified = await verify(hub, (done) => progress.push(done));
    expect(verified.problems).toEqual([]);
    expect(verified.events).toBeGreaterThan(30);
    expect(progress.at(-1)).toBe(verified.events);
  });

  it('cries no damage over what is published while it reads', async () => {
    const readAll = hub.log.readAll.bind(hub.log);
    let published = 0;
    jest.spyOn(hub.log, 'readAll').mockImplementation(async (after, limit) => {
      const read = await readAll(after, limit);
      published += 1;
      const told = { id: `late-${published}`, subject: 'CV-2041', time: '2026-05-01T10:00:00Z' };
      const data = { appointmentReference: `AP-late-${published}`, purpose: 'supervision', attended: true };
      await hub.keep({ system: 'yos', door: 'events', event: canonicalEvent(AppointmentRecordedSchema, told, data) });
      await drain(hub);
      return read;
    });
    expect((await verify(hub, () => undefined)).problems).toEqual([]);
    expect(published).toBeGreaterThan(0);
  });

  it.each([
    [
      'a changed payload',
      'seal-broken',
      `update log_events set data = set_byte(data, 20, get_byte(data, 20) # 1) where position = 5`,
    ],
    ['a lost event', 'position-gap', `delete from log_events where position = 5`],
    [
      'a time that goes back',
      'recorded-earlier-than-the-one-before',
      `update log_events set recorded_at = '2020-01-01' where position = 9`,
    ],
    [
      'a content hash of something else',
      'content-hash',
      `update log_events set meta = (meta::jsonb || '{"content":"00"}')::json where position = 5`,
    ],
    [
      'a changed message',
      'receipt-hash',
      `update messages set sealed = set_byte(sealed, length(sealed) - 1, get_byte(sealed, length(sealed) - 1) # 1)
        where receipt = (select id from receipts where seq = 3)`,
    ],
    [
      'a changed snapshot',
      'snapshot-seal-broken',
      `update snapshots set sealed = set_byte(sealed, length(sealed) - 1, get_byte(sealed, length(sealed) - 1) # 1)
        where observed_at = (select max(observed_at) from snapshots)`,
    ],
    [
      'a record nobody owns',
      'record-without-a-child',
      // One that may stand without a child until the hub knows it would be no damage.
      `delete from links where record =
        (select l.record from links l join records r on r.stream = l.record where not r.only_if_known limit 1)`,
    ],
    [
      'a changed category',
      'content-hash',
      `update log_events set meta = (meta::jsonb || '{"category":"court"}')::json where meta ->> 'category' = 'missing'`,
    ],
    [
      'a changed handling',
      'content-hash',
      `update log_events set meta = (meta::jsonb || '{"handling":""}')::json where meta ->> 'handling' = 'professional-only'`,
    ],
    [
      'two people on one child',
      'two-people-on-one-child',
      `update links set child = (select min(child::text)::uuid from links), method = 'exact' where known_to = 'infinity'`,
    ],
    [
      'an event of no message',
      'event-without-its-receipt',
      `update log_events set meta = (meta::jsonb || jsonb_build_object('receipt', gen_random_uuid()))::json where position = 5`,
    ],
  ])('finds %s', async (_what, code, damage) => {
    await hub.database.query(damage);
    expect(await codes()).toContain(code);
  });
});
