import {
  IncidentRecorded_Kind as Incident,
  IncidentRecordedSchema,
  PlacementAgreed_EstablishmentKind as Establishment,
  PlacementAgreedSchema,
  ReleasePlanned_Basis as Basis,
  ReleasePlannedSchema,
  SelfHarmRecordedSchema,
  TemporaryReleaseConsideredSchema,
  TemporaryReleaseDecided_Decision as Decision,
  TemporaryReleaseDecidedSchema,
} from '../../contracts/gen/hub/secure_estate/v1/custody_pb.js';
import type { Person } from '../../kernel/fact.js';
import { readable } from '../reading/bad-part.js';
import { unlessChild } from '../reading/children-only.js';
import { recordKind, type RecordKind } from '../reading/records/record-kind.js';
import { recordsFormat } from '../reading/records/records.js';

const establishments: Readonly<Record<string, Establishment>> = {
  yoi: Establishment.YOUNG_OFFENDER_INSTITUTION,
  stc: Establishment.SECURE_TRAINING_CENTRE,
  sch: Establishment.SECURE_CHILDRENS_HOME,
  'secure-school': Establishment.SECURE_SCHOOL,
};

const incidents: Readonly<Record<string, Incident>> = {
  'assault-by-child': Incident.ASSAULT_BY_CHILD,
  'assault-on-child': Incident.ASSAULT_ON_CHILD,
  'use-of-force': Incident.USE_OF_FORCE,
  separation: Incident.SEPARATION,
  absconded: Incident.ABSCONDED,
  find: Incident.FIND,
  other: Incident.OTHER,
};

const decisions: Readonly<Record<string, Decision>> = {
  granted: Decision.GRANTED,
  refused: Decision.REFUSED,
  cancelled: Decision.CANCELLED,
};

const bases: Readonly<Record<string, Basis>> = {
  'mid-term': Basis.MID_TERM,
  early: Basis.EARLY,
  late: Basis.LATE,
  automatic: Basis.AUTOMATIC,
  parole: Basis.PAROLE,
  end: Basis.END,
};

// Establishments keep young adults as well as children.
const children = ({ birthDate }: Person, day: string) => unlessChild(birthDate, day);

const records: Readonly<Record<string, RecordKind>> = {
  placement: recordKind(
    PlacementAgreedSchema,
    'agreedOn',
    (cells, person) => ({
      placementReference: cells.text('placementRef'),
      establishment: cells.text('establishment').toUpperCase(),
      establishmentKind: cells.coded('establishmentType', establishments, Establishment.UNSPECIFIED),
      from: cells.day('from'),
      person,
    }),
    children,
  ),
  incident: recordKind(
    IncidentRecordedSchema,
    'incidentOn',
    (cells, person) => ({
      incidentReference: cells.text('incidentRef'),
      kind: cells.requiredCode('incidentType', incidents),
      establishment: cells.text('establishment').toUpperCase(),
      childHurt: cells.flag('childHurt'),
      person,
    }),
    children,
  ),
  'self-harm': recordKind(
    SelfHarmRecordedSchema,
    'incidentOn',
    (cells, person) => ({
      incidentReference: cells.text('incidentRef'),
      establishment: cells.text('establishment').toUpperCase(),
      precautions: cells.text('precautions'),
      person,
    }),
    children,
  ),
  'temporary-release-considered': recordKind(
    TemporaryReleaseConsideredSchema,
    'panelOn',
    (cells, person) => ({
      releaseReference: cells.text('releaseRef'),
      onLicence: cells.flag('onLicence'),
      purpose: cells.text('purpose'),
      panelOn: cells.day('panelOn'),
      person,
    }),
    children,
  ),
  'temporary-release': recordKind(
    TemporaryReleaseDecidedSchema,
    'decidedOn',
    (cells, person) => ({
      releaseReference: cells.text('releaseRef'),
      decision: cells.requiredCode('decision', decisions),
      onLicence: cells.flag('onLicence'),
      leavesAt: cells.instant('leavesAt'),
      returnsAt: cells.instant('returnsAt'),
      person,
    }),
    children,
  ),
  'planned-release': recordKind(
    ReleasePlannedSchema,
    'plannedOn',
    (cells, person) => ({
      releaseReference: cells.text('releaseRef'),
      plannedFor: cells.day('plannedFor'),
      basis: cells.coded('basis', bases, Basis.UNSPECIFIED),
      establishment: cells.text('establishment').toUpperCase(),
      addressConfirmed: cells.flag('addressConfirmed'),
      cancelled: cells.flag('cancelled'),
      person,
    }),
    children,
  ),
};

/** Records of an establishment or of the placing service: what the prisons' events do not say. */
export const custodyRecordsFormat = 'secure-estate.custody-records';

export const custodyRecords = readable(recordsFormat(records));
