import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drain } from '../../apps/worker/worker.loop.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { factsShown } from '../../libs/testing/hub/shown.js';
import { withValue } from '../../libs/testing/translation/with-value.js';
import { expected } from './expected/expected.js';
import type { Expected } from './expected/what-comes-of-it.js';
import { bytesOf, published, sent } from './samples.js';

const hearing = 'cpp-public.events.hearing.hearing-resulted.json';
const results = '/hearing/prosecutionCases/0/defendants/0/offences/0/judicialResults';
const birthDate = '/hearing/prosecutionCases/0/defendants/0/personDefendant/personDetails/dateOfBirth';

/** Every published file goes through the whole hub, twice: what becomes of its receipt and of the log. */
if (published.length === 0) {
  it('has no published samples to record', () => {
    expect(Object.keys(expected)).not.toEqual([]);
  });
} else {
  describe('the published files, kept and recorded', recordThem);
}

function recordThem(): void {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await openTestHub();
  });
  afterAll(async () => {
    await hub.close();
  });

  const keep = async (
    agency: Expected['agency'],
    body: Uint8Array,
    attributes: Readonly<Record<string, string>> = {},
    messageId: string = randomUUID(),
  ) => {
    const { receivedAt: _, ...message } = sent(agency, body, attributes);
    const [kept] = await hub.intake.keep([{ ...message, messageId, canonical: body, correlation: randomUUID() }]);
    await drain(hub);
    return hub.status(kept?.receipt ?? '');
  };

  it.each(
    published.flatMap((file) => (expected[file] ?? []).map((one, at) => [`${file} (${at + 1})`, file, one] as const)),
  )('%s', async (_name, file, one) => {
    const before = await hub.log.head();
    const receipt = await keep(one.agency, bytesOf(file), one.attributes);
    expect(tally(receipt.outcomes.map(({ outcome }) => outcome))).toEqual(tally(wanted(one)));
    const head = await hub.log.head();
    expect(Number(head ?? 0n) - Number(before ?? 0n)).toBe(eventsOf(one));
    // Sent again under another id: nothing more is recorded.
    await keep(one.agency, bytesOf(file), one.attributes);
    expect(await hub.log.head()).toBe(head);
  });

  it('the court file, its defendant made 15: recorded; resulted otherwise: corrected; without the result: withdrawn', async () => {
    const original: unknown = JSON.parse(Buffer.from(bytesOf(hearing)).toString());
    const at15 = withValue(original, birthDate, '2004-01-01');
    const receipt = await keep('court', bytes(at15));
    expect(receipt).toMatchObject({
      status: 'recorded',
      outcomes: [{ outcome: 'recorded', fact: 'hub.court.v1.ResultRecorded' }],
    });

    const reshare = withValue(withValue(at15, '/isReshare', true), '/sharedTime', '2019-06-03T18:00:00.000Z');
    const changed = withValue(reshare, `${results}/0/cjsCode`, '1081');
    expect(await keep('court', bytes(changed))).toMatchObject({ outcomes: [{ outcome: 'corrected' }] });

    await keep('court', bytes(withValue(withValue(reshare, '/sharedTime', '2019-06-03T19:00:00.000Z'), results, [])));
    const ofCourt = (await factsShown(hub)).filter(({ record }) => record.startsWith('court '));
    // The file as published was held; now that its defendant is known it is told too, under the same time as the first.
    expect(ofCourt.map(({ state, data }) => [state, data?.['resultCode']])).toEqual([
      ['superseded', '1002'],
      ['superseded', '1002'],
      ['withdrawn', '1081'],
    ]);
  });

  it('once the hub knows the defendant, the held file is recorded, and its publisher is shown no difference', async () => {
    // The court's own record is known now: the adult of the file as published is the same defendant.
    const receipt = await keep('court', bytesOf(hearing), {}, 'the file as published');
    expect(receipt.shown).toBe('held');
    expect(receipt.outcomes.map(({ outcome }) => outcome)).not.toContain('held');
  });
}

// A fact that is recorded only for a known child is held, and the files are about nobody that the hub knows.
function eventsOf({ facts = [], counted, changes = 0, releases = 0 }: Expected): number {
  return (counted?.facts ?? facts.filter(({ onlyIfKnown }) => onlyIfKnown === null).length) + changes + releases;
}

function wanted({ facts = [], counted, outcomes = [], historic }: Expected): string[] {
  const recorded = Array.from({ length: counted?.facts ?? 0 }, () => 'recorded');
  const held = facts.map(({ onlyIfKnown }) => (onlyIfKnown !== null ? 'held' : historic ? 'historic' : 'recorded'));
  return [...recorded, ...held, ...outcomes.map(([outcome]) => outcome)];
}

function tally(outcomes: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    [...Map.groupBy(outcomes, (outcome) => outcome)].map(([outcome, of]) => [outcome, of.length]),
  );
}

function bytes(message: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(message));
}
