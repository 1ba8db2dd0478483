import { type Expected, unread } from './what-comes-of-it.js';

export const socialCare: Readonly<Record<string, readonly Expected[]>> = {
  'ssda903-fake-missing.csv': [
    {
      agency: 'social-care',
      counted: { type: 'hub.social_care.v1.MissingEpisodeRecorded', facts: 43, records: 39 },
    },
  ],
  'cin-census-2rows.xml': unread('social-care'),
  'dfe-sui-childrens-services-details-9449303223.json': unread('social-care'),
  'dfe-sui-local-authority-custodian-index.json': unread('social-care'),
  'dfe-sui-social-care-details-9991234566.json': unread('social-care'),
  'dfe-sui-social-care-personal-details-9449303223.json': unread('social-care'),
};
