import { type Expected, unread } from './what-comes-of-it.js';

export const education: Readonly<Record<string, readonly Expected[]>> = {
  'dfe-sui-education-custodian-index.json': unread('education'),
  'dfe-sui-education-details-9449303223.json': unread('education'),
  'dfe-sui-education-details-9991234566.json': unread('education'),
  'dfe-sui-education-personal-details-9991234566.json': unread('education'),
};
