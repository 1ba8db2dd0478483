import { isAgency, type Agency } from '../kernel/agency.js';
import { PreventionInterviewRecordedSchema } from './gen/hub/police/v1/missing_pb.js';
import { ReturnInterviewRecordedSchema } from './gen/hub/social_care/v1/social_care_pb.js';
import { ReturnInterviewUseRecordedSchema } from './gen/hub/yos/v1/missing_and_exploitation_pb.js';

/** Events that an agency's people may record in the hub itself, besides their own system: by canonical type, whose. */
export const recordedInTheHub: ReadonlyMap<string, Agency> = new Map([
  [PreventionInterviewRecordedSchema.typeName, 'police'],
  [ReturnInterviewRecordedSchema.typeName, 'social-care'],
  [ReturnInterviewUseRecordedSchema.typeName, 'yos'],
]);

/** The types that people of this agency may record. */
export function typesRecordedBy(agency: string): string[] {
  return isAgency(agency) ? [...recordedInTheHub].flatMap(([type, of]) => (of === agency ? [type] : [])) : [];
}
