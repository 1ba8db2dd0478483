import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CaseAllocatedSchema } from '../../../libs/contracts/gen/hub/yos/v1/yos_pb.js';
import { canonicalEvent } from '../../../libs/simulations/cloud-event.js';
import type { Telling } from '../../../libs/simulations/telling.js';
import { openTestHub, type TestHub } from '../../../libs/testing/hub/hub.js';
import { currentTimelines } from '../../../libs/testing/hub/shown.js';
import { missingReport } from '../../../libs/testing/messages/told.js';
import { testNhsNumber } from '../../../libs/simulations/people.js';
import { translate } from '../../../libs/adapters/registry.js';
import { processBatch } from '../pipeline.js';
import { defaultLoop, drain } from '../worker.loop.js';

const right = { familyName: 'Ashdown', birthDate: '2011-04-02', nhsNumber: testNhsNumber(303) };
const wrong = { familyName: 'Ashdown', birthDate: '2011-04-02', nhsNumber: testNhsNumber(404) };

/** What one record says of its person, at minutes of an hour. */
const says = (minute: number, person: object) =>
  missingReport(`report ${minute}`, 'nominal-1', person, {
    recordedtime: `2026-03-01T10:${String(minute).padStart(2, '0')}:00Z`,
    time: `2026-03-01T09:${String(minute).padStart(2, '0')}:00Z`,
  });
const other: Telling = {
  system: 'yos',
  door: 'events',
  event: canonicalEvent(
    CaseAllocatedSchema,
    { id: 'other', subject: 'case-1', time: '2026-03-01T09:00:00Z' },
    { worker: 'casey.manager', person: right },
  ),
};

describe('a number that a source says, corrects, and says again', () => {
  let hub: TestHub;
  beforeEach(async () => {
    hub = await openTestHub();
  });
  afterEach(async () => hub.close());

  const orders = [
    ['in order', [12, 19, 37]],
    ['the mistake last', [12, 37, 19]],
    ['the mistake first', [19, 12, 37]],
    ['backwards', [37, 19, 12]],
  ] as const;

  it.each(orders)('is the one that it said last, told all at once %s', async (_, minutes) => {
    await hub.keep(other, ...minutes.map((minute) => says(minute, minute === 19 ? wrong : right)));
    await drain(hub);
    expect((await currentTimelines(hub)).map(({ records }) => records)).toEqual([['police nominal-1', 'yos case-1']]);
    const { rows } = await hub.database.query<{ said: number; last: string }>(
      `select (select count(*)::integer from persons_said) as said,
              to_char(max(c.stated_at) filter (where r.system = 'police') at time zone 'UTC', 'HH24:MI') as last
         from claims c join records r on r.stream = c.record`,
    );
    expect(rows).toEqual([{ said: 3, last: '10:37' }]);
  });

  it.each(orders)('is the one that it said last, told %s', async (_, minutes) => {
    await hub.keep(other);
    for (const minute of minutes) {
      await hub.keep(says(minute, minute === 19 ? wrong : right));
      await drain(hub);
    }
    expect((await currentTimelines(hub)).map(({ records }) => records)).toEqual([['police nominal-1', 'yos case-1']]);
  });

  it('is so as well when two workers hear it at once', async () => {
    await hub.keep(other, says(12, right));
    await drain(hub);
    await hub.keep(says(37, right), says(19, wrong));
    const one = { ...defaultLoop, batch: 1 };
    await Promise.all([drain(hub, one), drain(hub, one)]);
    expect((await currentTimelines(hub)).map(({ records }) => records)).toEqual([['police nominal-1', 'yos case-1']]);
  });

  it.each([
    ['that says something newer', 12, 37],
    ['when something newer was said before', 37, 12],
  ])(
    'is not forgotten when another makes the record anew, after a worker has died, before it is stated: %s',
    async (_, before, meanwhile) => {
      const { nhsNumber: _number, ...unnumbered } = right;
      await hub.keep(other, says(before, unnumbered));
      await drain(hub);
      await hub.keep(says(19, right));
      const inHand = await hub.intake.claim(1, 60);
      await hub.keep(says(meanwhile, unnumbered));
      // Whoever has this one in hand dies: whoever has it next makes the record anew from what is stated.
      expect(await hub.intake.claim(1, 0)).toHaveLength(1);
      let transactions = 0;
      // The first finds whose it is, the second states it.
      const connecting = async () => {
        transactions += 1;
        if (transactions === 2) expect(await drain(hub)).toBe(1);
        return hub.database.connect();
      };
      const query = hub.database.query.bind(hub.database);
      const database = Object.assign(Object.create(hub.database) as typeof hub.database, {
        connect: connecting,
        query,
      });
      await processBatch(inHand, { ...hub, database }, translate);
      expect((await currentTimelines(hub)).map(({ records }) => records)).toEqual([['police nominal-1', 'yos case-1']]);
    },
  );
});
