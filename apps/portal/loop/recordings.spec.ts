import { describe, expect, it } from '@jest/globals';
import { ReturnInterviewRecorded_Outcome as Outcome } from '../../../libs/contracts/gen/hub/social_care/v1/social_care_pb.js';
import { missingOf } from '../../../libs/safeguarding/missing/missing.fold.js';
import { known } from '../../../libs/testing/reactions/given.js';
import { back, found, interview, report } from '../../../libs/testing/safeguarding/a-night.js';
import { canInterview } from './recordings.js';

const away = report('MR-1', '2026-05-01T21:40:00Z');
const home = back('MR-1', '2026-05-02T11:00:00Z');
const said = (outcome: Outcome, reason = '') => interview('RHI-1', '2026-05-03T09:00:00Z', outcome, { reason });

describe('what came of an interview can be recorded', () => {
  it.each([
    ['of a child who is missing still', [away], false],
    ['of one who was found', [away, found('MR-1', '2026-05-02T02:00:00Z')], true],
    ['of one who is back', [away, home], true],
    ['once it was offered', [away, home, said(Outcome.OFFERED)], true],
    ['once it was not held, and nobody said why', [away, home, said(Outcome.NOT_HELD)], true],
    ['once it was not held for a reason', [away, home, said(Outcome.NOT_HELD, 'moved away')], false],
    ['once it was declined', [away, home, said(Outcome.DECLINED)], false],
    ['once it was held', [away, home, said(Outcome.COMPLETED)], false],
  ])('%s', (_, facts, may) => {
    const { episodes, interviewsOf } = missingOf(facts, known);
    const [episode] = episodes;
    if (!episode) throw new Error('no episode');
    expect(canInterview({ episode, interviews: interviewsOf(0) })).toBe(may);
  });
});
