import { custodianIndexOf, type Expected, type ExpectedFact, snapshotOf } from './what-comes-of-it.js';

const record = 'hub.social_care.v1.ChildrensServicesRecordObserved';

export const socialCare: Readonly<Record<string, readonly Expected[]>> = {
  'ssda903-fake-missing.csv': [
    {
      agency: 'social-care',
      counted: { type: 'hub.social_care.v1.MissingEpisodeRecorded', facts: 43, records: 39 },
    },
  ],
  // One child: its referral, an assessment, a plan, an enquiry, and one protection plan that is there twice, alike.
  'cin-census-2rows.xml': [
    {
      agency: 'social-care',
      facts: [
        inCensus('CensusReferralRecorded', ['2022-10-06'], '2022-10-06'),
        inCensus('AssessmentRecorded', ['2023-01-24'], '2023-01-24'),
        inCensus('StatusRecorded', ['3', '2023-01-24'], '2023-01-24'),
        inCensus('Section47Recorded', ['2022-06-02'], '2022-06-02'),
        inCensus('StatusRecorded', ['2', '2022-02-17'], '2022-02-17'),
      ],
    },
  ],
  'dfe-sui-childrens-services-details-9449303223.json': snapshotOf('social-care', record, 'nhs:9449303223', 9),
  'dfe-sui-local-authority-custodian-index.json': custodianIndexOf('social-care'),
  // The number fails its own checksum: the record is kept under it, and links nobody.
  'dfe-sui-social-care-details-9991234566.json': snapshotOf('social-care', record, 'nhs:9991234566', 6),
  // Who the child is: claims, and nothing that happened.
  'dfe-sui-social-care-personal-details-9449303223.json': snapshotOf(
    'social-care',
    'hub.social_care.v1.PersonalDetailsObserved',
    'nhs:9449303223',
    0,
  ),
};

// Of the UPN it claims nobody knows whether it is one: that is for identity to check.
function inCensus(name: string, key: readonly string[], occurred: string): ExpectedFact {
  const type = `hub.social_care.v1.${name}`;
  return { type, record: 'DfEX0000001', key, occurred, onlyIfKnown: null, identifiers: ['upn'] };
}
