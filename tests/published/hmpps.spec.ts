import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drain } from '../../apps/worker/worker.loop.js';
import type { settledEvent } from '../../libs/simulations/domain-event.js';
import { immediateEvent, queued } from '../../libs/simulations/domain-event.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { factsShown, linksShown } from '../../libs/testing/hub/shown.js';
import { child, missingReport } from '../../libs/testing/messages/told.js';
import { withValue } from '../../libs/testing/translation/with-value.js';
import { bytesOf, published, sent } from './samples.js';

const files = {
  received: 'hmpps-sqs-prisoner-received-new-custody.json',
  released: 'hmpps-sqs-prisoner-released-hdc.json',
} as const;
type Direction = keyof typeof files;

if (published.length === 0) {
  it('has no published samples to vary', () => {
    expect(published).toEqual([]);
  });
} else {
  describe.each(['received', 'released'] as const)('the published movement, varied: %s', vary);
}

/** The published movement of a prisoner number of our own, in whichever envelope: what the whole hub makes of it. */
function vary(direction: Direction): void {
  let hub: TestHub;
  let serial = 0;
  beforeAll(async () => {
    hub = await openTestHub();
  });
  afterAll(async () => {
    await hub.close();
  });

  const envelope = JSON.parse(Buffer.from(bytesOf(files[direction])).toString()) as { Message: string };
  const original = JSON.parse(envelope.Message) as ReturnType<typeof settledEvent>;
  const { occurredAt } = original;
  const { prisonId } = original.additionalInformation;
  const instant = new Date(occurredAt).getTime();
  const minutesLater = (minutes: number) => new Date(instant + minutes * 60_000).toISOString();

  const numbered = () => {
    const nomsNumber = `A${String(2000 + ++serial)}QY`;
    const withNumber = withValue(original, '/additionalInformation/nomsNumber', nomsNumber);
    const settled = withValue(withNumber, '/personReference/identifiers/0/value', nomsNumber);
    const of = { direction, nomsNumber, occurredAt: minutesLater(2), prisonId };
    const opposite = direction === 'received' ? ('released' as const) : ('received' as const);
    return {
      nomsNumber,
      settled,
      notified: withValue(envelope, '/Message', JSON.stringify(settled)),
      immediate: immediateEvent(of),
      putRight: immediateEvent({ ...of, direction: opposite, occurredAt: minutesLater(20) }),
    };
  };
  const keep = async (...bodies: readonly unknown[]) => {
    const messages = bodies.map((body) => {
      const { receivedAt: _, ...message } = sent('secure-estate', Buffer.from(JSON.stringify(body)));
      return { ...message, messageId: randomUUID(), canonical: message.body, correlation: randomUUID() };
    });
    const kept = await hub.intake.keep(messages);
    await drain(hub);
    return Promise.all(kept.map(({ receipt }) => hub.status(receipt)));
  };
  const makeKnown = async (nomsNumber: string) => {
    const person = { birthDate: child.birthDate, nomsNumber };
    const data = { reportReference: nomsNumber, risk: 'RISK_GRADE_LOW', person };
    await hub.keep(missingReport(`claims ${nomsNumber}`, `of ${nomsNumber}`, person, { data }));
    await drain(hub);
  };
  const current = async (nomsNumber: string) =>
    (await factsShown(hub)).filter(({ record, state }) => record.endsWith(` ${nomsNumber}`) && state === 'current' && record.startsWith('secure')); // prettier-ignore
  const entry = {
    type: `hub.secure_estate.v1.${direction === 'received' ? 'ReceivedIntoCustody' : 'ReleasedFromCustody'}`,
    occurredAt: expect.stringContaining(new Date(occurredAt).toISOString().slice(0, 19)),
    data: expect.objectContaining({
      establishment: prisonId,
      reasonCode: original.additionalInformation.nomisMovementReasonCode,
    }),
  };

  it('of a number that a record claims is recorded, as it says, and no recall is read into it', async () => {
    const { nomsNumber, notified } = numbered();
    await makeKnown(nomsNumber);
    expect(await keep(notified)).toMatchObject([{ status: 'recorded', shown: 'held' }]);
    const facts = await current(nomsNumber);
    expect(facts).toEqual([expect.objectContaining(entry)]);
    expect(facts[0]?.data).not.toHaveProperty('recall');
    expect(await linksShown(hub)).toContainEqual([`police of ${nomsNumber}`, `secure-estate ${nomsNumber}`]);
  });

  it('of a number that nobody claims is held, until somebody does', async () => {
    const { nomsNumber, notified } = numbered();
    expect(await keep(notified)).toMatchObject([{ status: 'held' }]);
    await makeKnown(nomsNumber);
    expect(await current(nomsNumber)).toHaveLength(1);
  });

  it.each(['immediate first', 'settled first', 'at once'])(
    'and its twin are one entry, the settled: %s',
    async (how) => {
      const { nomsNumber, notified, immediate } = numbered();
      await makeKnown(nomsNumber);
      if (how === 'at once') await keep(immediate, notified);
      else for (const one of how === 'immediate first' ? [immediate, notified] : [notified, immediate]) await keep(one);
      expect(await current(nomsNumber)).toEqual([expect.objectContaining(entry)]);
    },
  );

  it.each(['in order', 'backwards'])('put right before it was settled leaves nothing: %s', async (how) => {
    const { nomsNumber, immediate, putRight } = numbered();
    await makeKnown(nomsNumber);
    for (const one of how === 'in order' ? [immediate, putRight] : [putRight, immediate]) await keep(one);
    expect(await current(nomsNumber)).toEqual([]);
  });

  it('bare, notified, and queued are the same entry', async () => {
    const { nomsNumber, settled, notified } = numbered();
    await makeKnown(nomsNumber);
    const inQueue = { Body: JSON.stringify(notified) };
    await keep(settled, notified, inQueue, queued(settled as ReturnType<typeof settledEvent>));
    expect(await current(nomsNumber)).toEqual([expect.objectContaining(entry)]);
  });
}
