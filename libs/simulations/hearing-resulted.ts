import type { Simulated } from './people.js';

/** What the court says, in our words: written out as Common Platform's `public.events.hearing.hearing-resulted`. */
export interface SimulatedHearing {
  readonly id: string;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** RFC 3339. */
  readonly sharedTime: string;
  readonly isReshare?: boolean;
  readonly defendants: readonly SimulatedDefendant[];
  readonly applications?: readonly SimulatedApplication[];
}

/** An application about an order on a person, e.g. for its breach. */
export interface SimulatedApplication {
  readonly id: string;
  /** The court's id of whom it is about. */
  readonly defendantId: string;
  readonly person: Simulated;
  readonly title: string;
  readonly breach?: boolean;
  /** `YYYY-MM-DD`. */
  readonly receivedOn?: string;
  readonly order?: string;
  readonly results: readonly SimulatedResult[];
}

export interface SimulatedDefendant {
  readonly id: string;
  readonly person: Simulated;
  readonly isYouth?: boolean;
  readonly offences: readonly SimulatedOffence[];
}

export interface SimulatedOffence {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly results: readonly SimulatedResult[];
}

export interface SimulatedResult {
  readonly id: string;
  readonly code: string;
  readonly label: string;
  /** Label and value of each prompt, in order. */
  readonly terms?: readonly (readonly [string, string])[];
}

export function hearingResulted(said: SimulatedHearing) {
  const { id, day, sharedTime, isReshare, defendants, applications = [] } = said;
  return {
    hearing: {
      id,
      type: { description: 'First hearing' },
      jurisdictionType: 'MAGISTRATES',
      courtCentre: { code: 'B99TC', name: 'Fernhill Youth Court' },
      hearingDays: [{ sittingDay: `${day}T10:00:00Z`, listingSequence: 0, listedDurationMinutes: 30 }],
      prosecutionCases: [
        {
          id,
          prosecutionCaseIdentifier: { caseURN: '99TC0000001' },
          defendants: defendants.map((defendant) => defendantIn(defendant, day)),
        },
      ],
      ...(applications.length === 0
        ? {}
        : { courtApplications: applications.map((application) => applicationIn(application, day)) }),
    },
    hearingDay: day,
    sharedTime,
    isReshare: isReshare ?? false,
  };
}

function applicationIn(application: SimulatedApplication, day: string) {
  const { id, defendantId, person, title, breach = false, receivedOn, order, results } = application;
  return {
    id,
    applicationReference: `CA-${id}`,
    applicationStatus: results.length === 0 ? 'LISTED' : 'FINALISED',
    ...(receivedOn === undefined ? {} : { applicationReceivedDate: receivedOn }),
    type: {
      code: 'CE20503',
      type: title,
      breachType: breach ? 'GENERIC_BREACH' : 'NOT_APPLICABLE',
      linkType: 'LINKED',
    },
    subject: { id: defendantId, masterDefendant: { masterDefendantId: defendantId, ...personIn(person) } },
    ...(order === undefined ? {} : { courtOrder: { label: order, orderDate: day } }),
    judicialResults: results.map((result) => resultIn(result, day)),
  };
}

function personIn(person: Simulated) {
  return {
    ...(person.pncId === undefined ? {} : { pncId: person.pncId }),
    personDefendant: {
      personDetails: {
        firstName: person.givenNames,
        lastName: person.familyName,
        dateOfBirth: person.birthDate,
        gender: 'NOT_KNOWN',
      },
    },
  };
}

function defendantIn({ id, person, isYouth, offences }: SimulatedDefendant, day: string) {
  return {
    id,
    masterDefendantId: id,
    ...(isYouth === undefined ? {} : { isYouth }),
    ...personIn(person),
    offences: offences.map((offence) => ({
      id: offence.id,
      offenceCode: offence.code,
      offenceTitle: offence.title,
      plea: { pleaValue: 'GUILTY', pleaDate: day },
      judicialResults: offence.results.map((result) => resultIn(result, day)),
    })),
  };
}

function resultIn({ id, code, label, terms = [] }: SimulatedResult, day: string) {
  return {
    judicialResultId: id,
    judicialResultTypeId: id,
    cjsCode: code,
    label,
    category: 'FINAL',
    orderedDate: day,
    judicialResultPrompts: terms.map(([name, value], index) => ({ label: name, value, promptSequence: index + 1 })),
  };
}
