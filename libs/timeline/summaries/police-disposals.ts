import type { JsonObject } from '@bufbuild/protobuf';
import { entryAt, told, word, type Reading } from '../reading.js';

const stageWords: Readonly<Record<string, string>> = {
  STAGE_PRE_CHARGE: 'Before charge',
  STAGE_POST_CHARGE: 'After charge',
};

const endWords: Readonly<Record<string, string>> = {
  OUTCOME_CHARGED: 'Charged',
  OUTCOME_OUT_OF_COURT_DISPOSAL: 'Dealt with out of court',
  OUTCOME_NO_FURTHER_ACTION: 'No further action',
};

export const disposalWords: Readonly<Record<string, string>> = {
  KIND_COMMUNITY_RESOLUTION: 'Community resolution',
  KIND_YOUTH_CAUTION: 'Youth caution',
  KIND_YOUTH_CONDITIONAL_CAUTION: 'Youth conditional caution',
  KIND_OUTCOME_22: 'Outcome 22',
  KIND_OUTCOME_21: 'Outcome 21',
  KIND_OTHER: 'Out-of-court disposal',
};

const conditionWords: Readonly<Record<string, string>> = {
  OUTCOME_COMPLETED: 'Conditions kept',
  OUTCOME_NOT_COMPLETED: 'Conditions not kept',
  OUTCOME_WITHDRAWN: 'Taken back',
};

/** How a case goes on after arrest without a court. */
export function disposalReadings(force: Readonly<Record<string, string>>): Readonly<Record<string, Reading>> {
  return {
    'hub.police.v1.ReleasedUnderInvestigation': {
      title: ({ offenceTitle }) => told('Released under investigation', word(offenceTitle)),
      labels: {
        offenceTitle: 'Suspected offence',
        offenceCode: 'Offence code',
        force: 'Police force',
        custodyNumber: 'Custody number',
      },
      words: { force },
    },
    'hub.police.v1.ReleasedOnBail': {
      title: ({ stage }) => told('Released on police bail', entryAt(stageWords, word(stage))?.toLowerCase()),
      labels: {
        returnOn: 'To return on',
        conditions: 'Condition',
        offenceTitle: 'Offence',
        stage: 'Stage',
        custodyNumber: 'Custody number',
      },
      words: { stage: stageWords },
    },
    'hub.police.v1.InvestigationEnded': {
      title: ({ outcome }) => told('Investigation ended', entryAt(endWords, word(outcome))?.toLowerCase()),
      labels: { outcome: 'Outcome', reason: 'Reason', custodyNumber: 'Custody number' },
      words: { outcome: endWords },
    },
    'hub.police.v1.OutOfCourtDisposalGiven': {
      title: titleOfDisposal,
      labels: {
        kind: 'Disposal',
        offenceTitle: 'Offence',
        offenceCode: 'Offence code',
        admitted: 'Admitted by the child',
        givenOn: 'Given on',
        conditions: 'Condition',
        completeBy: 'To be done by',
        force: 'Police force',
        custodyNumber: 'Custody number',
        disposalReference: 'Disposal reference',
      },
      words: { kind: disposalWords, force },
      always: { admitted: false },
    },
    'hub.police.v1.OutOfCourtDisposalEnded': {
      title: ({ outcome }) =>
        told('Out-of-court disposal ended', entryAt(conditionWords, word(outcome))?.toLowerCase()),
      labels: { outcome: 'Outcome', reason: 'Reason', disposalReference: 'Disposal reference' },
      words: { outcome: conditionWords },
    },
  };
}

// Outcome 22 is no admission: what it is about is alleged, also in a list of titles (rule E4).
function titleOfDisposal({ kind, offenceTitle }: JsonObject): string | undefined {
  const disposal = entryAt(disposalWords, word(kind));
  const offence = word(offenceTitle);
  if (disposal === undefined) return undefined;
  if (kind === 'KIND_OUTCOME_22') return offence ? `${disposal}, alleged: ${offence}` : `${disposal} (alleged)`;
  return told(disposal, offence) ?? disposal;
}
