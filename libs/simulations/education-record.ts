/** What a custodian's education record says of a child, in our words. */
export interface SimulatedEducationRecord {
  readonly setting?: string;
  /** Absent: the record says nothing of statuses; empty: none is active. */
  readonly statuses?: readonly { readonly status: string; readonly plan?: string }[];
  readonly years?: readonly SimulatedYear[];
}

export interface SimulatedYear {
  /** In which it began. */
  readonly year: number;
  readonly attendance?: number;
  readonly unauthorised?: number;
  readonly suspensions?: number;
  readonly exclusions?: number;
  readonly moves?: number;
}

/** As a custodian serves it: null where it says nothing. */
export function educationRecord({ setting, statuses, years }: SimulatedEducationRecord) {
  return {
    educationSettingName: setting ?? null,
    educationSettingAddress: {
      line1: 'School Road',
      line2: null,
      townOrCity: 'Fernhill',
      county: null,
      postcode: null,
    },
    educationSettingTelephone: '01632 960002',
    educationActiveStatusesAndPlans: statuses?.map(({ status, plan }) => ({ status, plan: plan ?? null })) ?? null,
    yearlyEducationAttendances:
      years?.map(({ year, attendance, unauthorised, suspensions, exclusions, moves }) => ({
        academicTermYearStart: year,
        academicTermYearEnd: year + 1,
        attendancePercentage: attendance ?? null,
        unauthorisedAbsencePercentage: unauthorised ?? null,
        suspensions: suspensions ?? null,
        exclusions: exclusions ?? null,
        schoolMovesNonTransitional: moves ?? null,
        // Of all its pupils: no news of the child.
        schoolsAverageAttendance: 93.5,
      })) ?? null,
  };
}
