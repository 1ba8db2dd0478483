import { code, count, day, dayOrTime, flag, sameCode, text, texts, time, type Action } from './entry.js';
import { sharedActions } from './shared-actions.js';

const offence = { offenceCode: ['offenceCode', text], offence: ['offenceTitle', text] } as const;
const request = { reference: ['requestReference', text] } as const;

/** Entries of a custody record. */
export const custodyActions: Readonly<Record<string, Action>> = {
  ARREST: { type: 'hub.police.v1.Arrested', fields: offence },
  VOLUNTARY_ATTENDANCE: { type: 'hub.police.v1.Arrested', fields: offence, says: { voluntary: true } },
  DETENTION_AUTHORISED: {
    type: 'hub.police.v1.DetentionAuthorised',
    fields: { relevantTime: ['relevantTime', time], grounds: ['grounds', text] },
  },
  REVIEW: {
    type: 'hub.police.v1.DetentionReviewed',
    fields: {
      number: ['reviewNumber', count],
      decision: ['outcome', code('OUTCOME_', { CONTINUE: 'CONTINUED', RELEASE: 'ENDED', POSTPONE: 'POSTPONED' })],
      nextDue: ['nextReviewDue', time],
    },
  },
  AA_REQUEST: {
    type: 'hub.police.v1.AppropriateAdultRequested',
    fields: { ...request, askedOf: ['requestedFrom', text], neededAt: ['neededFor', time] },
  },
  AA_ARRIVED: {
    type: 'hub.police.v1.AppropriateAdultAttended',
    fields: { ...request, suppliedBy: ['providedBy', text] },
  },
  CHARGE: {
    type: 'hub.police.v1.Charged',
    fields: {
      ...offence,
      asn: ['arrestSummonsNumber', text],
      offenceDate: ['offenceDate', day],
      firstHearing: ['firstHearingOn', day],
    },
  },
  BAIL_REFUSED: {
    type: 'hub.police.v1.BailRefused',
    fields: { reason: ['reason', text], courtDate: ['courtDate', day] },
  },
  LA_ACCOMMODATION_REQUEST: {
    type: 'hub.police.v1.LocalAuthorityAccommodationRequested',
    fields: { ...request, authority: ['authority', text], secure: ['secure', flag] },
  },
  LA_ACCOMMODATION_ANSWER: {
    type: 'hub.police.v1.LocalAuthorityAccommodationAnswered',
    fields: {
      ...request,
      authority: ['authority', text],
      answer: [
        'answer',
        code('ANSWER_', {
          PROVIDED: 'PROVIDED',
          NONE: 'NONE_AVAILABLE',
          NO_SECURE: 'NO_SECURE_AVAILABLE',
          NO_ANSWER: 'NO_ANSWER',
        }),
      ],
    },
  },
  S38_CERTIFICATE: {
    type: 'hub.police.v1.DetentionCertificateIssued',
    fields: {
      ground: ['ground', code('GROUND_', { IMPRACTICABLE: 'IMPRACTICABLE', NO_SECURE: 'NO_SECURE_ACCOMMODATION' })],
      reason: ['reason', text],
      courtDate: ['courtDate', day],
    },
  },
  RELEASE_UNDER_INVESTIGATION: { type: 'hub.police.v1.ReleasedUnderInvestigation', fields: offence },
  BAIL: {
    type: 'hub.police.v1.ReleasedOnBail',
    fields: {
      stage: ['stage', sameCode('STAGE_', ['PRE_CHARGE', 'POST_CHARGE'])],
      returnOn: ['returnOn', dayOrTime],
      conditions: ['conditions', texts],
      offence: ['offenceTitle', text],
    },
  },
  INVESTIGATION_ENDED: {
    type: 'hub.police.v1.InvestigationEnded',
    fields: {
      outcome: ['outcome', sameCode('OUTCOME_', ['CHARGED', 'OUT_OF_COURT_DISPOSAL', 'NO_FURTHER_ACTION'])],
      reason: ['reason', text],
    },
  },
  DISPOSAL: {
    type: 'hub.police.v1.OutOfCourtDisposalGiven',
    fields: {
      ...offence,
      reference: ['disposalReference', text],
      kind: [
        'kind',
        sameCode('KIND_', [
          'COMMUNITY_RESOLUTION',
          'YOUTH_CAUTION',
          'YOUTH_CONDITIONAL_CAUTION',
          'OUTCOME_22',
          'OUTCOME_21',
          'OTHER',
        ]),
      ],
      admitted: ['admitted', flag],
      givenOn: ['givenOn', day],
      conditions: ['conditions', texts],
      completeBy: ['completeBy', day],
    },
  },
  DISPOSAL_ENDED: {
    type: 'hub.police.v1.OutOfCourtDisposalEnded',
    fields: {
      reference: ['disposalReference', text],
      outcome: ['outcome', sameCode('OUTCOME_', ['COMPLETED', 'NOT_COMPLETED', 'WITHDRAWN'])],
      reason: ['reason', text],
    },
  },
  DETENTION_ENDED: {
    type: 'hub.police.v1.DetentionEnded',
    fields: {
      how: [
        'outcome',
        sameCode('OUTCOME_', [
          'CHARGED_RELEASED',
          'KEPT_FOR_COURT',
          'TRANSFERRED_TO_LOCAL_AUTHORITY',
          'UNDER_INVESTIGATION',
          'BAILED',
          'OUT_OF_COURT_DISPOSAL',
          'NO_FURTHER_ACTION',
          'OTHER',
        ]),
      ],
    },
  },
  ...sharedActions,
};

/** Entries of a custody record that are nobody's business outside the suite. */
export const custodyRoutine: readonly string[] = [
  'CELL_CHECK',
  'MEAL',
  'PROPERTY',
  'REST_PERIOD',
  'SEARCH',
  'TELEPHONE_CALL',
  'VISIT',
];
