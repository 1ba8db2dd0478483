import { ExploitationIndicatorRecordedSchema } from '../../contracts/gen/hub/education/v1/exploitation_pb.js';
import {
  DestinationRecordedSchema,
  EteHoursRecordedSchema,
} from '../../contracts/gen/hub/education/v1/participation_pb.js';
import {
  EhcPlanContentRecordedSchema,
  EhcPlanSentSchema,
  EhcPlanStageRecordedSchema,
  SchoolRecordSentSchema,
} from '../../contracts/gen/hub/education/v1/plans_pb.js';
import {
  AlternativeProvisionArrangedSchema,
  AttendanceRecordedSchema,
  ExclusionRecordedSchema,
  SuspensionRecordedSchema,
} from '../../contracts/gen/hub/education/v1/school_pb.js';
import type { RecordKinds } from '../agency-records/records.js';
import { exclusionReasons } from './exclusion-reasons.js';

const reasonInWords = { code: 'reasonCode', words: 'reason', list: exclusionReasons };

/** The kinds of record that schools and the authority's education services send, and the event each is. */
export const educationKinds: RecordKinds = {
  suspension: { is: SuspensionRecordedSchema, coded: reasonInWords },
  exclusion: { is: ExclusionRecordedSchema, coded: reasonInWords },
  attendance: { is: AttendanceRecordedSchema },
  'alternative-provision': { is: AlternativeProvisionArrangedSchema },
  'ehc-plan-stage': { is: EhcPlanStageRecordedSchema },
  'ehc-plan-content': { is: EhcPlanContentRecordedSchema },
  'ehc-plan-sent': { is: EhcPlanSentSchema },
  'school-record-sent': { is: SchoolRecordSentSchema },
  'ete-hours': { is: EteHoursRecordedSchema },
  destination: { is: DestinationRecordedSchema },
  'exploitation-indicator': { is: ExploitationIndicatorRecordedSchema },
};
