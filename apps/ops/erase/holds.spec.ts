import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Telling } from '../../../libs/simulations/telling.js';
import { openTestHub, type TestHub } from '../../../libs/testing/hub/hub.js';
import { drain } from '../../worker/worker.loop.js';
import { eraseChild, ErasureRefused } from './erase.js';
import { holdsOn, keptOf } from './holds.js';

const person = { givenNames: 'Rowan', familyName: 'Ashmere', birthDate: '2010-05-06' };

/** What a system says of a child of its own. */
function told(
  system: 'yos' | 'education' | 'police',
  type: string,
  data: object,
  time = '2026-03-01T10:00:00Z',
): Telling {
  return {
    system,
    door: 'events',
    event: {
      specversion: '1.0',
      id: `${type} ${time}`,
      source: system,
      type,
      subject: `${system}-1`,
      time,
      datacontenttype: 'application/json',
      data: { ...data, person },
    },
  };
}
const allocated = told('yos', 'hub.yos.v1.CaseAllocated', { worker: 'casey.manager' });
const missing = told('police', 'hub.police.v1.MissingReported', { reportReference: 'MR-1' });

describe('what keeps a child’s record', () => {
  let hub: TestHub;
  beforeEach(async () => {
    hub = await openTestHub();
  });
  afterEach(async () => hub.close());
  const on = (day: string): TestHub => ({ ...hub, clock: { now: () => Date.parse(`${day}T12:00:00Z`) } });
  const send = async (...tellings: Telling[]): Promise<string[]> => {
    await hub.keep(...tellings);
    await drain(hub);
    return (await hub.database.query<{ stream: string }>('select stream from records')).rows.map(
      ({ stream }) => stream,
    );
  };
  const child = async (): Promise<string> =>
    (await hub.database.query<{ child: string }>('select child from links')).rows[0]?.child ?? '';

  it('is its class until that is over: erased the day it is, and not the day before', async () => {
    const records = await send(allocated);
    expect(await keptOf(records, hub)).toEqual([{ retention: 'order', last: '2026-03-01', until: '2031-03-01' }]);
    const request = { child: await child(), reason: 'its time is over', who: 'test' };
    await expect(eraseChild(request, on('2031-02-28'))).rejects.toThrow('Order of a court: kept to 1 March 2031');
    expect((await eraseChild(request, on('2031-03-01'))).records).toBe(1);
  });

  it('begins again with the last action', async () => {
    const records = await send(
      allocated,
      told('yos', 'hub.yos.v1.CaseAllocated', { worker: 'sam.worker' }, '2027-09-01T10:00:00Z'),
    );
    expect(await holdsOn(records, on('2032-08-31'))).toHaveLength(1);
    expect(await holdsOn(records, on('2032-09-01'))).toEqual([]);
  });

  it('is for a person to end where no text gives a number', async () => {
    const records = await send(missing);
    const [why] = await holdsOn(records, on('2099-01-01'));
    expect(why).toContain('Protection from harm: no number in any text');
    await expect(eraseChild({ child: await child(), reason: 'asked', who: 'test' }, on('2099-01-01'))).rejects.toThrow(
      ErasureRefused,
    );
  });

  it('is nothing that was taken back', async () => {
    const withdrawn = told('police', 'hub.police.v1.Withdrawn', { messageId: 'hub.police.v1.MissingReported 2026-03-01T10:00:00Z', reason: 'mistyped' }, '2026-03-02T10:00:00Z'); // prettier-ignore
    const records = await send(missing);
    await send(withdrawn);
    expect(await holdsOn(records, hub)).toEqual([]);
  });
});
