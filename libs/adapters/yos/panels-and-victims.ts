import {
  OutOfCourtPanelDecided_Decision as Decision,
  OutOfCourtPanelDecidedSchema,
  SeriousIncidentReported_Kind as Incident,
  SeriousIncidentReportedSchema,
  VictimContactRecorded_Kind as Contact,
  VictimContactRecordedSchema,
  VictimSafetyActionRecorded_Kind as Safety,
  VictimSafetyActionRecordedSchema,
} from '../../contracts/gen/hub/yos/v1/panels_and_victims_pb.js';
import type { Cells } from '../reading/records/cells.js';
import { recordKind, type RecordKind } from '../reading/records/record-kind.js';

const decisions: Readonly<Record<string, Decision>> = {
  nfa: Decision.NO_FURTHER_ACTION,
  'community-resolution': Decision.COMMUNITY_RESOLUTION,
  'outcome-22': Decision.OUTCOME_22,
  'youth-caution': Decision.YOUTH_CAUTION,
  'youth-conditional-caution': Decision.YOUTH_CONDITIONAL_CAUTION,
  charge: Decision.CHARGE,
  deferred: Decision.DEFERRED,
};

const incidents: Readonly<Record<string, Incident>> = {
  death: Incident.DEATH,
  'grave-offence': Incident.GRAVE_OFFENCE,
  'serious-harm': Incident.SERIOUS_HARM,
  'victim-of-grave-offence': Incident.VICTIM_OF_GRAVE_OFFENCE,
  other: Incident.OTHER,
};

const contacts: Readonly<Record<string, Contact>> = {
  offered: Contact.OFFERED,
  declined: Contact.DECLINED,
  informed: Contact.INFORMED,
  'told-of-release': Contact.TOLD_OF_RELEASE,
  restorative: Contact.RESTORATIVE,
  closed: Contact.CLOSED,
};

const safety: Readonly<Record<string, Safety>> = {
  'no-contact': Safety.NO_CONTACT,
  exclusion: Safety.EXCLUSION,
  'told-before-release': Safety.TOLD_BEFORE_RELEASE,
  other: Safety.OTHER,
};

export const panelAndVictimRecords: Readonly<Record<string, RecordKind>> = {
  'out-of-court-panel': recordKind(OutOfCourtPanelDecidedSchema, 'panelOn', (cells, person) => ({
    panelReference: cells.text('panelRef'),
    panelOn: cells.day('panelOn'),
    decision: cells.requiredCode('decision', decisions),
    conditions: [...cells.list('conditions')],
    attended: [...cells.list('attended')],
    person,
  })),
  'serious-incident': recordKind(SeriousIncidentReportedSchema, 'knownOn', (cells, person) => ({
    incidentReference: cells.text('incidentRef'),
    kind: cells.requiredCode('incidentType', incidents),
    knownOn: cells.day('knownOn'),
    boardToldOn: cells.day('boardToldOn'),
    person,
  })),
  // Of the victim only the reference is read: whatever else a system exports beside it stays out of the hub's events.
  'victim-contact': recordKind(VictimContactRecordedSchema, 'contactedOn', (cells, person) => ({
    contactReference: cells.text('contactRef'),
    victimReference: notTheRecord(cells),
    kind: cells.requiredCode('contactType', contacts),
    contactedOn: cells.day('contactedOn'),
    toBeToldOfRelease: cells.flag('toBeToldOfRelease'),
    person,
  })),
  'victim-safety': recordKind(VictimSafetyActionRecordedSchema, 'reviewedOn', (cells, person) => ({
    actionReference: cells.text('actionRef'),
    kind: cells.requiredCode('actionType', safety),
    reviewedOn: cells.day('reviewedOn'),
    endedOn: cells.day('endedOn'),
    person,
  })),
};

function notTheRecord(cells: Cells): string {
  const victim = cells.text('victimRef');
  if (victim !== '' && victim === cells.text('caseRef'))
    throw cells.bad('caseRef', 'victim-as-record', 'is the victim’s: it has to be the child’s');
  return victim;
}
