import { told, word, type Reading } from '../reading.js';

const seen = { observedAt: 'Seen in the record' };

/** What statutory returns and custodians' records say of children's services. */
export const returnReadings: Readonly<Record<string, Reading>> = {
  'hub.social_care.v1.CareEpisodeRecorded': {
    title: ({ legalStatus, placement }) =>
      told('Episode of care', [word(legalStatus), word(placement)].filter((said) => said !== '').join('; ')),
    labels: {
      legalStatus: 'Legal status',
      placement: 'Placement',
      provider: 'Provided by',
      startedOn: 'First day',
      startedBecause: 'Began because',
      endedOn: 'Last day',
      endedBecause: 'Ended because',
      placementChangedBecause: 'Placement changed because',
      need: 'Primary need',
    },
    // The words stand beside them.
    silent: ['legalStatusCode', 'placementCode', 'startedBecauseCode', 'endedBecauseCode', 'needCode'],
    always: { endedOn: 'Not ended when this was stated' },
  },
  'hub.social_care.v1.DeprivationOfLibertyRecorded': {
    labels: { startedOn: 'First day', endedOn: 'Last day' },
    always: { endedOn: 'Not ended when this was stated' },
  },
  'hub.social_care.v1.CensusReferralRecorded': {
    title: ({ source }) => told('Referral to children’s social care', word(source)),
    labels: {
      referredOn: 'Referred on',
      source: 'Referred by',
      need: 'Primary need',
      noFurtherAction: 'No further action',
      conferenceOn: 'Child protection conference on',
      closedOn: 'Closed on',
      closedBecause: 'Closed because',
    },
    silent: ['sourceCode', 'needCode', 'closedBecauseCode'],
  },
  'hub.social_care.v1.AssessmentRecorded': {
    labels: {
      startedOn: 'First day',
      internalReviewOn: 'Internal review on',
      authorisedOn: 'Authorised on',
      factors: 'Factor',
    },
  },
  'hub.social_care.v1.ExploitationFactorsRecorded': { labels: { factors: 'Factor', startedOn: 'Assessment began' } },
  'hub.social_care.v1.HealthFactorsRecorded': { labels: { factors: 'Factor', startedOn: 'Assessment began' } },
  'hub.social_care.v1.Section47Recorded': {
    labels: {
      startedOn: 'First day',
      conferenceDueOn: 'Conference due by',
      conferenceOn: 'Conference held on',
      conferenceNotRequired: 'No conference required',
    },
  },
  'hub.social_care.v1.KeyWorkerNamed': {
    title: ({ workerName }) => told('Key worker', word(workerName)),
    labels: { workerName: 'Key worker', ...seen },
  },
  'hub.social_care.v1.TeamInvolvementListed': {
    title: ({ team }) => told('Team involved', word(team)),
    labels: { team: 'Team' },
  },
  'hub.social_care.v1.ActiveStatusChanged': {
    title: ({ status, ended }) =>
      told(ended === true ? 'Children’s services: no longer active' : 'Children’s services: active', word(status)),
    labels: { status: 'Status', plan: 'Plan', ended: 'No longer listed as active', ...seen },
  },
  'hub.social_care.v1.ReferralListed': {
    title: ({ kind }) => told('Referral', word(kind)),
    labels: { kind: 'To', madeOn: 'Made on' },
  },
};
