import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decode } from '../../contracts/catalogue.js';
import type { Fact, Message } from '../../kernel/fact.js';
import { fhirBundle, fhirResource, type SimulatedPatient, type SimulatedResource } from '../../simulations/fhir-resource.js'; // prettier-ignore
import { healthRecord } from '../../simulations/health-record.js';
import { patientMessage } from '../../simulations/patient-message.js';
import { signalBundle, signalCloudEvent, signalVersionOne } from '../../simulations/patient-signal.js';
import { healthMessage, healthRecords, patientMessages, patients, resources, signals } from '../../testing/generated/health.js'; // prettier-ignore
import { factsIn } from '../../testing/translation/facts-in.js';
import { translate } from '../registry.js';

const facts = (message: Message) => factsIn(translate(message));
const shape = (fact: Fact | undefined) => fact && { ...fact, data: decode(fact.type, fact.data) };
const short = (type: string) => type.replace('hub.health.v1.', '');
const runs = { numRuns: 300 };

it('a signal says the same in each format, and what its publisher said', () => {
  fc.assert(
    fc.property(signals, (signal) => {
      const event = signalCloudEvent(signal);
      const [said, ...more] = facts(healthMessage(event)).map(shape);
      expect(more).toEqual([]);
      expect(said).toMatchObject({
        record: { key: `nhs:${signal.nhsNumber}`, person: { identifiers: [{ value: signal.nhsNumber }] } },
        key: [said?.type, `nhs:${signal.nhsNumber}`, signal.id],
        occurred: { at: signal.time },
        onlyIfKnown: { code: 'not-shown-to-be-a-child' },
        data: { notificationReference: signal.id, person: { nhsNumber: signal.nhsNumber } },
      });
      expect(facts(healthMessage(signalBundle(signal))).map(shape)).toEqual([said]);
      const { birthDate, ...who } = { familyName: 'Fennimoor', birthDate: '2010-05-06' };
      const [old] = facts(healthMessage(signalVersionOne(signal, { ...who, birthDate })));
      expect(old?.key).toEqual(said?.key);
      expect(old?.record.person).toMatchObject({ ...who, birthDate });
    }),
    runs,
  );
});

it('a message of the events service says what its publisher said, whatever has to be escaped', () => {
  fc.assert(
    fc.property(patientMessages, (simulated) => {
      const [fact, ...more] = facts(healthMessage(patientMessage(simulated)));
      expect(more).toEqual([]);
      const { familyName, givenName, birthDate, practice, formerPractice } = simulated;
      expect(fact?.record.person).toEqual({
        identifiers: [{ kind: 'nhs', value: simulated.nhsNumber }],
        ...(givenName === undefined ? {} : { givenNames: givenName }),
        ...(familyName === undefined ? {} : { familyName }),
        ...(birthDate === undefined ? {} : { birthDate }),
      });
      const said = shape(fact)?.data ?? {};
      expect([said['practice'], said['formerPractice']]).toEqual([practice?.name, formerPractice?.name]);
    }),
    runs,
  );
});

it('a health record says what its custodian said', () => {
  const attributes = { subject: 'nhs:9990001015', observedat: '2026-03-01T08:00:00Z' };
  fc.assert(
    fc.property(healthRecords, (record) => {
      const [fact, ...more] = facts(healthMessage(healthRecord(record), { attributes }));
      expect(more).toEqual([]);
      const { gpName, gpPractice, camhsTeams = [], statuses, missed = [], attendances = [] } = record;
      const said = shape(fact)?.data ?? {};
      expect([said['gpName'], said['gpPractice']]).toEqual([gpName, gpPractice]);
      expect([said['camhsTeams'] ?? [], said['missedAppointments'] ?? [], said['emergencyAttendances'] ?? []]).toEqual([camhsTeams, missed, attendances]); // prettier-ignore
      expect([said['activeStatuses'] ?? [], said['activeStatusesWhole'] ?? false]).toEqual([statuses ?? [], statuses !== undefined]); // prettier-ignore
    }),
    runs,
  );
});

describe('a resource', () => {
  it('gives the facts that its publisher meant, at the time and under the name it has there', () => {
    fc.assert(
      fc.property(resources, patients, (resource, patient) => {
        const { items, covers } = translate(healthMessage(fhirBundle([resource], patient)));
        expect(items.filter(({ outcome }) => outcome !== 'fact')).toEqual([]);
        const of = factsIn({ items, covers: [] });
        expect(of.map(({ type, key, occurred }) => [short(type), key.slice(2).join(' '), occurred.at])).toEqual(meant(resource)); // prettier-ignore
        for (const fact of of) {
          expect(fact.record.key).toBe(`nhs:${patient.nhsNumber}`);
          expect(fact.statedAt).toBe(resource.updated);
          expect(covers).toEqual([{ scope: fact.scope, statedAt: resource.updated }]);
        }
      }),
      runs,
    );
  });

  it('gives the same alone as in a bundle, but for who the patient is', () => {
    fc.assert(
      fc.property(resources, patients, (resource, patient) => {
        const said = (body: unknown) => facts(healthMessage(body)).map(({ key, occurred, scope }) => [key, occurred, scope]); // prettier-ignore
        expect(said(fhirResource(resource, patient, false))).toEqual(said(fhirBundle([resource], patient)));
      }),
      runs,
    );
  });

  it('gives the same facts in any order, said as often as one likes, in as many bundles as one likes', () => {
    const several = fc.uniqueArray(resources, { selector: ({ id }) => id, minLength: 1, maxLength: 6 });
    const shuffled = several.chain((list) =>
      fc.record({
        list: fc.constant(list),
        again: fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 }),
        cut: fc.nat(list.length),
      }),
    );
    const told = (bundles: readonly (readonly SimulatedResource[])[], patient: SimulatedPatient) =>
      new Set(bundles.flatMap((bundle) => facts(healthMessage(fhirBundle(bundle, patient)))).map(({ key, data, statedAt }) => `${key.join()} ${statedAt} ${Buffer.from(data).toString('hex')}`)); // prettier-ignore
    fc.assert(
      fc.property(shuffled, patients, ({ list, again, cut }, patient) => {
        expect(told([again.slice(0, cut), again.slice(cut)], patient)).toEqual(told([list], patient));
      }),
      runs,
    );
  });
});

/** Type, business key and time of the facts that a resource stands for. */
function meant(one: SimulatedResource): readonly (readonly [string, string, string])[] {
  const substances = 'service' in one && one.service === 'substance-misuse';
  switch (one.kind) {
    case 'referral':
      return [
        substances ? ['SubstanceMisuseReferred', one.id, one.on] : ['InvolvementRecorded', `${one.id} 1`, one.on],
        ...(one.turnedDown === true ? [['InvolvementRecorded', `${one.id} 4`, one.updated] as const] : []),
      ];
    case 'episode':
      return [
        substances ? ['SubstanceMisuseTreatmentStarted', one.id, one.since] : ['InvolvementRecorded', `${one.id} 2`, one.since], // prettier-ignore
        ...(one.until === undefined ? [] : [['InvolvementRecorded', `${one.id} 3`, one.until] as const]),
      ];
    case 'screening':
      return [['ScreeningCompleted', one.id, one.at]];
    case 'assessment':
      return [['SubstanceMisuseAssessed', one.referral, one.at]];
    case 'exit':
      return [['SubstanceMisuseTreatmentEnded', one.treatment, one.at]];
    case 'score':
      return [['ScoreRecorded', one.id, one.at]];
    case 'allergy':
      return [['HealthNeedRecorded', `AllergyIntolerance/${one.id}`, one.on]];
    case 'warning':
      return [['HealthNeedRecorded', `Flag/${one.id}`, one.since]];
    case 'medication':
      return [['HealthNeedRecorded', `MedicationStatement/${one.id}`, one.on]];
  }
}
