import { encode } from '../../contracts/catalogue.js';
import {
  AssessmentRecordedSchema,
  CensusReferralRecordedSchema,
  ExploitationFactorsRecordedSchema,
  HealthFactorsRecordedSchema,
  Section47RecordedSchema,
} from '../../contracts/gen/hub/social_care/v1/returns_pb.js';
import {
  StatusRecorded_Status as Status,
  StatusRecordedSchema,
} from '../../contracts/gen/hub/social_care/v1/social_care_pb.js';
import type { Fact, SourceRecord } from '../../kernel/fact.js';
import type { Item } from '../../kernel/outcome.js';
import { orQuarantine } from '../reading/bad-part.js';
import { wireOf } from '../reading/person.js';
import { required } from '../reading/place.js';
import type { XmlElement } from '../reading/xml.js';
import { careFactors, categoriesOfHarm, closures, exploitationFactors, healthFactors, referralSources } from './cin-codes.js'; // prettier-ignore
import { coded, day, dayAfter, flag, number, requiredDay } from './cin-fields.js';
import { primaryNeeds } from './ssda903-codes.js';

/** Of which child, and when the authority said so (RFC 3339). */
export interface Stated {
  readonly record: SourceRecord;
  readonly statedAt: string;
}

/** What one referral led to (CINdetails), each part read by itself: one that cannot be read does not take the others along. */
export function caseFacts(details: XmlElement, stated: Stated): readonly (Fact | Item)[] {
  return [
    ...orQuarantine(() => [referral(details, stated)]),
    ...details.all('Assessments').flatMap((one) => orQuarantine(() => assessment(one, stated))),
    ...details.all('CINPlanDates').flatMap((one) => orQuarantine(() => [inNeed(one, stated)])),
    ...details.all('Section47').flatMap((one) => orQuarantine(() => [enquiry(one, stated)])),
    ...details.all('ChildProtectionPlans').flatMap((one) => orQuarantine(() => [protectionPlan(one, stated)])),
  ];
}

function referral(details: XmlElement, stated: Stated): Fact {
  const referredOn = requiredDay(details, 'CINreferralDate');
  const source = coded(details.at('ReferralSource'), referralSources);
  const need = coded(details.at('PrimaryNeedCode'), primaryNeeds);
  const closed = coded(details.at('ReasonForClosure'), closures);
  const data = encode(CensusReferralRecordedSchema, {
    referredOn,
    sourceCode: source.code,
    source: source.words,
    noFurtherAction: flag(details.at('ReferralNFA')),
    needCode: need.code,
    need: need.words,
    closedOn: dayAfter(details, 'CINclosureDate', referredOn),
    closedBecauseCode: closed.code,
    closedBecause: closed.words,
    conferenceOn: day(details, 'DateOfInitialCPC'),
    person: wireOf(stated.record.person),
  });
  return fact(stated, details, 'CensusReferralRecorded', [referredOn], data);
}

function assessment(one: XmlElement, stated: Stated): readonly Fact[] {
  const startedOn = requiredDay(one, 'AssessmentActualStartDate');
  const found = one.at('FactorsIdentifiedAtAssessment').all('AssessmentFactors');
  const codes = (found.length > 0 ? found : one.all('AssessmentFactors')).map((factor) => factorIn(factor));
  const among = (list: Readonly<Record<string, string>>) => codes.flatMap((code) => list[code] ?? []);
  const person = wireOf(stated.record.person);
  const data = encode(AssessmentRecordedSchema, {
    startedOn,
    internalReviewOn: day(one, 'AssessmentInternalReviewDate'),
    authorisedOn: dayAfter(one, 'AssessmentAuthorisationDate', startedOn),
    factors: among(careFactors),
    person,
  });
  // Fewer people may see the others: an event has one category.
  const [exploitation, health] = [among(exploitationFactors), among(healthFactors)];
  const split = { startedOn, person };
  const exploited = encode(ExploitationFactorsRecordedSchema, { ...split, factors: exploitation });
  const unwell = encode(HealthFactorsRecordedSchema, { ...split, factors: health });
  return [
    fact(stated, one, 'AssessmentRecorded', [startedOn], data),
    ...(exploitation.length === 0 ? [] : [fact(stated, one, 'ExploitationFactorsRecorded', [startedOn], exploited)]),
    ...(health.length === 0 ? [] : [fact(stated, one, 'HealthFactorsRecorded', [startedOn], unwell)]),
  ];
}

const everyFactor = { ...careFactors, ...exploitationFactors, ...healthFactors };

function factorIn(element: XmlElement): string {
  return coded(element, everyFactor).code;
}

function enquiry(one: XmlElement, stated: Stated): Fact {
  const startedOn = requiredDay(one, 'S47ActualStartDate');
  const data = encode(Section47RecordedSchema, {
    startedOn,
    conferenceDueOn: day(one, 'InitialCPCtarget'),
    conferenceOn: day(one, 'DateOfInitialCPC'),
    conferenceNotRequired: flag(one.at('ICPCnotRequired')),
    person: wireOf(stated.record.person),
  });
  return fact(stated, one, 'Section47Recorded', [startedOn], data);
}

function inNeed(one: XmlElement, stated: Stated): Fact {
  const startedOn = requiredDay(one, 'CINPlanStartDate');
  return status(one, stated, Status.CHILD_IN_NEED, startedOn, {
    endedOn: dayAfter(one, 'CINPlanEndDate', startedOn),
  });
}

function protectionPlan(one: XmlElement, stated: Stated): Fact {
  const startedOn = requiredDay(one, 'CPPstartDate');
  const reviews = one.all('Reviews').flatMap((review) => review.all('CPPreviewDate'));
  return status(one, stated, Status.CHILD_PROTECTION_PLAN, startedOn, {
    endedOn: dayAfter(one, 'CPPendDate', startedOn),
    legalBasis: 'section 47',
    firstCategoryOfHarm: coded(one.at('InitialCategoryOfAbuse'), categoriesOfHarm).words,
    categoryOfHarm: coded(one.at('LatestCategoryOfAbuse'), categoriesOfHarm).words,
    previousPlans: number(one.at('NumberOfPreviousCPP')),
    reviewedOn: reviews.map((review) => required(review.text.date(), review.text)).toSorted(),
  });
}

function status(
  one: XmlElement,
  stated: Stated,
  is: Status,
  startedOn: string,
  more: {
    endedOn: string;
    legalBasis?: string;
    firstCategoryOfHarm?: string;
    categoryOfHarm?: string;
    previousPlans?: number;
    reviewedOn?: string[];
  },
): Fact {
  const data = encode(StatusRecordedSchema, { status: is, startedOn, ...more, person: wireOf(stated.record.person) });
  return fact(stated, one, 'StatusRecorded', [String(is), startedOn], data, startedOn);
}

function fact(
  { record, statedAt }: Stated,
  at: XmlElement,
  name: string,
  key: readonly string[],
  data: Uint8Array,
  on = key[0] ?? '',
): Fact {
  const type = `hub.social_care.v1.${name}`;
  return {
    record,
    key: [type, record.key, ...key],
    type,
    data,
    occurred: { at: on, precision: 'date' },
    statedAt,
    pointer: at.pointer,
  };
}
