import type { Message, Person } from '../../kernel/fact.js';
import { dayInLondon } from '../../kernel/london.js';
import { part, type Item } from '../../kernel/outcome.js';
import { orQuarantine, sortOut } from '../reading/bad-part.js';
import { required, type Place } from '../reading/place.js';
import { instant } from '../../kernel/instant.js';

/** A hearing-resulted message as read: every value in one spelling, every part that cannot be used with its reason. */
export interface Hearing {
  readonly id: string;
  /** The day whose results are shared, `YYYY-MM-DD`; undefined when the message names none and the hearing has several. */
  readonly day?: string | undefined;
  /** RFC 3339: when the court shared them, else when the partner observed them. */
  readonly sharedAt?: string | undefined;
  readonly court?: string | undefined;
  readonly courtCode?: string | undefined;
  readonly jurisdiction?: string | undefined;
  readonly type?: string | undefined;
  readonly results: readonly Result[];
  /** Parts that give no fact. */
  readonly others: readonly Item[];
}

export interface Defendant {
  readonly id: string;
  readonly person: Person;
  /** The court's own flag. */
  readonly isYouth?: boolean | undefined;
}

export interface Offence {
  readonly id: string;
  readonly code?: string | undefined;
  readonly title?: string | undefined;
  readonly startDate?: string | undefined;
  readonly plea?: string | undefined;
}

export interface Result {
  readonly pointer: string;
  readonly caseUrn?: string | undefined;
  readonly defendant: Defendant;
  readonly offence: Offence;
  readonly id: string;
  readonly code?: string | undefined;
  readonly title?: string | undefined;
  readonly category?: string | undefined;
  readonly orderedOn?: string | undefined;
  readonly terms: readonly { readonly label: string; readonly value: string }[];
}

/** Throws `BadPart` when the message as a whole cannot be read; a part that cannot be is among the others. */
export function readHearing(root: Place, message: Message): Hearing {
  const hearing = root.at('hearing');
  const observedAt = message.attributes.observedat;
  const cases = hearing.at('prosecutionCases').list();
  const { read, others } = sortOut(cases.flatMap((one) => orQuarantine(() => caseParts(one))));
  return {
    id: required(hearing.at('id').id(), hearing.at('id')),
    day: root.at('hearingDay').date() ?? onlyDay(hearing),
    sharedAt: root.at('sharedTime').instant() ?? (observedAt === undefined ? undefined : instant(observedAt)),
    court: hearing.at('courtCentre').at('name').text(),
    courtCode: hearing.at('courtCentre').at('code').text(),
    jurisdiction: hearing.at('jurisdictionType').text(),
    type: hearing.at('type').at('description').text(),
    results: read,
    others: [...others, ...resultsElsewhere(hearing)],
  };
}

function onlyDay(hearing: Place): string | undefined {
  const days = new Set(
    hearing
      .at('hearingDays')
      .list()
      .map((day) => day.at('sittingDay').instant()),
  );
  const [day, ...more] = days;
  return day === undefined || more.length > 0 ? undefined : dayInLondon(day);
}

function caseParts(prosecutionCase: Place): readonly (Result | Item)[] {
  const caseUrn = prosecutionCase.at('prosecutionCaseIdentifier').at('caseURN').text();
  return prosecutionCase
    .at('defendants')
    .list()
    .flatMap((one) => orQuarantine(() => defendantParts(one, caseUrn)));
}

function defendantParts(defendant: Place, caseUrn: string | undefined): readonly (Result | Item)[] {
  if (!defendant.at('legalEntityDefendant').absent)
    return [part('ignored', 'organisation', 'the defendant is an organisation, not a person', defendant.pointer)];
  const offences = defendant.at('offences').list();
  const parts = offences.flatMap((one) =>
    orQuarantine(() => {
      const results = one.at('judicialResults').list();
      if (results.length === 0) return [];
      const about = { caseUrn, defendant: readDefendant(defendant), offence: readOffence(one) };
      return results.flatMap((result) => orQuarantine(() => [readResult(result, about)]));
    }),
  );
  const elsewhere = resultsElsewhere(defendant);
  if (parts.length + elsewhere.length > 0) return [...parts, ...elsewhere];
  return [part('ignored', 'no-results', 'the defendant has no results', defendant.pointer)];
}

function readDefendant(defendant: Place): Defendant {
  const id = defendant.at('masterDefendantId').id() ?? defendant.at('id').id();
  const details = defendant.at('personDefendant').at('personDetails');
  const givenNames = [details.at('firstName').text(), details.at('middleName').text()].filter(Boolean).join(' ');
  const familyName = details.at('lastName').text();
  const birthDate = details.at('dateOfBirth').date();
  const pnc = defendant.at('pncId').text();
  const cro = defendant.at('croNumber').text();
  return {
    id: required(id, defendant.at('id')),
    isYouth: defendant.at('isYouth').flag() ?? defendant.at('personDefendant').at('isYouth').flag(),
    person: {
      identifiers: [
        ...(pnc === undefined ? [] : [{ kind: 'pnc', value: pnc } as const]),
        ...(cro === undefined ? [] : [{ kind: 'cro', value: cro } as const]),
      ],
      ...(givenNames === '' ? {} : { givenNames }),
      ...(familyName === undefined ? {} : { familyName }),
      ...(birthDate === undefined ? {} : { birthDate }),
    },
  };
}

function readOffence(offence: Place): Offence {
  return {
    id: required(offence.at('id').id(), offence.at('id')),
    code: offence.at('offenceCode').text(),
    title: offence.at('offenceTitle').text(),
    startDate: offence.at('startDate').date(),
    plea: offence.at('plea').at('pleaValue').text(),
  };
}

function readResult(result: Place, about: Pick<Result, 'caseUrn' | 'defendant' | 'offence'>): Result {
  // The copies that HMPPS receives have lost the result's own id and kept the id of its type.
  const id = result.at('judicialResultId').id() ?? result.at('judicialResultTypeId').id();
  const prompts = result.at('judicialResultPrompts').list();
  const inOrder = prompts.toSorted((one, other) => sequence(one) - sequence(other));
  return {
    ...about,
    pointer: result.pointer,
    id: required(id, result.at('judicialResultId')),
    code: result.at('cjsCode').text(),
    title: result.at('label').text(),
    category: result.at('category').text(),
    orderedOn: result.at('orderedDate').date(),
    terms: inOrder.map((prompt) => ({
      label: prompt.at('label').text() ?? '',
      value: prompt.at('value').text() ?? '',
    })),
  };
}

function sequence(prompt: Place): number {
  return prompt.at('promptSequence').number() ?? Number.MAX_SAFE_INTEGER;
}

// Results on a whole case or on an application (a breach, say) are not on an offence: they wait for a place in the contract.
function resultsElsewhere(place: Place): readonly Item[] {
  const lists = ['defendantJudicialResults', 'defendantCaseJudicialResults', 'judicialResults'].map((name) =>
    place.at(name),
  );
  const applications = place
    .at('courtApplications')
    .list()
    .map((application) => application.at('judicialResults'));
  return [...lists, ...applications]
    .filter((results) => results.list().length > 0)
    .map(({ pointer }) => part('held', 'result-without-offence', 'results that are not on an offence', pointer));
}
