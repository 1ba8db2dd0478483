import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drain } from '../../apps/worker/worker.loop.js';
import { testNhsNumber } from '../../libs/simulations/people.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { factsShown, linksShown } from '../../libs/testing/hub/shown.js';
import { child, missingReport } from '../../libs/testing/messages/told.js';
import { bytesOf, published, sent } from './samples.js';

const published9 = '9912003888';
const files = {
  flag: 'mns-fhir-signal-patientflags-change-1.json',
  flagEvent: 'mns-cloudevent-patientflags-change-1.json',
  number: 'mns-fhir-signal-nhs-number-change-2.json',
  death: 'mns-fhir-signal-pds-death-notification-2.json',
  versionOne: 'mns-legacy-v1-pds-change-of-gp-1.json',
  nems: 'nems-pds-change-of-gp-1-bundle.xml',
  record: 'dfe-sui-health-data-9991234566.json',
} as const;

if (published.length === 0) {
  it('has no published health messages to vary', () => {
    expect(published).toEqual([]);
  });
} else {
  describe('the published health messages, about numbers of our own', vary);
}

function vary(): void {
  let hub: TestHub;
  let serial = 600;
  beforeAll(async () => {
    hub = await openTestHub();
  });
  afterAll(async () => hub.close());

  // Of a tenth of the serials there is no number.
  const freshNumber = (): string => {
    try {
      return testNhsNumber(++serial);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return freshNumber();
    }
  };
  const textOf = (file: keyof typeof files, number: string, changes: readonly (readonly [string, string])[] = []) =>
    changes.reduce(
      (text, [from, to]) => text.replaceAll(from, to),
      Buffer.from(bytesOf(files[file])).toString().replaceAll(published9, number),
    );
  const keep = async (...texts: readonly string[]) => keepAs({}, ...texts);
  const keepAs = async (attributes: Readonly<Record<string, string>>, ...texts: readonly string[]) => {
    const messages = texts.map((text) => {
      const { receivedAt: _, ...message } = sent('health', Buffer.from(text), attributes);
      return { ...message, messageId: randomUUID(), canonical: message.body, correlation: randomUUID() };
    });
    const kept = await hub.intake.keep(messages);
    await drain(hub);
    return Promise.all(kept.map(({ receipt }) => hub.status(receipt)));
  };
  const makeKnown = async (nhsNumber: string, more: object = {}) => {
    const person = { birthDate: child.birthDate, nhsNumber, ...more };
    const data = { reportReference: nhsNumber, risk: 'RISK_GRADE_LOW', person };
    await hub.keep(missingReport(`claims ${nhsNumber} ${serial}`, `of ${nhsNumber}`, person, { data }));
    await drain(hub);
  };
  const current = async (number: string) =>
    (await factsShown(hub)).filter(({ record, state }) => record === `health nhs:${number}` && state === 'current');
  const types = async (number: string) => (await current(number)).map(({ type }) => type.replace('hub.health.v1.', ''));
  const linked = async (number: string) => (await linksShown(hub)).find((of) => of.includes(`health nhs:${number}`));

  it('a signal of a number that nobody claims is held, until somebody does; its publisher is shown no difference', async () => {
    const number = freshNumber();
    expect(await keep(textOf('death', number))).toMatchObject([{ status: 'held', shown: 'held' }]);
    expect(await current(number)).toEqual([]);
    await makeKnown(number);
    expect(await types(number)).toEqual(['DeathNotified']);
    expect(await keep(textOf('death', number))).toMatchObject([{ shown: 'held' }]);
    expect(await linked(number)).toEqual([`health nhs:${number}`, `police of ${number}`]);
  });

  it.each(['in order', 'backwards', 'at once', 'twice'])('one event in both formats is one entry: %s', async (how) => {
    const number = freshNumber();
    await makeKnown(number);
    const both = [textOf('flagEvent', number), textOf('flag', number)];
    if (how === 'at once') await keep(...both);
    else for (const one of how === 'backwards' ? both.toReversed() : how === 'twice' ? [...both, ...both] : both) await keep(one); // prettier-ignore
    expect(await current(number)).toEqual([
      expect.objectContaining({ type: 'hub.health.v1.PatientFlagChanged', data: expect.objectContaining({ flagCode: 'NRAF' }) }), // prettier-ignore
    ]);
  });

  it('a changed number links nobody: the children of the old and the new stay two', async () => {
    const [old, now] = [freshNumber(), freshNumber()];
    await makeKnown(old);
    await makeKnown(now);
    await keep(textOf('number', old));
    expect(await types(old)).toEqual(['NhsNumberChanged']);
    expect(await linked(old)).toEqual([`health nhs:${old}`, `police of ${old}`]);
    expect(await linksShown(hub)).toContainEqual([`police of ${now}`]);
  });

  it('version 1 and the events service make a child known by themselves, and say who it is', async () => {
    const [one, other] = [freshNumber(), freshNumber()];
    const [first, second] = await keep(textOf('versionOne', one), textOf('nems', other));
    expect([first?.status, second?.status]).toEqual(['recorded', 'recorded']);
    expect((await current(one))[0]?.data).toMatchObject({ person: { familyName: 'DAWKINS', birthDate: '2017-10-02' } });
    expect((await current(other))[0]?.data).toMatchObject({ formerRegistrationEndedOn: '2017-10-29' });
    expect(JSON.stringify(await current(other))).not.toMatch(/Sandmoor|LS17/);
  });

  it('both, of somebody grown up, are held', async () => {
    const grown = [['2017-10-02', '1997-10-02']] as const;
    const [one, other] = [freshNumber(), freshNumber()];
    expect(await keep(textOf('versionOne', one, grown), textOf('nems', other, grown))).toMatchObject([{ status: 'held' }, { status: 'held' }]); // prettier-ignore
  });

  it('a birth date that contradicts the child’s joins nobody', async () => {
    const number = freshNumber();
    await makeKnown(number);
    await keep(textOf('versionOne', number));
    expect(await linked(number)).toEqual([`health nhs:${number}`]);
  });

  it('the record of a number that fails its check is kept under it, again and again, and links nobody', async () => {
    const number = '9991234566';
    await makeKnown(number);
    const seen = async (day: number, changes: readonly (readonly [string, string])[] = []) =>
      keepAs({ subject: `nhs:${number}`, observedat: `2025-12-0${day}T09:00:00Z` }, textOf('record', number, changes));
    await seen(3, [['"Open to CAMHS"', '"Discharged"']]);
    await seen(1);
    await seen(1);
    await seen(2);
    const statuses = (await current(number)).filter(({ type }) => type.endsWith('HealthStatusChanged'));
    expect(
      statuses
        .map(
          ({ occurredAt, data }) =>
            `${occurredAt.slice(0, 10)} ${JSON.stringify(data?.['status'])} ${data?.['ended'] === true}`,
        )
        .toSorted(),
    ).toEqual([
      // prettier-ignore
      '2025-12-01 "Open to CAMHS" false',
      '2025-12-03 "Discharged" false',
      '2025-12-03 "Open to CAMHS" true',
    ]);
    expect(await linked(number)).toEqual([`health nhs:${number}`]);
  });
}
