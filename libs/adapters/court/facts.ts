import { encode } from '../../contracts/catalogue.js';
import { ApplicationMadeSchema, ApplicationResultedSchema } from '../../contracts/gen/hub/court/v1/applications_pb.js';
import { ResultRecordedSchema } from '../../contracts/gen/hub/court/v1/court_pb.js';
import type { Fact } from '../../kernel/fact.js';
import { BadPart } from '../reading/bad-part.js';
import { unlessChild } from '../reading/children-only.js';
import { wireOf } from '../reading/person.js';
import type { Application } from './application.js';
import type { Defendant } from './defendant.js';
import type { Hearing, OffenceResult } from './hearing.js';
import type { Result } from './result.js';

/** Throws `BadPart` when the day of the hearing cannot be told. */
export function resultFact(hearing: Hearing, result: OffenceResult): Fact {
  const { defendant, offence } = result;
  const day = dayOf(hearing, result);
  return ofHearing(hearing, defendant, day, result, {
    type: 'hub.court.v1.ResultRecorded',
    key: [hearing.id, defendant.id, offence.id, result.id],
    data: encode(ResultRecordedSchema, {
      ...placeOf(hearing, day),
      ...whatWasOrdered(result, day),
      defendantId: defendant.id,
      offenceId: offence.id,
      offenceCode: offence.code ?? '',
      offenceTitle: offence.title ?? '',
      offenceDate: offence.startDate ?? '',
      plea: offence.plea ?? '',
      caseUrn: result.caseUrn ?? '',
      person: wireOf(defendant.person),
    }),
  });
}

/** The application itself, said again with each hearing, and each result on it. Throws `BadPart` likewise. */
export function applicationFacts(hearing: Hearing, application: Application): readonly Fact[] {
  return [
    applicationMade(hearing, application),
    ...application.results.map((one) => resulted(hearing, application, one)),
  ];
}

function applicationMade(hearing: Hearing, application: Application): Fact {
  const { defendant } = application;
  const day = application.receivedOn ?? hearing.day;
  if (day === undefined) throw noDay();
  const onlyIfKnown = unlessChild(defendant.person.birthDate, hearing.day ?? day, defendant.isYouth);
  return {
    record: { key: defendant.id, person: defendant.person },
    key: ['hub.court.v1.ApplicationMade', defendant.id, application.id],
    type: 'hub.court.v1.ApplicationMade',
    data: encode(ApplicationMadeSchema, {
      applicationId: application.id,
      title: application.title ?? '',
      typeCode: application.typeCode ?? '',
      breach: application.breach,
      reference: application.reference ?? '',
      status: application.status ?? '',
      receivedOn: application.receivedOn ?? '',
      orderTitle: application.orderTitle ?? '',
      orderMadeOn: application.orderMadeOn ?? '',
      person: wireOf(defendant.person),
    }),
    occurred: { at: day, precision: 'date' },
    statedAt: hearing.sharedAt ?? '',
    pointer: application.pointer,
    ...(onlyIfKnown === undefined ? {} : { onlyIfKnown }),
  };
}

function resulted(hearing: Hearing, application: Application, result: Result): Fact {
  const day = dayOf(hearing, result);
  return ofHearing(hearing, application.defendant, day, result, {
    type: 'hub.court.v1.ApplicationResulted',
    key: [hearing.id, application.id, result.id],
    data: encode(ApplicationResultedSchema, {
      ...placeOf(hearing, day),
      ...whatWasOrdered(result, day),
      applicationId: application.id,
      applicationTitle: application.title ?? '',
      breach: application.breach,
      person: wireOf(application.defendant.person),
    }),
  });
}

function ofHearing(
  hearing: Hearing,
  defendant: Defendant,
  day: string,
  result: Result,
  { type, key, data }: Pick<Fact, 'type' | 'key' | 'data'>,
): Fact {
  const onlyIfKnown = unlessChild(defendant.person.birthDate, day, defendant.isYouth);
  return {
    record: { key: defendant.id, person: defendant.person },
    key: [type, defendant.id, ...key],
    type,
    data,
    occurred: { at: result.orderedOn ?? day, precision: 'date' },
    statedAt: hearing.sharedAt ?? '',
    scope: scopeOf(hearing.id, day),
    pointer: result.pointer,
    ...(onlyIfKnown === undefined ? {} : { onlyIfKnown }),
  };
}

/** All results of one hearing day: what a reshare no longer mentions is withdrawn. */
export function scopeOf(hearing: string, day: string): readonly string[] {
  return ['hearing-day', hearing, day];
}

function dayOf(hearing: Hearing, result: Result): string {
  const day = hearing.day ?? result.orderedOn;
  if (day === undefined) throw noDay();
  return day;
}

function noDay(): BadPart {
  return new BadPart('no-hearing-day', 'the hearing day is required', '/hearingDay');
}

function placeOf(hearing: Hearing, hearingDay: string) {
  return {
    hearingId: hearing.id,
    hearingDay,
    court: hearing.court ?? '',
    courtCode: hearing.courtCode ?? '',
    jurisdiction: hearing.jurisdiction ?? '',
    hearingType: hearing.type ?? '',
  };
}

function whatWasOrdered(result: Result, day: string) {
  return {
    resultId: result.id,
    resultCode: result.code ?? '',
    resultTitle: result.title ?? '',
    resultCategory: result.category ?? '',
    terms: result.terms.map(({ label, value }) => ({ label, value })),
    orderedOn: result.orderedOn ?? day,
  };
}
