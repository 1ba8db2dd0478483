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

export function hearingResulted({ id, day, sharedTime, isReshare, defendants }: SimulatedHearing) {
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
    },
    hearingDay: day,
    sharedTime,
    isReshare: isReshare ?? false,
  };
}

function defendantIn({ id, person, isYouth, offences }: SimulatedDefendant, day: string) {
  return {
    id,
    masterDefendantId: id,
    ...(isYouth === undefined ? {} : { isYouth }),
    ...(person.pncId === undefined ? {} : { pncId: person.pncId }),
    personDefendant: {
      personDetails: {
        firstName: person.givenNames,
        lastName: person.familyName,
        dateOfBirth: person.birthDate,
        gender: 'NOT_KNOWN',
      },
    },
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
