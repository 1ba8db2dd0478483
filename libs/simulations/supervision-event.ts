import { testUuid } from './people.js';

/** Whom an HMPPS domain event is about: older ones write the kind of number in lower case. */
export type Identified = readonly { readonly type: 'NOMS' | 'CRN' | 'crn'; readonly value: string }[];

/** A domain event in the envelope that every service of HMPPS publishes in. */
export function domainEvent(
  eventType: string,
  occurredAt: string,
  identifiers: Identified,
  additionalInformation: Readonly<Record<string, unknown>>,
) {
  return {
    eventType,
    version: 1,
    occurredAt,
    description: `${eventType.replaceAll(/[.-]/g, ' ')} of a simulated person`,
    detailUrl: 'https://simulated.example/detail',
    additionalInformation,
    personReference: { identifiers },
  };
}

export type SimulatedEvent = ReturnType<typeof domainEvent>;

export interface SupervisedPerson {
  readonly crn: string;
  readonly nomsNumber: string;
}

/** What prisons and probation publish about one person besides movements and allocations: one of each type, at one time. */
export function everySupervisionEvent(
  { crn, nomsNumber }: SupervisedPerson,
  occurredAt: string,
  serial = 1,
): readonly SimulatedEvent[] {
  const prisoner: Identified = [{ type: 'NOMS', value: nomsNumber }];
  const supervised: Identified = [{ type: 'CRN', value: crn }];
  const both: Identified = [...supervised, ...prisoner];
  const id = testUuid(serial);
  const told = (type: string, whom: Identified, more: Readonly<Record<string, unknown>>) =>
    domainEvent(type, occurredAt, whom, more);
  const register = {
    registerTypeCode: 'RHRH',
    registerTypeDescription: 'High RoSH',
    registrationCategoryDescription: '',
    registrationLevelDescription: '',
  };
  return [
    told('prison-offender-events.prisoner.merged', prisoner, {
      nomsNumber,
      removedNomsNumber: removedOf(nomsNumber),
      reason: 'MERGE',
      bookingId: '1000001',
    }),
    told('person.alert.created', prisoner, { alertUuid: id, alertCode: 'XA', source: 'DPS' }),
    told('person.alert.inactive', prisoner, { alertUuid: testUuid(serial + 1), alertCode: 'HA', source: 'DPS' }),
    told('recall.inserted', prisoner, { recallId: id, sentenceIds: [testUuid(serial + 2)], source: 'DPS' }),
    ...['pending', 'approved', 'denied', 'cancelled'].map((what, at) =>
      told(`person.temporary-absence-authorisation.${what}`, prisoner, { id: testUuid(serial + at), source: 'DPS' }),
    ),
    told('probation-case.merge.completed', supervised, { sourceCRN: removedOf(crn), targetCRN: crn }),
    told('probation-case.prison-identifier.added', both, { bookingNumber: '10001A' }),
    told('probation-case.registration.added', supervised, { ...register, registrationId: String(serial) }),
    told('probation-case.registration.deregistered', supervised, { ...register, deregistrationId: String(serial) }),
    told('probation-case.breach-notice.created', [{ type: 'crn', value: crn }], { breachNoticeId: id }),
    told('prison-recall.recommendation.consideration', supervised, { bookedBy: { username: 'SIMULATED' } }),
    told('prison-recall.recommendation.management-oversight', supervised, { contactOutcome: 'DECISION_TO_RECALL' }),
    told('pre-sentence.report.started', supervised, { eventNumber: '1', reportId: id }),
    told('pre-sentence.report.completed', supervised, { eventNumber: '1', reportId: id }),
    told('create-and-vary-a-licence.licence.activated', both, { licenceId: String(serial) }),
    told('create-and-vary-a-licence.hdc-licence.inactivated', both, { licenceId: String(serial + 1) }),
  ];
}

/** Another number of the same shape: the one that a merge leaves behind. */
export function removedOf(number: string): string {
  return number.replace(/\d/, (digit) => String((Number(digit) + 1) % 10));
}
