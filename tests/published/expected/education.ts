import { custodianIndexOf, type Expected, snapshotOf } from './what-comes-of-it.js';

const record = 'hub.education.v1.EducationRecordObserved';

export const education: Readonly<Record<string, readonly Expected[]>> = {
  'dfe-sui-education-custodian-index.json': custodianIndexOf('education'),
  // The school, a status, and of two years what is not nought.
  'dfe-sui-education-details-9449303223.json': snapshotOf('education', record, 'nhs:9449303223', 10),
  // The number fails its own checksum: the record is kept under it, and links nobody.
  'dfe-sui-education-details-9991234566.json': snapshotOf('education', record, 'nhs:9991234566', 10),
  // It says where somebody lives and with whom, and neither a name nor a birth date.
  'dfe-sui-education-personal-details-9991234566.json': [
    {
      agency: 'education',
      outcomes: [
        ['quarantined', 'no-subject', 'Hub-Subject'],
        ['quarantined', 'no-observed-at', 'Hub-Observed-At'],
      ],
    },
    {
      agency: 'education',
      attributes: { subject: 'nhs:9991234566', observedat: '2025-12-01T09:00:00Z' },
      outcomes: [['ignored', 'nothing-claimed']],
    },
  ],
};
