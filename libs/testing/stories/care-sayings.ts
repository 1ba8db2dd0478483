import fc from 'fast-check';
import type { Agency } from '../../kernel/agency.js';
import { recordsAsCsv, recordsAsJson, type SimulatedRecord } from '../../simulations/agency-records.js';
import { careEpisodesReturn, libertyOrdersReturn, lookedAfterChildrenReturn } from '../../simulations/care-return.js';
import { cinCensus } from '../../simulations/cin-census.js';
import { crimeRecord } from '../../simulations/crime-record.js';
import { educationRecord } from '../../simulations/education-record.js';
import { fhirBundle } from '../../simulations/fhir-resource.js';
import { healthRecord } from '../../simulations/health-record.js';
import { patientMessage } from '../../simulations/patient-message.js';
import { signalBundle, signalCloudEvent, signalVersionOne } from '../../simulations/patient-signal.js';
import { personalDetails } from '../../simulations/personal-details.js';
import { servicesRecord } from '../../simulations/services-record.js';
import { healthRecords, patientMessages, resources, signals } from '../generated/health.js';
import { educationRecords, educationRecordsSeen } from '../generators/education.js';
import { careEpisodes, childrenInNeed, details, libertyOrders, lookedAfterChildren, servicesRecords, socialCareRecords } from '../generators/social-care.js'; // prettier-ignore
import { childAt, given, numbersOf, who } from './children.js';
import { json, table, xml, type Saying } from './saying.js';

export const educationSayings: fc.Arbitrary<Saying> = fc.oneof(
  records('education', educationRecords),
  seen('education', 'pupil', educationRecordsSeen.map(educationRecord)),
);

/** Of few children each: what a return says of one twice, it corrects. */
export const socialCareSayings: fc.Arbitrary<Saying> = fc.oneof(
  records('social-care', socialCareRecords),
  seen(
    'social-care',
    'child',
    servicesRecords.map((one) => servicesRecord(one)),
  ),
  seen('social-care', 'child', details.map(personalDetails)),
  careEpisodes.map((rows) => () => table('social-care', careEpisodesReturn(rows.map((row, at) => ({ ...row, child: name(at) }))))), // prettier-ignore
  libertyOrders.map((rows) => () => table('social-care', libertyOrdersReturn(rows.slice(0, 3).map((row, at) => ({ ...row, child: name(at), birthDate: childAt(at).birthDate }))))), // prettier-ignore
  lookedAfterChildren.map((rows) => () => table('social-care', lookedAfterChildrenReturn(rows.slice(0, 3).map((row, at) => ({ ...row, child: name(at), birthDate: childAt(at).birthDate }))))), // prettier-ignore
  childrenInNeed.map((some) => (at: string) => xml('social-care', cinCensus(some.slice(0, 3).map((one, nth) => ({ ...one, id: name(nth), birthDate: childAt(nth).birthDate })), at.slice(0, 19)))), // prettier-ignore
);

/** Everything of health names its patient by number. */
export const healthSayings: fc.Arbitrary<Saying> = fc.oneof(
  fc.tuple(signals, who, fc.nat(2)).map(([signal, { nhsNumber, ...person }, form]) => (at: string) => {
    const said = { ...signal, nhsNumber, time: at };
    return json('health', [signalCloudEvent, signalBundle, (one: typeof said) => signalVersionOne(one, person)][form]?.(said)); // prettier-ignore
  }),
  fc.tuple(patientMessages, who).map(([message, { nhsNumber, birthDate }]) => (at: string) => xml('health', patientMessage({ ...message, nhsNumber, birthDate, time: at }))), // prettier-ignore
  fc
    .tuple(fc.array(resources, { minLength: 1, maxLength: 3 }), who, fc.nat(1))
    .map(([list, patient, slot]) => (at: string) => {
      const { nhsNumber, givenNames: givenName, familyName, birthDate } = patient;
      // Two of one kind in a bundle would be two of one name.
      const said = list.map((one, nth) => ({
        ...one,
        id: `${one.kind}-${patient.serial}-${slot}-${nth}`,
        updated: at,
      }));
      return json('health', fhirBundle(said, { nhsNumber, givenName, familyName, birthDate }));
    }),
  fc.tuple(healthRecords, who).map(([one, { nhsNumber }]) => () => json('health', healthRecord(one), `nhs:${nhsNumber}`)), // prettier-ignore
);

/** A record as its custodian serves it, seen again and again. */
export const crimeSayings: fc.Arbitrary<Saying> = seen(
  'police',
  'nominal',
  fc
    .record(
      {
        marker: fc.constantFrom('Dog at the address', 'None'),
        services: fc.subarray(['Fernhill youth club', 'Mentoring']),
        risks: fc.record({ criminal: fc.boolean(), gangs: fc.boolean() }, { requiredKeys: [] }),
        statuses: fc.subarray([{ status: 'Open' }, { status: 'Wanted', plan: 'Call' }]),
      },
      { requiredKeys: [] },
    )
    .map(crimeRecord),
);

function seen(system: Agency, prefix: string, bodies: fc.Arbitrary<unknown>): fc.Arbitrary<Saying> {
  return fc.tuple(bodies, who).map(
    ([body, { serial }]) =>
      () =>
        json(system, body, `${prefix}-${serial}`),
  );
}

function records(system: Agency, some: fc.Arbitrary<readonly SimulatedRecord[]>): fc.Arbitrary<Saying> {
  return fc.tuple(some, fc.nat(1), given, fc.boolean()).map(([drawn, slot, numbers, asTable]) => () => {
    const said = drawn.map((record, at): SimulatedRecord => {
      const child = childAt(at);
      const { nhsNumber } = numbersOf(child, numbers);
      const references = Object.keys(record).filter((field) => field.endsWith('reference'));
      return {
        ...record,
        ...Object.fromEntries(references.map((field) => [field, `${field}-${slot}`])),
        child: `${system}-${child.serial}`,
        birth_date: child.birthDate,
        ...(nhsNumber === undefined ? {} : { nhs_number: nhsNumber }),
      };
    });
    return asTable ? table(system, recordsAsCsv(said)) : json(system, JSON.parse(recordsAsJson(said)));
  });
}

const name = (at: number): string => `10${childAt(at).serial}`;
