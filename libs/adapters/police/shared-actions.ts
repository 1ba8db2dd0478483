import { code, day, text, type Action } from './entry.js';

/** Entries of custody and missing records alike: what the police tell others to protect a child. */
export const sharedActions: Readonly<Record<string, Action>> = {
  PUBLIC_PROTECTION_NOTICE: {
    type: 'hub.police.v1.PublicProtectionNoticeIssued',
    fields: { reference: ['noticeReference', text], concern: ['concern', text] },
  },
  EXPLOITATION_INDICATOR: {
    type: 'hub.police.v1.ExploitationIndicatorRecorded',
    fields: {
      reference: ['indicatorReference', text],
      kind: [
        'kind',
        code('EXPLOITATION_KIND_', {
          CSE: 'SEXUAL',
          CCE: 'CRIMINAL',
          COUNTY_LINES: 'COUNTY_LINES',
          MODERN_SLAVERY: 'MODERN_SLAVERY',
          OTHER: 'OTHER',
        }),
      ],
      strength: ['strength', code('INDICATOR_STRENGTH_', { WEAK: 'WEAK', MODERATE: 'MODERATE', STRONG: 'STRONG' })],
      detail: ['detail', text],
      observedOn: ['observedOn', day],
    },
  },
  NRM_REFERRAL: {
    type: 'hub.police.v1.NrmReferralMade',
    fields: { reference: ['referralReference', text] },
    says: { firstResponder: 'police' },
  },
};
