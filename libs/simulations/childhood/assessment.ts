import {
  AppointmentPlannedSchema,
  CommunicationNeedsRecordedSchema,
  RiskJudged_Judgement as Judgement,
  RiskJudged_Level as Level,
  RiskJudgedSchema,
  VitalFlagRecorded_Kind as Flag,
  VitalFlagRecordedSchema,
} from '../../contracts/gen/hub/yos/v1/yos_pb.js';
import { canonicalEvent, type CloudEvent } from '../cloud-event.js';
import type { Simulated } from '../people.js';
import type { Calendar } from './calendar.js';

const record = 'CV-2041';

/** What the assessment, its review and the diary say of the child: risks, flags, communication needs, what is to come. */
export function assessed(at: Calendar['at'], person: Simulated): readonly CloudEvent[] {
  const judged = (judgement: Judgement, level: Level, daysAgo: number, signedDaysAgo?: number): CloudEvent =>
    canonicalEvent(
      RiskJudgedSchema,
      // Stated again when it was countersigned: the same judgement, a later statement.
      {
        id: `yos-judged-${judgement}-${daysAgo}${signedDaysAgo === undefined ? '' : '-signed'}`,
        subject: record,
        time: at(daysAgo, '16:30'),
        ...(signedDaysAgo === undefined ? {} : { recordedtime: at(signedDaysAgo, '10:15') }),
      },
      {
        judgement,
        level,
        judgedOn: dayOf(at(daysAgo, '16:30')),
        judgedBy: 'Casey Manager',
        ...(signedDaysAgo === undefined
          ? {}
          : { countersignedOn: dayOf(at(signedDaysAgo, '10:15')), countersignedBy: 'Toni Manager' }),
        person,
      },
    );
  const planned = (reference: string, saidDaysAgo: number, plannedFor: string, purpose: string): CloudEvent =>
    canonicalEvent(
      AppointmentPlannedSchema,
      { id: `yos-planned-${reference}`, subject: record, time: at(saidDaysAgo, '11:40') },
      { appointmentReference: reference, plannedFor, purpose, place: 'office', person },
    );

  return [
    judged(Judgement.REOFFENDING, Level.MEDIUM, 690),
    judged(Judgement.REOFFENDING, Level.HIGH, 292),
    judged(Judgement.REOFFENDING, Level.HIGH, 292, 290),
    judged(Judgement.HARM_TO_OTHERS, Level.MEDIUM, 292),
    judged(Judgement.HARM_TO_OTHERS, Level.MEDIUM, 292, 290),
    judged(Judgement.SAFETY_AND_WELLBEING, Level.HIGH, 30),
    canonicalEvent(
      VitalFlagRecordedSchema,
      { id: 'yos-flag-1', subject: record, time: at(470, '16:10') },
      { flagReference: 'VF-1', kind: Flag.MEDICAL, detail: 'Asthma: carries a blue inhaler', person },
    ),
    canonicalEvent(
      CommunicationNeedsRecordedSchema,
      { id: 'yos-communication-1', subject: record, time: at(292, '16:40') },
      { needs: ['Short sentences, one question at a time', 'Check what was understood'], person },
    ),
    planned('AP-CV-2041-transition', 20, at(-6, '14:00'), 'transition planning'),
    planned('AP-CV-2041-home-visit', 20, at(8, '10:30'), 'home visit'),
  ];
}

const dayOf = (time: string): string => time.slice(0, 10);
