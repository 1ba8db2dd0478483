import {
  DeathNotified_Status as DeathStatus,
  DeathNotifiedSchema,
  NhsNumberChanged_Status as NumberStatus,
  NhsNumberChangedSchema,
  PatientFlagChangedSchema,
  PatientRecordChanged_What as What,
  PatientRecordChangedSchema,
} from '../../contracts/gen/hub/health/v1/patient_pb.js';
import {
  CamhsTeamListedSchema,
  EmergencyAttendanceListedSchema,
  GeneralPracticeChanged_Part as Part,
  GeneralPracticeChangedSchema,
  HealthRecordObservedSchema,
  HealthStatusChangedSchema,
  MissedAppointmentListedSchema,
} from '../../contracts/gen/hub/health/v1/record_pb.js';
import { canonicalEvent, type CloudEvent } from '../cloud-event.js';
import type { Simulated } from '../people.js';
import { toldOf } from './told-of.js';

/** What the patient register tells, a health record as observed, and what its changes are called: one of each. */
export function everyHealthRecordEvent(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  const [day, observedAt] = [time.slice(0, 10), time];
  const notified = (name: string) => ({ notificationReference: `${name}-${serial}` });
  return [
    canonicalEvent(PatientRecordChangedSchema, told('patient-changed', 'patient'), {
      ...notified('gp'),
      what: What.GENERAL_PRACTICE,
      recordVersion: '4',
      formerPractice: 'Fernhill Surgery',
      formerRegistrationEndedOn: day,
      person,
    }),
    canonicalEvent(NhsNumberChangedSchema, told('number-changed', 'patient'), {
      ...notified('number'),
      status: NumberStatus.REPLACED,
      person,
    }),
    canonicalEvent(PatientFlagChangedSchema, told('flag-changed', 'patient'), {
      ...notified('flag'),
      flagCode: 'NRAF',
      person,
    }),
    canonicalEvent(DeathNotifiedSchema, told('death', 'patient'), {
      ...notified('death'),
      status: DeathStatus.REMOVED,
      person,
    }),
    canonicalEvent(HealthRecordObservedSchema, told('health-observed', 'patient'), { gpName: 'Dr Ash', person }),
    canonicalEvent(GeneralPracticeChangedSchema, told('practice', 'patient'), {
      part: Part.PRACTICE,
      name: 'Fernhill Surgery',
      observedAt,
      person,
    }),
    canonicalEvent(CamhsTeamListedSchema, told('camhs-team', 'patient'), { team: 'Fernhill CAMHS', person }),
    canonicalEvent(HealthStatusChangedSchema, told('health-status', 'patient'), {
      status: 'Open to CAMHS',
      plan: 'Care plan',
      observedAt,
      person,
    }),
    canonicalEvent(MissedAppointmentListedSchema, told('missed', 'patient'), {
      missedOn: day,
      setting: 'GP',
      reason: 'Nobody could bring them',
      person,
    }),
    canonicalEvent(EmergencyAttendanceListedSchema, told('attendance', 'patient'), {
      attendedOn: day,
      reason: 'Asthma',
      person,
    }),
  ];
}
