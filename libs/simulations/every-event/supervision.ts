import {
  BreachNoticeIssuedSchema,
  CaseReferencesMergedSchema,
  LicenceRecordedSchema,
  PreSentenceReportCompletedSchema,
  PreSentenceReportStartedSchema,
  PrisonerNumberFoundSchema,
  RecallConsideredSchema,
  RecallDecided_Decision as Decision,
  RecallDecidedSchema,
  RegistrationEndedSchema,
  RegistrationRecordedSchema,
} from '../../contracts/gen/hub/probation/v1/supervision_pb.js';
import { canonicalEvent, type CloudEvent } from '../cloud-event.js';
import { testUuid, type Simulated } from '../people.js';
import { toldOf } from './told-of.js';

/** One of every event of probation but allocations. */
export function everySupervisionEvent(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  const reportId = testUuid(serial);
  return [
    canonicalEvent(RecallConsideredSchema, told('recall-considered', 'case'), { person }),
    canonicalEvent(RecallDecidedSchema, told('recall-decided', 'case'), { decision: Decision.RECALL, person }),
    canonicalEvent(BreachNoticeIssuedSchema, told('breach-notice', 'case'), { noticeId: testUuid(serial), person }),
    canonicalEvent(LicenceRecordedSchema, told('licence', 'case'), {
      licenceId: String(serial),
      kind: 'hdc-licence',
      ended: true,
      person,
    }),
    canonicalEvent(PreSentenceReportStartedSchema, told('report-started', 'case'), { reportId, person }),
    canonicalEvent(PreSentenceReportCompletedSchema, told('report-completed', 'case'), { reportId, person }),
    canonicalEvent(RegistrationRecordedSchema, told('registration', 'case'), {
      registrationId: String(serial),
      registerCode: 'RHRH',
      register: 'High RoSH',
      level: 'Level 1',
      category: 'Category 2',
      person,
    }),
    canonicalEvent(RegistrationEndedSchema, told('registration-ended', 'case'), {
      deregistrationId: String(serial),
      registerCode: 'RHRH',
      register: 'High RoSH',
      person,
    }),
    canonicalEvent(PrisonerNumberFoundSchema, told('prisoner-number', 'case'), { prisonerNumber: 'A7101KF', person }),
    canonicalEvent(CaseReferencesMergedSchema, told('references-merged', 'case'), {
      keptReference: 'X970101',
      removedReference: 'X970102',
      person,
    }),
  ];
}
