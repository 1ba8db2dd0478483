import { describe, expect, it } from '@jest/globals';
import { decode } from '../../contracts/catalogue.js';
import type { Message } from '../../kernel/fact.js';
import { testNhsNumber } from '../../simulations/people.js';
import { signalBundle, signalCloudEvent, signalVersionOne, type SimulatedSignal } from '../../simulations/patient-signal.js'; // prettier-ignore
import { healthMessage } from '../../testing/generated/health.js';
import { factsIn } from '../../testing/translation/facts-in.js';
import { withValue } from '../../testing/translation/with-value.js';
import { translate } from '../registry.js';

const number = testNhsNumber(303);
const flag: SimulatedSignal = { id: '0000-FLAG', event: 'patientflags-change', nhsNumber: number, time: '2026-02-01T09:00:00Z', flagCode: 'NRAF' }; // prettier-ignore
const of = (event: SimulatedSignal['event']): SimulatedSignal => ({ id: 'e-1', event, nhsNumber: number, time: flag.time, recordVersion: '4' }); // prettier-ignore
const kit = { familyName: 'FENNIMOOR', birthDate: '2010-05-06' };

const facts = (body: unknown, change: Partial<Message> = {}) => factsIn(translate(healthMessage(body, change)));
const said = (body: unknown) => facts(body).map(({ type, data }) => [type.replace('hub.health.v1.', ''), decode(type, data)]); // prettier-ignore
const outcomes = (body: unknown, change: Partial<Message> = {}) =>
  translate(healthMessage(body, change)).items.map((item) => [item.outcome, 'reason' in item && typeof item.reason === 'object' ? item.reason.code : '', 'pointer' in item ? item.pointer : undefined]); // prettier-ignore

describe('a signal', () => {
  const event = signalCloudEvent(flag);
  const { specversion: _, ...attributes } = { ...event, source: 'health' };
  const envelope = { ...event, source: 'health' };

  it('is one fact of one number, under its own id, and held until a child has that number', () => {
    expect(facts(event)).toMatchObject([
      {
        record: { key: `nhs:${number}`, person: { identifiers: [{ kind: 'nhs', value: number }] } },
        key: ['hub.health.v1.PatientFlagChanged', `nhs:${number}`, '0000-flag'],
        occurred: { at: flag.time, precision: 'instant' },
        statedAt: flag.time,
        onlyIfKnown: { code: 'not-shown-to-be-a-child' },
      },
    ]);
  });

  it.each([
    ['as a bundle', signalBundle(flag), {}],
    ['named by its type', event, { format: 'patientflags-change-1', contentType: 'application/json' }],
    ['through the door of events, which keeps its attributes', envelope, { format: event.type, contentType: 'application/cloudevents+json', attributes }], // prettier-ignore
    ['in binary mode, without a body', '', { format: event.type, contentType: '', attributes }],
    ['in binary mode, with data of its type', { versionId: '1' }, { format: event.type, contentType: 'application/json', attributes }], // prettier-ignore
    ['as the data of an event', { specversion: '1.0', type: 'x', data: signalBundle(flag) }, { format: 'mns.signal', contentType: 'application/cloudevents+json' }], // prettier-ignore
    ['with its number written in groups', withValue(event, '/subject', number.replace(/^(...)(...)/, '$1 $2 ')), {}],
    ['with its number as a subject of ours', withValue(event, '/subject', `nhs:${number}`), {}],
  ])('%s says the same', (_name, body, change) => {
    expect(facts(body, change)).toEqual(facts(event));
  });

  it('of a kind that the hub does not take up is ignored, whatever the kind', () => {
    for (const type of ['imms-vaccination-record-change-1', 'vrs-proxy-role-changed-1', 'constructor-1'])
      expect(outcomes({ ...event, type }, { format: type })).toEqual([['ignored', 'not-taken-up', undefined]]);
  });

  it.each([
    ['no number', withValue(event, '/subject', undefined), 'missing-value', '/subject'],
    ['a number that is none', withValue(event, '/subject', 'Fennimoor'), 'invalid-identifier', '/subject'],
    ['no id', withValue(event, '/id', undefined), 'missing-value', '/id'],
    ['a time that is none', withValue(event, '/time', 'Tuesday'), 'wrong-type', '/time'],
    ['a bundle without a subject', withValue(signalBundle(flag), '/entry/0/resource/parameter/4/part/2/name', 'whom'), 'missing-value', '/entry/0/resource/parameter/4/part/subject/valueReference/identifier/value'], // prettier-ignore
  ])('with %s is quarantined, and quotes nothing', (_name, body, code, pointer) => {
    expect(outcomes(body)).toEqual([['quarantined', code, pointer]]);
    expect(JSON.stringify(translate(healthMessage(body)).items)).not.toContain('Fennimoor');
  });
});

describe('what a signal says', () => {
  const about = { notificationReference: 'e-1', person: { nhsNumber: number } };
  it.each([
    ['pds-change-of-gp', 'PatientRecordChanged', { what: 'WHAT_GENERAL_PRACTICE', recordVersion: '4' }],
    ['pds-record-change', 'PatientRecordChanged', { what: 'WHAT_DEMOGRAPHICS', recordVersion: '4' }],
    ['nhs-number-change', 'NhsNumberChanged', {}],
    ['pds-death-notification', 'DeathNotified', {}],
  ] as const)('%s is %s', (event, type, more) => {
    expect(said(signalBundle(of(event)))).toEqual([[type, { ...about, ...more }]]);
  });

  it('a changed number claims the number that it names, and no other: nobody is linked by it', () => {
    const [fact] = facts(signalBundle(of('nhs-number-change')));
    expect(fact?.record).toEqual({ key: `nhs:${number}`, person: { identifiers: [{ kind: 'nhs', value: number }] } });
  });

  it('version 1 says how a death or a number stands', () => {
    const old = (event: SimulatedSignal['event'], data: Record<string, string>) => said(signalVersionOne(of(event), kit, data))[0]?.[1]; // prettier-ignore
    expect(old('pds-death-notification', { deathNotificationStatus: '2' })).toMatchObject({ status: 'STATUS_FORMAL' });
    expect(old('pds-death-notification', { deathNotificationStatus: 'u' })).toMatchObject({ status: 'STATUS_REMOVED' });
    expect(old('nhs-number-change', { nhsNumberStatus: 'R' })).toMatchObject({ status: 'STATUS_REPLACED' });
    expect(old('nhs-number-change', { nhsNumberStatus: '?' })).not.toHaveProperty('status');
  });
});

describe('version 1, which says when the patient was born', () => {
  const told = (birthDate: string) => facts(signalVersionOne(of('pds-change-of-gp'), { ...kit, birthDate }))[0];
  it('is of a child, of an adult, or of nobody known', () => {
    expect(told('2010-05-06')).not.toHaveProperty('onlyIfKnown');
    expect(told('2008-02-02')).not.toHaveProperty('onlyIfKnown');
    expect(told('2008-02-01')).toMatchObject({ onlyIfKnown: { code: 'adult' } });
    expect(told('2010')).toMatchObject({ onlyIfKnown: { code: 'not-shown-to-be-a-child' } });
    expect(told('2010')?.record.person).not.toHaveProperty('birthDate');
  });

  it('claims the family name and the birth date', () => {
    expect(told('2010-05-06')?.record.person).toMatchObject({ familyName: 'FENNIMOOR', birthDate: '2010-05-06' });
  });
});

describe('what is no event', () => {
  it.each([
    ['an index', { orgId: 'H-1', orgType: 'HEALTH', records: [{ personId: number, recordType: 'health.details' }] }, 'index'], // prettier-ignore
    ['a schema', { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' }, 'schema'],
  ])('%s is ignored, and says why', (_name, body, code) => {
    expect(outcomes(body)).toEqual([['ignored', code, undefined]]);
  });

  it.each([['{'], ['[]'], ['"x"'], ['null'], ['{}'], ['<Bundle'], ['<Letter/>']])('%s is unknown', (body) => {
    const [[outcome] = []] = outcomes(body);
    expect(outcome).toBe('quarantined');
  });
});
