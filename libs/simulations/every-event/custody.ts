import {
  IncidentRecorded_Kind as Incident,
  IncidentRecordedSchema,
  PlacementAgreed_EstablishmentKind as EstablishmentKind,
  PlacementAgreedSchema,
  PrisonAlertRecordedSchema,
  PrisonerNumbersMergedSchema,
  RecallRecordedSchema,
  ReleasePlanned_Basis as Basis,
  ReleasePlannedSchema,
  SelfHarmAlertRecordedSchema,
  SelfHarmRecordedSchema,
  TemporaryReleaseConsideredSchema,
  TemporaryReleaseDecided_Decision as Decision,
  TemporaryReleaseDecidedSchema,
} from '../../contracts/gen/hub/secure_estate/v1/custody_pb.js';
import { canonicalEvent, type CloudEvent } from '../cloud-event.js';
import { testUuid, type Simulated } from '../people.js';
import { toldOf } from './told-of.js';

/** One of every event of the secure estate but movements. */
export function everyCustodyEvent(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  const day = time.slice(0, 10);
  const releaseReference = `RE-${serial}`;
  return [
    canonicalEvent(PlacementAgreedSchema, told('placement-agreed', 'prisoner'), {
      placementReference: `PL-${serial}`,
      establishment: 'FHI',
      establishmentKind: EstablishmentKind.YOUNG_OFFENDER_INSTITUTION,
      from: day,
      person,
    }),
    canonicalEvent(IncidentRecordedSchema, told('custody-incident', 'prisoner'), {
      incidentReference: `CI-${serial}`,
      kind: Incident.USE_OF_FORCE,
      establishment: 'FHI',
      childHurt: true,
      person,
    }),
    canonicalEvent(SelfHarmRecordedSchema, told('self-harm', 'prisoner'), {
      incidentReference: `CI-${serial}-2`,
      establishment: 'FHI',
      precautions: 'Watched every 15 minutes',
      person,
    }),
    canonicalEvent(PrisonAlertRecordedSchema, told('prison-alert', 'prisoner'), {
      alertId: testUuid(serial),
      alertCode: 'XA',
      ended: true,
      person,
    }),
    canonicalEvent(SelfHarmAlertRecordedSchema, told('self-harm-alert', 'prisoner'), {
      alertId: testUuid(serial),
      alertCode: 'HA',
      ended: true,
      person,
    }),
    canonicalEvent(TemporaryReleaseConsideredSchema, told('temporary-release-considered', 'prisoner'), {
      releaseReference,
      onLicence: true,
      purpose: 'College interview',
      panelOn: day,
      person,
    }),
    canonicalEvent(TemporaryReleaseDecidedSchema, told('temporary-release-decided', 'prisoner'), {
      releaseReference,
      decision: Decision.GRANTED,
      onLicence: true,
      leavesAt: time,
      returnsAt: time,
      person,
    }),
    canonicalEvent(ReleasePlannedSchema, told('release-planned', 'prisoner'), {
      releaseReference,
      plannedFor: day,
      basis: Basis.MID_TERM,
      establishment: 'FHI',
      addressConfirmed: true,
      cancelled: true,
      person,
    }),
    canonicalEvent(RecallRecordedSchema, told('recall', 'prisoner'), { recallId: testUuid(serial), person }),
    canonicalEvent(PrisonerNumbersMergedSchema, told('numbers-merged', 'prisoner'), {
      keptNumber: 'A7101KF',
      removedNumber: 'A7102KF',
      person,
    }),
  ];
}
