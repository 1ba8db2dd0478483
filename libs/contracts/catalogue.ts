import {
  create,
  fromBinary,
  toBinary,
  toJson,
  type DescFile,
  type DescMessage,
  type JsonObject,
  type MessageInitShape,
} from '@bufbuild/protobuf';
import { isAgency, type Agency } from '../kernel/agency.js';
import { eventContract, isEvent, type EventContract } from './event-contract.js';
import { file_hub_court_v1_applications } from './gen/hub/court/v1/applications_pb.js';
import { file_hub_court_v1_court } from './gen/hub/court/v1/court_pb.js';
import { file_hub_education_v1_education } from './gen/hub/education/v1/education_pb.js';
import { file_hub_education_v1_exploitation } from './gen/hub/education/v1/exploitation_pb.js';
import { file_hub_education_v1_participation } from './gen/hub/education/v1/participation_pb.js';
import { file_hub_education_v1_plans } from './gen/hub/education/v1/plans_pb.js';
import { file_hub_education_v1_record } from './gen/hub/education/v1/record_pb.js';
import { file_hub_education_v1_school } from './gen/hub/education/v1/school_pb.js';
import { file_hub_health_v1_assessment } from './gen/hub/health/v1/assessment_pb.js';
import { file_hub_health_v1_exploitation } from './gen/hub/health/v1/exploitation_pb.js';
import { file_hub_health_v1_health } from './gen/hub/health/v1/health_pb.js';
import { file_hub_health_v1_involvement } from './gen/hub/health/v1/involvement_pb.js';
import { file_hub_health_v1_patient } from './gen/hub/health/v1/patient_pb.js';
import { file_hub_health_v1_record } from './gen/hub/health/v1/record_pb.js';
import { file_hub_police_v1_custody } from './gen/hub/police/v1/custody_pb.js';
import { file_hub_police_v1_disposals } from './gen/hub/police/v1/disposals_pb.js';
import { file_hub_police_v1_missing } from './gen/hub/police/v1/missing_pb.js';
import { file_hub_police_v1_police } from './gen/hub/police/v1/police_pb.js';
import { file_hub_police_v1_safeguarding } from './gen/hub/police/v1/safeguarding_pb.js';
import { file_hub_probation_v1_probation } from './gen/hub/probation/v1/probation_pb.js';
import { file_hub_probation_v1_supervision } from './gen/hub/probation/v1/supervision_pb.js';
import { file_hub_record_v1_meetings } from './gen/hub/record/v1/meetings_pb.js';
import { file_hub_record_v1_record } from './gen/hub/record/v1/record_pb.js';
import { file_hub_secure_estate_v1_custody } from './gen/hub/secure_estate/v1/custody_pb.js';
import { file_hub_secure_estate_v1_secure_estate } from './gen/hub/secure_estate/v1/secure_estate_pb.js';
import { file_hub_social_care_v1_exploitation } from './gen/hub/social_care/v1/exploitation_pb.js';
import { file_hub_social_care_v1_missing } from './gen/hub/social_care/v1/missing_pb.js';
import { file_hub_social_care_v1_record } from './gen/hub/social_care/v1/record_pb.js';
import { file_hub_social_care_v1_returns } from './gen/hub/social_care/v1/returns_pb.js';
import { file_hub_social_care_v1_safeguarding } from './gen/hub/social_care/v1/safeguarding_pb.js';
import { file_hub_social_care_v1_social_care } from './gen/hub/social_care/v1/social_care_pb.js';
import { file_hub_yos_v1_assessment } from './gen/hub/yos/v1/assessment_pb.js';
import { file_hub_yos_v1_missing_and_exploitation } from './gen/hub/yos/v1/missing_and_exploitation_pb.js';
import { file_hub_yos_v1_orders } from './gen/hub/yos/v1/orders_pb.js';
import { file_hub_yos_v1_panels_and_victims } from './gen/hub/yos/v1/panels_and_victims_pb.js';
import { file_hub_yos_v1_yos } from './gen/hub/yos/v1/yos_pb.js';

const files: readonly DescFile[] = [
  file_hub_court_v1_applications,
  file_hub_court_v1_court,
  file_hub_education_v1_education,
  file_hub_education_v1_exploitation,
  file_hub_education_v1_participation,
  file_hub_education_v1_plans,
  file_hub_education_v1_record,
  file_hub_education_v1_school,
  file_hub_health_v1_assessment,
  file_hub_health_v1_exploitation,
  file_hub_health_v1_health,
  file_hub_health_v1_involvement,
  file_hub_health_v1_patient,
  file_hub_health_v1_record,
  file_hub_police_v1_custody,
  file_hub_police_v1_disposals,
  file_hub_police_v1_missing,
  file_hub_police_v1_police,
  file_hub_police_v1_safeguarding,
  file_hub_probation_v1_probation,
  file_hub_probation_v1_supervision,
  file_hub_secure_estate_v1_secure_estate,
  file_hub_secure_estate_v1_custody,
  file_hub_social_care_v1_exploitation,
  file_hub_social_care_v1_missing,
  file_hub_social_care_v1_record,
  file_hub_social_care_v1_returns,
  file_hub_social_care_v1_safeguarding,
  file_hub_social_care_v1_social_care,
  file_hub_yos_v1_yos,
  file_hub_yos_v1_missing_and_exploitation,
  file_hub_yos_v1_orders,
  file_hub_yos_v1_assessment,
  file_hub_yos_v1_panels_and_victims,
  file_hub_record_v1_record,
  file_hub_record_v1_meetings,
];

export const catalogue: ReadonlyMap<string, EventContract> = new Map(
  files.flatMap((file) => file.messages.filter(isEvent).map(contractOf)),
);

/** A partner may write the agency as it is named elsewhere (`social-care`); the contract's package has an underscore. */
export function canonicalType(type: string): string {
  return type.replace(/^hub\.([a-z]+)-([a-z]+)\./, 'hub.$1_$2.');
}

/** True for what the hub itself writes into a record's stream: no partner publishes it. */
export function ofTheHub(type: string): boolean {
  return type.startsWith(`${file_hub_record_v1_record.proto.package}.`);
}

/** The agency named in a canonical type, known or not; undefined when it names none. */
export function agencyOfType(type: string): Agency | undefined {
  const name = /^hub\.([a-z_]+)\.v\d+\./.exec(canonicalType(type))?.[1]?.replace('_', '-');
  return name !== undefined && isAgency(name) ? name : undefined;
}

/** Canonical bytes of an event made by the hub itself (adapters, simulations). */
export function encode<Desc extends DescMessage>(schema: Desc, init: MessageInitShape<Desc>): Uint8Array {
  return toBinary(schema, create(schema, init));
}

/** Reads canonical bytes; undefined when the type is unknown to this version, or the bytes are not that type. */
export function decode(type: string, data: Uint8Array): JsonObject | undefined {
  const known = catalogue.get(type);
  if (!known) return undefined;
  try {
    return toJson(known.schema, fromBinary(known.schema, data)) as JsonObject;
  } catch {
    return undefined;
  }
}

function contractOf(schema: DescMessage): [string, EventContract] {
  const agency = agencyOfType(schema.typeName);
  if (!agency && !ofTheHub(schema.typeName)) throw new Error(`${schema.typeName} is not in the package of an agency`);
  return [schema.typeName, eventContract(schema, agency)];
}
