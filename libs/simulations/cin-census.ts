/** A child of the children in need census, in our words. Days `YYYY-MM-DD`, codes as the census has them. */
export interface SimulatedChildInNeed {
  readonly id: string;
  readonly birthDate?: string;
  readonly upn?: string;
  readonly cases: readonly SimulatedCase[];
}

export interface SimulatedCase {
  readonly referredOn: string;
  readonly source?: string;
  readonly need?: string;
  readonly noFurtherAction?: boolean;
  readonly closedOn?: string;
  readonly closure?: string;
  readonly assessments?: readonly {
    readonly startedOn: string;
    readonly authorisedOn?: string;
    readonly factors?: readonly string[];
  }[];
  readonly plans?: readonly { readonly startedOn: string; readonly endedOn?: string }[];
  readonly enquiries?: readonly {
    readonly startedOn: string;
    readonly conferenceOn?: string;
    readonly notRequired?: boolean;
  }[];
  readonly protectionPlans?: readonly {
    readonly startedOn: string;
    readonly endedOn?: string;
    readonly category?: string;
    readonly previous?: number;
    readonly reviewedOn?: readonly string[];
  }[];
}

/** The census as an authority returns it. Its own time has no zone, and text stands between its elements. */
export function cinCensus(children: readonly SimulatedChildInNeed[], saidAt = '2026-05-20T11:14:05'): string {
  const source = element('Source', [element('SourceLevel', 'L'), element('LEA', '999'), element('DateTime', saidAt)]);
  const details = element('CollectionDetails', [element('Collection', 'CIN'), element('Year', '2026')]);
  return `<?xml version="1.0" encoding="utf-8"?>\n${element('Message', [
    element('Header', [details, source]),
    element('Children', children.map(childElement)),
  ])}`;
}

function childElement({ id, birthDate, upn, cases }: SimulatedChildInNeed): string {
  return element('Child', [
    element('ChildIdentifiers', [
      element('LAchildID', id),
      element('UPN', upn),
      // As published censuses have it.
      'PersonBirthDate',
      element('PersonBirthDate', birthDate),
      element('GenderCurrent', '1'),
    ]),
    element('ChildCharacteristics', [element('Ethnicity', 'WBRI')]),
    ...cases.map(caseElement),
  ]);
}

function caseElement(one: SimulatedCase): string {
  return element('CINdetails', [
    element('CINreferralDate', one.referredOn),
    element('ReferralSource', one.source),
    element('PrimaryNeedCode', one.need),
    element('CINclosureDate', one.closedOn),
    element('ReasonForClosure', one.closure),
    ...(one.assessments ?? []).map(({ startedOn, authorisedOn, factors = [] }) =>
      element('Assessments', [
        element('AssessmentActualStartDate', startedOn),
        element('AssessmentAuthorisationDate', authorisedOn),
        element(
          'FactorsIdentifiedAtAssessment',
          factors.map((factor) => element('AssessmentFactors', factor)),
        ),
      ]),
    ),
    ...(one.plans ?? []).map(({ startedOn, endedOn }) =>
      element('CINPlanDates', [element('CINPlanStartDate', startedOn), element('CINPlanEndDate', endedOn)]),
    ),
    ...(one.enquiries ?? []).map(({ startedOn, conferenceOn, notRequired }) =>
      element('Section47', [
        element('S47ActualStartDate', startedOn),
        element('DateOfInitialCPC', conferenceOn),
        element('ICPCnotRequired', notRequired === undefined ? undefined : String(notRequired)),
      ]),
    ),
    element('ReferralNFA', one.noFurtherAction === undefined ? undefined : one.noFurtherAction ? '1' : '0'),
    ...(one.protectionPlans ?? []).map(({ startedOn, endedOn, category, previous, reviewedOn = [] }) =>
      element('ChildProtectionPlans', [
        element('CPPstartDate', startedOn),
        element('CPPendDate', endedOn),
        element('InitialCategoryOfAbuse', category),
        element('LatestCategoryOfAbuse', category),
        element('NumberOfPreviousCPP', previous === undefined ? undefined : String(previous)),
        element(
          'Reviews',
          reviewedOn.map((day) => element('CPPreviewDate', day)),
        ),
      ]),
    ),
  ]);
}

/** Nothing for what is not said. */
function element(name: string, content: string | readonly string[] | undefined): string {
  if (content === undefined) return '';
  const inner = typeof content === 'string' ? escaped(content) : content.join('\n');
  return `<${name}>${inner}</${name}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
