// What children's social care sends, in every format it speaks: for round trips, and for fuzzing.
import fc from 'fast-check';
import { careFactors, categoriesOfHarm, closures, exploitationFactors, healthFactors, referralSources } from '../../adapters/social-care/cin-codes.js'; // prettier-ignore
import { socialCareKinds } from '../../adapters/social-care/record-kinds.js';
import { episodeBegan, episodeEnded, legalStatuses, placementChanges, placements, primaryNeeds, providers } from '../../adapters/social-care/ssda903-codes.js'; // prettier-ignore
import { recordsAsCsv, recordsAsJson } from '../../simulations/agency-records.js';
import { careEpisodesReturn, libertyOrdersReturn, lookedAfterChildrenReturn } from '../../simulations/care-return.js';
import { cinCensus, type SimulatedChildInNeed } from '../../simulations/cin-census.js';
import { missingReturn } from '../../simulations/missing-return.js';
import { personalDetails } from '../../simulations/personal-details.js';
import { servicesRecord } from '../../simulations/services-record.js';
import { agencyRecords } from './records.js';
import { anyDay, anyId, anyText } from './values.js';

const codeOf = (list: Readonly<Record<string, string>>) => fc.constantFrom(...Object.keys(list));
/** One of each start: two that differ are a contradiction. */
const byStart = { selector: ({ startedOn }: { readonly startedOn: string }) => startedOn, maxLength: 3 } as const;

/** From a day, to that day or a later one: absent while it lasts. */
const span = fc
  .tuple(anyDay, fc.option(anyDay, { nil: undefined }))
  .map(([a, b]) =>
    b === undefined ? { startedOn: a } : a <= b ? { startedOn: a, endedOn: b } : { startedOn: b, endedOn: a },
  );

export const careEpisodes = fc.uniqueArray(
  fc
    .tuple(
      span,
      fc.record(
        {
          child: anyId,
          began: codeOf(episodeBegan),
          legalStatus: codeOf(legalStatuses),
          need: codeOf(primaryNeeds),
          placement: codeOf(placements),
          provider: codeOf(providers),
          ended: codeOf(episodeEnded),
          placementChanged: codeOf(placementChanges),
        },
        { requiredKeys: ['child'] },
      ),
    )
    .map(([{ startedOn, ...ends }, more]) => ({
      ...more,
      start: startedOn,
      ...('endedOn' in ends ? { end: ends.endedOn } : {}),
    })),
  { selector: ({ child, start }) => `${child} ${start}`, maxLength: 8 },
);

export const lookedAfterChildren = fc.uniqueArray(
  fc.record(
    { child: anyId, birthDate: anyDay, upn: fc.constantFrom('UN1', 'A000000000000') },
    { requiredKeys: ['child', 'birthDate'] },
  ),
  { selector: ({ child }) => child, maxLength: 8 },
);

export const libertyOrders = fc.uniqueArray(
  fc.tuple(span, anyId, anyDay).map(([{ startedOn, ...ends }, child, birthDate]) => ({
    child,
    birthDate,
    start: startedOn,
    ...('endedOn' in ends ? { end: ends.endedOn } : {}),
  })),
  { selector: ({ child, start }) => `${child} ${start}`, maxLength: 8 },
);

const assessment = fc
  .tuple(span, fc.uniqueArray(codeOf({ ...careFactors, ...exploitationFactors, ...healthFactors }), { maxLength: 6 }))
  .map(([{ startedOn, ...ends }, factors]) => ({
    startedOn,
    factors,
    ...('endedOn' in ends ? { authorisedOn: ends.endedOn } : {}),
  }));

const protectionPlan = fc
  .tuple(
    span,
    fc.record(
      { category: codeOf(categoriesOfHarm), previous: fc.nat(10), reviewedOn: fc.array(anyDay, { maxLength: 3 }) },
      { requiredKeys: [] },
    ),
  )
  .map(([when, more]) => ({ ...when, ...more }));

const enquiry = fc.record(
  { startedOn: anyDay, conferenceOn: anyDay, notRequired: fc.boolean() },
  { requiredKeys: ['startedOn'] },
);

/** A child has one case here, and no two parts of it begin on one day: two that differ would be a contradiction. */
export const childrenInNeed: fc.Arbitrary<readonly SimulatedChildInNeed[]> = fc.uniqueArray(
  fc.record(
    {
      id: anyId,
      birthDate: anyDay,
      upn: fc.constant('A000000000000'),
      cases: fc
        .record(
          {
            referredOn: anyDay,
            source: codeOf(referralSources),
            need: codeOf(primaryNeeds),
            noFurtherAction: fc.boolean(),
            closure: codeOf(closures),
            assessments: fc.uniqueArray(assessment, byStart),
            plans: fc.uniqueArray(span, byStart),
            enquiries: fc.uniqueArray(enquiry, byStart),
            protectionPlans: fc.uniqueArray(protectionPlan, byStart),
          },
          { requiredKeys: ['referredOn'] },
        )
        .map((one) => [one]),
    },
    { requiredKeys: ['id', 'cases'] },
  ),
  { selector: ({ id }) => id, maxLength: 4 },
);

const status = fc.record({ status: anyText, plan: anyText }, { requiredKeys: ['status'] });

export const servicesRecords = fc.record(
  {
    keyWorker: anyText,
    teams: fc.uniqueArray(anyText, { maxLength: 4 }),
    statuses: fc.uniqueArray(status, { selector: (one) => one.status, maxLength: 4 }),
    referrals: fc.array(fc.record({ date: anyDay, kind: anyText }), { maxLength: 4 }),
  },
  { requiredKeys: [] },
);

export const details = fc.record({ givenNames: anyText, familyName: anyText, birthDate: anyDay }, { requiredKeys: [] });

export const socialCareRecords = agencyRecords(socialCareKinds);

/** A file of every format, as it would be sent, with the format's name. */
export const socialCareFiles: fc.Arbitrary<readonly [format: string, file: string]> = fc.oneof(
  careEpisodes.map((rows) => ['ssda903.episodes', careEpisodesReturn(rows)] as const),
  libertyOrders.map((rows) => ['ssda903.dolo', libertyOrdersReturn(rows)] as const),
  lookedAfterChildren.map((rows) => ['ssda903.header', lookedAfterChildrenReturn(rows)] as const),
  fc
    .uniqueArray(fc.record({ child: anyId, birthDate: anyDay, kind: fc.constantFrom('M', 'A'), start: anyDay }), {
      selector: ({ child, start }) => `${child} ${start}`,
    })
    .map((rows) => ['ssda903.missing', missingReturn(rows)] as const),
  childrenInNeed.map((children) => ['cin.census', cinCensus(children)] as const),
  servicesRecords.map((one) => ['ChildrensServicesDetailsRecordV1', JSON.stringify(servicesRecord(one))] as const),
  details.map((one) => ['PersonalDetailsRecordV1', JSON.stringify(personalDetails(one))] as const),
  socialCareRecords.map((records) => ['agency-records.v1', recordsAsJson(records)] as const),
  socialCareRecords.map((records) => ['agency-records.v1', recordsAsCsv(records)] as const),
);
