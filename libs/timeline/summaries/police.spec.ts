import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@bufbuild/protobuf';
import { summaryOf } from '../summary.js';

const titleOf = (name: string, content: JsonObject): string => summaryOf(`hub.police.v1.${name}`, content).title;

describe('what the police did, in a line', () => {
  it.each([
    ['ChildReturned', { returnedTo: 'RETURNED_TO_CARE_SETTING' }, 'Returned: care setting'],
    ['ChildReturned', { returnedTo: 'RETURNED_TO_POLICE_CUSTODY' }, 'Returned: police custody'],
    [
      'PreventionInterviewRecorded',
      { outcome: 'OUTCOME_DECLINED' },
      'Police prevention interview: declined by the child',
    ],
    [
      'ExploitationIndicatorRecorded',
      { kind: 'EXPLOITATION_KIND_COUNTY_LINES' },
      'Exploitation indicator: county lines',
    ],
    [
      'NrmDecisionRecorded',
      { stage: 'STAGE_REASONABLE_GROUNDS', decision: 'DECISION_POSITIVE' },
      'National referral mechanism: reasonable grounds, positive',
    ],
    ['Arrested', { offenceTitle: 'Affray', voluntary: true }, 'Interviewed voluntarily: Affray'],
    ['DetentionEnded', { outcome: 'OUTCOME_KEPT_FOR_COURT' }, 'Detention ended: kept for court'],
    [
      'LocalAuthorityAccommodationAnswered',
      { answer: 'ANSWER_NO_SECURE_AVAILABLE' },
      'Local authority accommodation: no secure accommodation available',
    ],
    ['OutOfCourtDisposalGiven', { kind: 'KIND_YOUTH_CAUTION', offenceTitle: 'Affray' }, 'Youth caution: Affray'],
    ['OutOfCourtDisposalGiven', { kind: 'KIND_COMMUNITY_RESOLUTION' }, 'Community resolution'],
  ])('%s %j: %s', (name, content, title) => {
    expect(titleOf(name, content)).toBe(title);
  });

  it('says of outcome 22 that it is alleged, with an offence and without one', () => {
    const kind = 'KIND_OUTCOME_22';
    expect(titleOf('OutOfCourtDisposalGiven', { kind, offenceTitle: 'Affray' })).toBe('Outcome 22, alleged: Affray');
    expect(titleOf('OutOfCourtDisposalGiven', { kind })).toBe('Outcome 22 (alleged)');
    expect(summaryOf('hub.police.v1.OutOfCourtDisposalGiven', { kind }).lines).toContainEqual({
      label: 'Admitted by the child',
      value: 'No',
    });
  });
});
