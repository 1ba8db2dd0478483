import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drain } from '../../apps/worker/worker.loop.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { factsShown } from '../../libs/testing/hub/shown.js';
import { withValue } from '../../libs/testing/translation/with-value.js';
import { bytesOf, published, sent } from './samples.js';

const file = 'dfe-sui-police-crime-data-record-9449303223.json';

if (published.length === 0) {
  it('has no published snapshots to vary', () => {
    expect(published).toEqual([]);
  });
} else {
  describe('the published police record, seen again and again', varyRecord);
}

function varyRecord(): void {
  let hub: TestHub;
  let original: unknown;
  beforeAll(async () => {
    hub = await openTestHub();
    original = JSON.parse(Buffer.from(bytesOf(file)).toString());
  });
  afterAll(async () => hub.close());

  /** Each on a record of its own: nothing else was ever said of it. */
  function record() {
    const subject = `custodian-${randomUUID()}`;
    return {
      keep: async (body: unknown, day: number, messageId: string = randomUUID()) => {
        const attributes = { subject, observedat: `2025-12-0${day}T09:00:00Z` };
        const bytes = Buffer.from(JSON.stringify(body));
        const { receivedAt: _, ...message } = sent('police', bytes, attributes);
        await hub.intake.keep([{ ...message, messageId, canonical: bytes, correlation: randomUUID() }]);
      },
      changes: async (): Promise<string[]> => {
        await drain(hub);
        return (await factsShown(hub))
          .filter((fact) => fact.record === `police ${subject}` && fact.state === 'current')
          .filter(({ type }) => type !== 'hub.police.v1.CrimeRecordObserved')
          .map(({ type, occurredAt, data }) => `${occurredAt.slice(0, 10)} ${type.slice(14)} ${JSON.stringify(data)}`)
          .toSorted();
      },
    };
  }
  const withdraw = async (messageId: string): Promise<void> => {
    const body = Buffer.from(JSON.stringify({ messageId, reason: 'read from the wrong record' }));
    const { receivedAt: _, ...message } = sent('police', body, { subject: 'any', time: '2025-12-20T09:00:00Z' });
    const told = { ...message, format: 'hub.police.v1.Withdrawn', contentType: 'application/json' };
    await hub.intake.keep([{ ...told, messageId: randomUUID(), canonical: body, correlation: randomUUID() }]);
  };
  const flagged = () => withValue(original, '/riskSexualExploitation', true);
  const interviewed = () => withValue(flagged(), '/missingEpisodes/0/returnedHomeInterviewAttended', false);

  it('three of them in every order, each twice, and all at once, end the same', async () => {
    const bodies = [original, flagged(), interviewed()];
    const ends: string[][] = [];
    for (const order of ['012', '021', '102', '120', '201', '210']) {
      const one = record();
      for (const at of [...order, ...order].map(Number)) {
        await one.keep(bodies[at], at + 1);
        await drain(hub);
      }
      ends.push(await one.changes());
    }
    const crowd = record();
    await Promise.all([2, 0, 1, 0, 2, 1].map(async (at) => crowd.keep(bodies[at], at + 1)));
    await Promise.all([drain(hub), drain(hub), drain(hub)]);
    ends.push(await crowd.changes());
    expect(ends[0]).toHaveLength(12);
    expect(new Set(ends.map((lines) => lines.join('\n'))).size).toBe(1);
  });

  it('one that says nothing new, and one whose field vanishes, change nothing', async () => {
    const one = record();
    await one.keep(original, 1);
    const before = await one.changes();
    await one.keep(original, 2);
    await one.keep(withValue(withValue(original, '/policeMarkerDetails', null), '/missingEpisodes', []), 3);
    await one.keep(original, 4);
    expect(await one.changes()).toEqual(before);
  });

  it('a late one in the middle changes what it must, and nothing once it is taken back', async () => {
    const one = record();
    await one.keep(original, 1);
    await one.keep(interviewed(), 5);
    const before = await one.changes();
    expect(before.filter((line) => line.includes('SEXUAL'))).toEqual([expect.stringMatching(/^2025-12-05/)]);
    const middle = randomUUID();
    await one.keep(flagged(), 3, middle);
    const flags = (await one.changes()).filter((line) => line.includes('SEXUAL'));
    expect(flags).toEqual([expect.stringMatching(/^2025-12-03/)]);
    await withdraw(middle);
    expect(await one.changes()).toEqual(before);
  });

  it('two that differ at one time: the one that came later counts', async () => {
    const one = record();
    await one.keep(original, 1);
    const before = await one.changes();
    await one.keep(flagged(), 1);
    expect(await one.changes()).toHaveLength(before.length + 1);
    await one.keep(original, 1);
    expect(await one.changes()).toEqual(before);
  });
}
