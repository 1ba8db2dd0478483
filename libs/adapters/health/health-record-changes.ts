import { fromBinary } from '@bufbuild/protobuf';
import { encode } from '../../contracts/catalogue.js';
import {
  CamhsTeamListedSchema,
  EmergencyAttendanceListedSchema,
  GeneralPracticeChanged_Part as Part,
  GeneralPracticeChangedSchema,
  HealthRecordObservedSchema,
  HealthStatusChangedSchema,
  MissedAppointmentListedSchema,
} from '../../contracts/gen/hub/health/v1/record_pb.js';
import type { Change, ChangeFact, Said, SnapshotReading } from '../../kernel/snapshots.js';

/** What a custodian's record says, and what its changes are called: each is of a category of its own. */
export const healthRecordChanges: SnapshotReading = {
  read: (data) => {
    const record = fromBinary(HealthRecordObservedSchema, data);
    return {
      said: [
        ...field('practitioner', record.gpName),
        ...field('practice', record.gpPractice),
        ...[...new Set(record.camhsTeams)].map((member) => ({ group: 'team', member })),
        ...merged(
          'status',
          record.activeStatuses,
          ({ status }) => status,
          ({ plan }) => plan,
        ),
        ...merged(
          'missed',
          record.missedAppointments,
          ({ date, setting }) => `${date} ${setting}`,
          ({ reason }) => reason,
        ),
        ...merged(
          'attendance',
          record.emergencyAttendances,
          ({ date }) => date,
          ({ reason }) => reason,
        ),
      ],
      // The list is of what is active. The other lists are of what there has been: a member that disappears is not over.
      whole: record.activeStatusesWhole ? ['status'] : [],
    };
  },
  facts: (change, observedAt) => readings[change.group]?.(change, observedAt) ?? [],
};

const readings: Readonly<Record<string, (change: Change, observedAt: string) => readonly ChangeFact[]>> = {
  practitioner: (change, observedAt) => practiceFact(Part.PRACTITIONER, change, observedAt),
  practice: (change, observedAt) => practiceFact(Part.PRACTICE, change, observedAt),
  team: ({ member: team }, observedAt) => [
    seen('hub.health.v1.CamhsTeamListed', [team], observedAt, encode(CamhsTeamListedSchema, { team })),
  ],
  status: ({ kind, member: status, value: plan = '' }, observedAt) => [
    seen(
      'hub.health.v1.HealthStatusChanged',
      [status, observedAt],
      observedAt,
      encode(HealthStatusChangedSchema, { status, plan, ended: kind === 'ended', observedAt }),
    ),
  ],
  // A reason that comes later is the same appointment, stated again.
  missed: ({ member, value: reason = '' }) => {
    const [missedOn, setting] = [member.slice(0, 10), member.slice(11)];
    const data = encode(MissedAppointmentListedSchema, { missedOn, setting, reason });
    return [dated('hub.health.v1.MissedAppointmentListed', [missedOn, setting], missedOn, data)];
  },
  attendance: ({ member: attendedOn, value: reason = '' }) => {
    const data = encode(EmergencyAttendanceListedSchema, { attendedOn, reason });
    return [dated('hub.health.v1.EmergencyAttendanceListed', [attendedOn], attendedOn, data)];
  },
};

function practiceFact(part: Part, { value: name = '' }: Change, observedAt: string): readonly ChangeFact[] {
  const data = encode(GeneralPracticeChangedSchema, { part, name, observedAt });
  return [seen('hub.health.v1.GeneralPracticeChanged', [String(part), observedAt], observedAt, data)];
}

/** A change of what the record says: all that is known of its time is when it was seen. */
function seen(type: string, key: readonly string[], observedAt: string, data: Uint8Array): ChangeFact {
  return { type, key, data, occurred: { at: observedAt, precision: 'instant' } };
}

/** Something that the record gives a day of its own: it happened then, whichever snapshot says so first. */
function dated(type: string, key: readonly string[], day: string, data: Uint8Array): ChangeFact {
  return { type, key, data, occurred: { at: day, precision: 'date' } };
}

function field(group: string, value: string): Said[] {
  return value === '' ? [] : [{ group, member: '', value }];
}

// A list may have one member in several ways, with other words: they are one thing, and all that is said of it counts.
function merged<T>(group: string, list: readonly T[], member: (one: T) => string, words: (one: T) => string): Said[] {
  return [...Map.groupBy(list, member)].map(([name, of]): Said => {
    const values = [...new Set(of.map(words))].filter((value) => value !== '').toSorted();
    return { group, member: name, ...(values.length === 0 ? {} : { value: values.join('; ') }) };
  });
}
