import type { Simulated } from './people.js';

/** One record of an export: its kind, whose it is, and what it says. Lists are written with semicolons in a table. */
export type SimulatedRecord = Readonly<Record<string, string | number | boolean | readonly string[]>> & {
  readonly kind: string;
};

/** The export as JSON. */
export function recordsExport(
  records: readonly SimulatedRecord[],
  exportedAt: string,
  system = 'Simulated cases',
): string {
  return JSON.stringify({ system, exportedAt, records });
}

/** The same as a table: `orderRef` is the column `ORDER_REF`, days are `dd/mm/yyyy`, true is `Y`. */
export function recordsTable(records: readonly SimulatedRecord[]): string {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const rows = records.map((record) => names.map((name) => cell(record[name])).join(','));
  return [names.map(column).join(','), ...rows, ''].join('\r\n');
}

/** One record of every kind that a youth offending service's case system exports, about one child. */
export function everyCaseRecord(person: Simulated, at: string, serial = 1): readonly SimulatedRecord[] {
  const day = at.slice(0, 10);
  const whose = { caseRef: `CV-${serial}`, ...namesOf(person) };
  const orderRef = `OR-${serial}`;
  const requirementRef = `RQ-${serial}`;
  const assessmentRef = `AS-${serial}`;
  const of = (kind: string, more: Omit<SimulatedRecord, 'kind'>): SimulatedRecord => ({ kind, ...whose, ...more });
  const worker = { worker: 'casey.manager', workerName: 'Casey Manager', team: 'Fernhill East' };
  return [
    of('allocation', { happenedAt: at, ...worker }),
    of('cover', { happenedAt: at, coversFrom: at, coversUntil: at, ...worker }),
    of('case-closed', { happenedAt: at, reason: 'order ended' }),
    of('appointment-planned', { happenedAt: at, appointmentRef: `AP-${serial}`, plannedFor: at, purpose: 'supervision', place: 'office', cancelled: true }), // prettier-ignore
    of('appointment', { happenedAt: at, appointmentRef: `AP-${serial}`, purpose: 'supervision', attended: true }),
    of('flag', { flaggedOn: day, flagRef: `VF-${serial}`, flagType: 'Allergy', detail: 'Nuts', endedOn: day }),
    of('communication-needs', { happenedAt: at, needs: ['Short sentences', 'Time to answer'] }),
    of('return-interview-used', { usedOn: day, interviewRef: `RHI-${serial}`, howUsed: 'Plan changed', planReviewedOn: day, usedBy: 'Casey Manager' }), // prettier-ignore
    of('strategy-contribution', { contributedOn: day, discussionRef: `SD-${serial}`, contributedBy: 'Casey Manager', manner: 'attended' }), // prettier-ignore
    of('exploitation-indicator', { observedOn: day, indicatorRef: `XI-${serial}`, exploitationType: 'County lines', strength: 'moderate', detail: 'Two phones' }), // prettier-ignore
    of('order', { orderRef, orderType: 'Youth Rehabilitation Order', madeOn: day, endsOn: day, courtCode: 'B20EB', detail: 'Youth court', responsibleService: 'Fernhill' }), // prettier-ignore
    of('order-varied', { orderRef, variedOn: day, change: 'Extended', endsOn: day }),
    of('order-ended', { orderRef, endedOn: day, reason: 'completed' }),
    of('requirement', { orderRef, requirementRef, setOn: day, requirementType: 'unpaid work', hours: 80, completeBy: day }), // prettier-ignore
    of('hours', { orderRef, requirementRef, asOf: day, hoursDone: 12.5 }),
    of('breach', { breachRef: `BR-${serial}`, stage: 'final warning', orderRef, actedOn: day }),
    of('caretaking', { caretakingRef: `CT-${serial}`, homeAuthority: 'Fernhill', hostAuthority: 'Alderbrook', breaches: 'home', askedOn: day, acceptedOn: day, endedOn: day }), // prettier-ignore
    of('risk-judgement', { judgement: 'RoSH', level: 'High', judgedOn: day, judgedBy: 'Casey Manager', countersignedOn: day, countersignedBy: 'Toni Manager' }), // prettier-ignore
    of('assessment-stage', { assessmentRef, section: 'Pathways and planning', stage: 'review', completedOn: day, completedBy: 'Casey Manager', childsView: true, parentsView: true, copyGiven: true }), // prettier-ignore
    of('assessment-signed-off', { assessmentRef, level: 'medium', signedOffOn: day, signedOffBy: 'Casey Manager' }),
    of('assessment-countersigned', { assessmentRef, level: 'medium', countersignedOn: day, countersignedBy: 'Toni Manager', sentBack: true, comment: 'View missing' }), // prettier-ignore
    of('risk-register', { week: day, level: 'very high', signedOffBy: 'Toni Manager', decision: 'Weekly contact' }),
    of('intervention', { interventionRef: `IN-${serial}`, what: 'mentoring', provider: 'Fernhill Youth', startedOn: day, voluntary: true }), // prettier-ignore
    of('intervention-ended', { interventionRef: `IN-${serial}`, endedOn: day, outcome: 'disengaged' }),
    of('report-requested', { reportRef: `RP-${serial}`, reportType: 'PSR', requestedOn: day, dueOn: day, courtCode: 'B20EB' }), // prettier-ignore
    of('report', { reportRef: `RP-${serial}`, reportType: 'PSR', deliveredOn: day, gatekeptBy: 'Toni Manager', victimContentChecked: true, proposes: 'referral order' }), // prettier-ignore
    of('out-of-court-panel', { panelRef: `PA-${serial}`, panelOn: day, decision: 'Outcome 22', conditions: ['Six sessions'], attended: ['police', 'yos'] }), // prettier-ignore
    of('serious-incident', { incidentRef: `SI-${serial}`, incidentType: 'serious harm', knownOn: day, boardToldOn: day }), // prettier-ignore
    of('victim-contact', { contactRef: `VC-${serial}`, victimRef: `V-${serial}`, contactType: 'offered', contactedOn: day, toBeToldOfRelease: true }), // prettier-ignore
    of('victim-safety', { actionRef: `VS-${serial}`, actionType: 'no contact', reviewedOn: day, endedOn: day }),
  ];
}

/** One record of every kind that an establishment or the placing service exports, about one child. */
export function everyCustodyRecord(person: Simulated, at: string, serial = 1): readonly SimulatedRecord[] {
  const day = at.slice(0, 10);
  const whose = { caseRef: `YC-${serial}`, ...namesOf(person) };
  const [releaseRef, incidentRef, establishment] = [`RE-${serial}`, `CI-${serial}`, 'FHI'];
  const of = (kind: string, more: Omit<SimulatedRecord, 'kind'>): SimulatedRecord => ({ kind, ...whose, ...more });
  return [
    of('placement', {
      placementRef: `PL-${serial}`,
      agreedOn: day,
      establishment,
      establishmentType: 'SCH',
      from: day,
    }),
    of('incident', { incidentRef, incidentOn: day, incidentType: 'use of force', establishment, childHurt: true }),
    of('self-harm', { incidentRef, incidentOn: day, establishment, precautions: 'Watched every 15 minutes' }),
    of('temporary-release-considered', { releaseRef, panelOn: day, onLicence: true, purpose: 'College interview' }),
    of('temporary-release', { releaseRef, decidedOn: day, decision: 'granted', onLicence: true, leavesAt: at, returnsAt: at }), // prettier-ignore
    of('planned-release', { releaseRef, plannedOn: day, plannedFor: day, basis: 'mid-term', establishment, addressConfirmed: true, cancelled: true }), // prettier-ignore
  ];
}

function namesOf({ givenNames, familyName, birthDate, nhsNumber, pncId, crn }: Simulated) {
  return {
    givenNames,
    familyName,
    dateOfBirth: birthDate,
    ...(nhsNumber === undefined ? {} : { nhsNumber }),
    ...(pncId === undefined ? {} : { pncId }),
    ...(crn === undefined ? {} : { crn }),
  };
}

const column = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

function cell(value: SimulatedRecord[string] | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'Y' : 'N';
  const text = typeof value === 'object' ? value.join('; ') : String(value);
  const british = /^\d{4}-\d\d-\d\d$/.test(text) ? text.split('-').toReversed().join('/') : text;
  return /[",;]/.test(british) ? `"${british.replaceAll('"', '""')}"` : british;
}
