import { catalogue } from '../contracts/catalogue.js';
import { HearingListedSchema, ResultRecordedSchema } from '../contracts/gen/hub/court/v1/court_pb.js';
import {
  ArrestedSchema,
  ChargedSchema,
  MissingFoundSchema,
  MissingReported_RiskGrade as RiskGrade,
  MissingReportedSchema,
} from '../contracts/gen/hub/police/v1/police_pb.js';
import { OfficerAllocatedSchema, PractitionerAllocatedSchema } from '../contracts/gen/hub/probation/v1/probation_pb.js';
import {
  MovedBetweenEstablishmentsSchema,
  ReceivedIntoCustodySchema,
  ReleasedFromCustodySchema,
} from '../contracts/gen/hub/secure_estate/v1/secure_estate_pb.js';
import {
  MissingEpisodeRecorded_Kind as Kind,
  MissingEpisodeRecordedSchema,
  PlacementRecordedSchema,
  ReturnInterviewRecorded_Outcome as Outcome,
  ReturnInterviewRecordedSchema,
  SocialWorkerAllocatedSchema,
  StatusRecorded_Status as Status,
  StatusRecordedSchema,
} from '../contracts/gen/hub/social_care/v1/social_care_pb.js';
import {
  AppointmentPlannedSchema,
  AppointmentRecordedSchema,
  CaseAllocatedSchema,
  CaseClosedSchema,
  CommunicationNeedsRecordedSchema,
  CoverArrangedSchema,
  RiskJudged_Judgement as Judgement,
  RiskJudged_Level as Level,
  RiskJudgedSchema,
  VitalFlagRecorded_Kind as Flag,
  VitalFlagRecordedSchema,
} from '../contracts/gen/hub/yos/v1/yos_pb.js';
import { canonicalEvent, type CloudEvent } from './cloud-event.js';
import { everyRecordChange } from './every-record-change.js';
import { testUuid, type Simulated } from './people.js';

/**
 * One of every event of the contract but withdrawals, about one person, all at one time (RFC 3339). `serial` keeps the
 * message ids and references of one call apart from another's.
 */
export function everyEvent(person: Simulated, time: string, serial = 1): readonly CloudEvent[] {
  const told = (name: string, record: string) => ({ id: `${name}-${serial}`, subject: `${record}-${serial}`, time });
  const day = time.slice(0, 10);
  return [
    canonicalEvent(MissingReportedSchema, told('missing-reported', 'nominal'), {
      reportReference: `MR-${serial}`,
      risk: RiskGrade.HIGH,
      reportedBy: 'carer',
      lastSeen: 'placement',
      lastSeenAt: time,
      force: '99',
      person,
    }),
    canonicalEvent(MissingFoundSchema, told('missing-found', 'nominal'), {
      reportReference: `MR-${serial}`,
      foundAt: 'friend',
      person,
    }),
    canonicalEvent(ArrestedSchema, told('arrested', 'nominal'), {
      custodyNumber: `99TC/${serial}/26`,
      offenceCode: 'TH68010',
      offenceTitle: 'Theft from a shop',
      force: '99',
      person,
    }),
    canonicalEvent(ChargedSchema, told('charged', 'nominal'), {
      arrestSummonsNumber: `26/99TC/01/${serial}A`,
      offenceCode: 'TH68010',
      offenceTitle: 'Theft from a shop',
      person,
    }),
    ...everyRecordChange(person, time, serial),
    canonicalEvent(ResultRecordedSchema, told('result-recorded', 'defendant'), {
      hearingId: testUuid(serial),
      hearingDay: day,
      defendantId: `defendant-${serial}`,
      offenceId: testUuid(serial + 0x1000),
      resultId: testUuid(serial + 0x2000),
      resultCode: '3041',
      resultTitle: 'Referral order',
      offenceTitle: 'Theft from a shop',
      court: 'Fernhill Youth Court',
      terms: [{ label: 'Length', value: '6 months' }],
      person,
      orderedOn: day,
    }),
    canonicalEvent(HearingListedSchema, told('hearing-listed', 'defendant'), {
      hearingId: testUuid(serial),
      listedFor: time,
      court: 'Fernhill Youth Court',
      hearingType: 'Sentence',
      person,
    }),
    canonicalEvent(MissingEpisodeRecordedSchema, told('missing-episode', 'child'), {
      childId: `child-${serial}`,
      kind: Kind.MISSING,
      startedOn: day,
      person,
    }),
    canonicalEvent(ReturnInterviewRecordedSchema, told('return-interview', 'child'), {
      interviewReference: `RHI-${serial}`,
      outcome: Outcome.COMPLETED,
      summary: 'Stayed with an older friend; says nobody there frightens them.',
      person,
    }),
    canonicalEvent(PractitionerAllocatedSchema, told('practitioner-allocated', 'case'), {
      allocationId: `allocation-${serial}`,
      person,
    }),
    canonicalEvent(ReceivedIntoCustodySchema, told('received', 'prisoner'), {
      establishment: 'FHI',
      recall: true,
      reasonCode: 'Y',
      person,
    }),
    canonicalEvent(MovedBetweenEstablishmentsSchema, told('moved', 'prisoner'), {
      establishment: 'WDI',
      reasonCode: 'INT',
      person,
    }),
    canonicalEvent(ReleasedFromCustodySchema, told('released', 'prisoner'), {
      establishment: 'WDI',
      toHospital: true,
      reasonCode: 'HP',
      person,
    }),
    canonicalEvent(OfficerAllocatedSchema, told('officer-allocated', 'case'), {
      officerId: 'N99T001',
      team: 'Youth to adult, Fernhill',
      person,
    }),
    canonicalEvent(CaseAllocatedSchema, told('case-allocated', 'case'), {
      worker: 'casey.manager',
      workerName: 'Casey Manager',
      team: 'Fernhill East',
      person,
    }),
    canonicalEvent(CoverArrangedSchema, told('cover-arranged', 'case'), {
      coversFrom: time,
      worker: 'sam.worker',
      workerName: 'Sam Worker',
      team: 'Fernhill West',
      person,
    }),
    canonicalEvent(CaseClosedSchema, told('case-closed', 'case'), { reason: 'order ended', person }),
    canonicalEvent(AppointmentRecordedSchema, told('appointment', 'case'), {
      appointmentReference: `AP-${serial}`,
      purpose: 'supervision',
      attended: true,
      person,
    }),
    canonicalEvent(AppointmentPlannedSchema, told('appointment-planned', 'case'), {
      appointmentReference: `AP-${serial}`,
      plannedFor: time,
      purpose: 'supervision',
      place: 'office',
      person,
    }),
    canonicalEvent(RiskJudgedSchema, told('risk-judged', 'case'), {
      judgement: Judgement.HARM_TO_OTHERS,
      level: Level.HIGH,
      judgedOn: day,
      judgedBy: 'Casey Manager',
      countersignedOn: day,
      countersignedBy: 'Toni Manager',
      person,
    }),
    canonicalEvent(VitalFlagRecordedSchema, told('vital-flag', 'case'), {
      flagReference: `VF-${serial}`,
      kind: Flag.ALLERGY,
      detail: 'Nuts: carries two pens',
      person,
    }),
    canonicalEvent(CommunicationNeedsRecordedSchema, told('communication-needs', 'case'), {
      needs: ['Short sentences', 'Time to answer'],
      person,
    }),
    canonicalEvent(StatusRecordedSchema, told('status', 'child'), {
      status: Status.LOOKED_AFTER,
      startedOn: day,
      legalBasis: 'section 20',
      responsibleAuthority: 'Fernhill',
      person,
    }),
    canonicalEvent(PlacementRecordedSchema, told('placement', 'child'), {
      startedOn: day,
      kind: 'foster-carer',
      area: 'Fernhill',
      person,
    }),
    canonicalEvent(SocialWorkerAllocatedSchema, told('social-worker', 'child'), {
      workerName: 'Robin Social',
      team: 'Looked after, north',
      person,
    }),
  ];
}

/** One withdrawal by every agency of the contract, of the message `messageId`. */
export function everyWithdrawal(messageId: string, time: string): readonly CloudEvent[] {
  return [...catalogue.values()]
    .filter(({ category }) => category === 'correction')
    .map(({ agency, schema }) =>
      canonicalEvent(
        schema,
        { id: `withdrawn-${agency}-${messageId}`, subject: messageId, time },
        { messageId, reason: 'wrong child' },
      ),
    );
}
