import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { putBack } from '../../apps/ops/replay/put-back.js';
import { verify } from '../../apps/ops/verify/verify.js';
import { drain } from '../../apps/worker/worker.loop.js';
import { agencies } from '../../libs/kernel/agency.js';
import { childhood } from '../../libs/simulations/childhood/childhood.js';
import { everyEvent } from '../../libs/simulations/every-event/every-event.js';
import { testNhsNumber } from '../../libs/simulations/people.js';
import type { Telling } from '../../libs/simulations/telling.js';
import { agencyOfType } from '../../libs/contracts/catalogue.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { currentTimelines } from '../../libs/testing/hub/shown.js';

const NOW = '2026-05-01T12:00:00Z';
const person = { givenNames: 'Wren', familyName: 'Tolladay', birthDate: '2010-06-14', nhsNumber: testNhsNumber(321) };

describe('a replay of a source’s last days', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await openTestHub();
    await hub.keep(...childhood(NOW), ...everyEvent(person, '2026-04-30T09:00:00Z').flatMap(told));
    await drain(hub);
  }, 120_000);
  afterAll(async () => hub.close());

  /** All that holds, and all that was ever said: what a replay must leave as it is. */
  async function everything(): Promise<unknown> {
    const events = await hub.database.query('select stream, revision, id, type from log_events order by position');
    const links = await hub.database.query('select * from links order by record, child, known_from');
    const receipts = await hub.database.query('select id, status, shown_status, outcomes from receipts order by seq');
    return { timelines: await currentTimelines(hub), events: events.rows, links: links.rows, receipts: receipts.rows };
  }

  it.each(agencies.map((agency) => [agency]))(
    'of %s changes nothing that was right, and nothing that was not',
    async (agency) => {
      const before = await everything();
      expect(await putBack(hub.database, { system: agency, days: 7, who: 'olly.operator' })).toBeGreaterThan(0);
      await drain(hub);
      expect(await everything()).toEqual(before);
    },
    120_000,
  );

  it('of all of them at once, twice, changes nothing either, and the hub verifies', async () => {
    const before = await everything();
    for (let times = 0; times < 2; times += 1) {
      for (const system of agencies) await putBack(hub.database, { system, days: 7, who: 'olly.operator' });
      await Promise.all([drain(hub), drain(hub)]);
    }
    expect(await everything()).toEqual(before);
    expect((await verify(hub, () => undefined)).problems).toEqual([]);
  }, 120_000);
});

function told(event: ReturnType<typeof everyEvent>[number]): Telling[] {
  const system = agencyOfType(event.type);
  return system === undefined ? [] : [{ system, door: 'events', event }];
}
