import { encode } from '../../contracts/catalogue.js';
import {
  AssessmentRecordedSchema,
  CensusReferralRecordedSchema,
  ExploitationFactorsRecordedSchema,
  HealthFactorsRecordedSchema,
  Section47RecordedSchema,
} from '../../contracts/gen/hub/social_care/v1/returns_pb.js';
import type { Fact } from '../../kernel/fact.js';
import type { Item } from '../../kernel/outcome.js';
import { orQuarantine } from '../reading/bad-part.js';
import { wireOf } from '../reading/person.js';
import type { XmlElement } from '../reading/xml.js';
import { careFactors, closures, exploitationFactors, healthFactors, referralSources } from './cin-codes.js';
import { coded, day, dayAfter, flag, requiredDay } from './cin-fields.js';
import { inNeed, protectionPlan } from './cin-plans.js';
import { fact, type Stated } from './cin-stated.js';
import { primaryNeeds } from './ssda903-codes.js';

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
