import { encode } from '../../contracts/catalogue.js';
import {
  StatusRecorded_Status as Status,
  StatusRecordedSchema,
} from '../../contracts/gen/hub/social_care/v1/social_care_pb.js';
import type { Fact } from '../../kernel/fact.js';
import { wireOf } from '../reading/person.js';
import { required } from '../reading/place.js';
import type { XmlElement } from '../reading/xml.js';
import { categoriesOfHarm } from './cin-codes.js';
import { coded, dayAfter, number, requiredDay } from './cin-fields.js';
import { fact, type Stated } from './cin-stated.js';

/** A child in need plan: the status that the case system tells too. */
export function inNeed(one: XmlElement, stated: Stated): Fact {
  const startedOn = requiredDay(one, 'CINPlanStartDate');
  return status(one, stated, Status.CHILD_IN_NEED, startedOn, {
    endedOn: dayAfter(one, 'CINPlanEndDate', startedOn),
  });
}

/** A child protection plan, with what it protects from and when it was reviewed. */
export function protectionPlan(one: XmlElement, stated: Stated): Fact {
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
