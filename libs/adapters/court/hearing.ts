import { dayInLondon } from '../../kernel/london.js';
import { part, type Item } from '../../kernel/outcome.js';
import { orQuarantine, sortOut } from '../reading/bad-part.js';
import { required, type Place } from '../reading/place.js';
import { readApplications, type Application } from './application.js';
import { readDefendant, type Defendant } from './defendant.js';
import { readResult, type Result } from './result.js';

/** A shared hearing as read: every value in one spelling, every part that cannot be used with its reason. */
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
  readonly results: readonly OffenceResult[];
  readonly applications: readonly Application[];
  /** Parts that give no fact. */
  readonly others: readonly Item[];
}

export interface Offence {
  readonly id: string;
  readonly code?: string | undefined;
  readonly title?: string | undefined;
  readonly startDate?: string | undefined;
  readonly plea?: string | undefined;
}

export interface OffenceResult extends Result {
  readonly caseUrn?: string | undefined;
  readonly defendant: Defendant;
  readonly offence: Offence;
}

/**
 * `seenAt`: RFC 3339, when the partner saw it, for copies that have lost the time of sharing. Throws `BadPart` when the
 * message as a whole cannot be read; a part that cannot be is among the others.
 */
export function readHearing(root: Place, seenAt: string | undefined): Hearing {
  const hearing = root.at('hearing');
  const { read: results, others } = sortOut(casesIn(hearing).flatMap((one) => orQuarantine(() => caseParts(one))));
  const { read: applications, others: unread } = sortOut(readApplications(hearing.at('courtApplications')));
  return {
    ...headOf(hearing),
    day: root.at('hearingDay').date() ?? onlyDay(hearing),
    sharedAt: root.at('sharedTime').instant() ?? seenAt,
    results,
    applications,
    others: [...others, ...unread, ...resultsElsewhere(hearing)],
  };
}

/** Which hearing it is, and where. Throws `BadPart`. */
export function headOf(hearing: Place): Pick<Hearing, 'id' | 'court' | 'courtCode' | 'jurisdiction' | 'type'> {
  return {
    id: required(hearing.at('id').id(), hearing.at('id')),
    court: hearing.at('courtCentre').at('name').text(),
    courtCode: hearing.at('courtCentre').at('code').text(),
    jurisdiction: hearing.at('jurisdictionType').text(),
    type: hearing.at('type').at('description').text(),
  };
}

/** When the hearing sits, RFC 3339, in the court's order. Throws `BadPart`. */
export function sittings(hearing: Place): readonly string[] {
  return hearing
    .at('hearingDays')
    .list()
    .flatMap((day) => day.at('sittingDay').instant() ?? []);
}

export function casesIn(hearing: Place): readonly Place[] {
  return hearing.at('prosecutionCases').list();
}

export function organisation(pointer: string): Item {
  return part('ignored', 'organisation', 'the defendant is an organisation, not a person', pointer);
}

function onlyDay(hearing: Place): string | undefined {
  const [day, ...more] = new Set(sittings(hearing));
  return day === undefined || more.length > 0 ? undefined : dayInLondon(day);
}

function caseParts(prosecutionCase: Place): readonly (OffenceResult | Item)[] {
  const caseUrn = prosecutionCase.at('prosecutionCaseIdentifier').at('caseURN').text();
  return prosecutionCase
    .at('defendants')
    .list()
    .flatMap((one) => orQuarantine(() => defendantParts(one, caseUrn)));
}

function defendantParts(defendant: Place, caseUrn: string | undefined): readonly (OffenceResult | Item)[] {
  if (!defendant.at('legalEntityDefendant').absent) return [organisation(defendant.pointer)];
  const offences = defendant.at('offences').list();
  // Once for all offences, and only if there is a result: a defendant without any need not be readable.
  let whom: Defendant | undefined;
  const parts = offences.flatMap((one) =>
    orQuarantine(() => {
      const results = one.at('judicialResults').list();
      if (results.length === 0) return [];
      whom ??= readDefendant(defendant);
      const about = { caseUrn, defendant: whom, offence: readOffence(one) };
      return results.flatMap((result) => orQuarantine(() => [{ ...readResult(result), ...about }]));
    }),
  );
  const elsewhere = resultsElsewhere(defendant);
  if (parts.length + elsewhere.length > 0) return [...parts, ...elsewhere];
  return [part('ignored', 'no-results', 'the defendant has no results', defendant.pointer)];
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

// Results on a whole case or on a defendant are on no offence: they wait for a place in the contract.
function resultsElsewhere(place: Place): readonly Item[] {
  return ['defendantJudicialResults', 'defendantCaseJudicialResults', 'judicialResults']
    .map((name) => place.at(name))
    .filter((results) => results.list().length > 0)
    .map(({ pointer }) => part('held', 'result-without-offence', 'results that are not on an offence', pointer));
}
