import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ExploitationKind, IndicatorStrength } from '../../../libs/contracts/gen/hub/common/v1/exploitation_pb.js';
import {
  ChildReturned_ReturnedTo as To,
  ChildReturnedSchema,
  PreventionInterviewRecorded_Outcome as Prevention,
  PreventionInterviewRecordedSchema,
} from '../../../libs/contracts/gen/hub/police/v1/missing_pb.js';
import {
  ComplexInvestigationClosedSchema,
  ComplexInvestigationOpenedSchema,
  ExploitationIndicatorRecordedSchema,
  NrmDecisionRecorded_Decision as Decision,
  NrmDecisionRecorded_Stage as Stage,
  NrmDecisionRecordedSchema,
  NrmReferralMadeSchema,
} from '../../../libs/contracts/gen/hub/police/v1/safeguarding_pb.js';
import { MissingReported_RiskGrade as Risk } from '../../../libs/contracts/gen/hub/police/v1/police_pb.js';
import { MissingReportedSchema as CareMissingSchema } from '../../../libs/contracts/gen/hub/social_care/v1/missing_pb.js';
import {
  ConferenceDecidedSchema,
  ConferenceHeldSchema,
  ReferralDecided_Decision,
  ReferralDecidedSchema,
  ReferralReceivedSchema,
  StrategyDiscussionConvenedSchema,
  StrategyDiscussionHeldSchema,
} from '../../../libs/contracts/gen/hub/social_care/v1/safeguarding_pb.js';
import {
  PlacementRecordedSchema,
  ReturnInterviewRecorded_Outcome as Outcome,
} from '../../../libs/contracts/gen/hub/social_care/v1/social_care_pb.js';
import {
  ReturnInterviewUseRecordedSchema,
  StrategyContributionRecordedSchema,
} from '../../../libs/contracts/gen/hub/yos/v1/missing_and_exploitation_pb.js';
import { capabilities } from '../../../libs/capabilities.js';
import type { HeldFact } from '../../../libs/kernel/capability.js';
import { fact, known } from '../../../libs/testing/reactions/given.js';
import { back, found, interview, looked, open, report, rules } from '../../../libs/testing/safeguarding/a-night.js';
import type { DutyInSight } from '../duties/duties-in-sight.js';
import { EndsInSight } from '../duties/ends-in-sight.js';
import { ChildInSight } from '../duties/in-sight.js';
import { concernInSight } from './concern-in-sight.js';
import { episodesInSight } from './episodes-in-sight.js';
import { eventsOf } from './events-shown.js';
import { loopModel } from './loop-model.js';

const nobody = {
  row: { id: known.id, provisional: false, records: [], holders: [], covers: [] },
  viewer: { who: 'casey', agency: 'yos', roles: [] },
};
const at = '2026-05-20T12:00:00Z';
const on = (day: number, minute: number): string => `2026-05-${String(day).padStart(2, '0')}T10:${minute}:00Z`;

/** Everything that the page may tell of, each at a time of its own. */
const everything: readonly HeldFact[] = [
  looked,
  report('MR-1', on(1, 11), Risk.HIGH),
  fact(CareMissingSchema, on(1, 12), { reportReference: 'C-1', policeReference: 'MR-1', placementArea: 'Derby' }),
  found('MR-1', on(2, 13), 'police-custody'),
  fact(PreventionInterviewRecordedSchema, on(2, 14), { reportReference: 'MR-1', outcome: Prevention.COMPLETED }),
  back('MR-1', on(2, 15), To.POLICE_CUSTODY),
  fact(ChildReturnedSchema, on(2, 16), { reportReference: 'MR-1', returnedTo: To.HOME }),
  interview('I-1', on(3, 17), Outcome.OFFERED, { episodeReference: 'MR-1' }),
  interview('I-2', on(4, 18), Outcome.COMPLETED, { episodeReference: 'MR-1', summary: 'afraid of the flat' }),
  fact(ReturnInterviewUseRecordedSchema, on(5, 19), { interviewReference: 'I-2', howUsed: 'plan reviewed' }),
  report('MR-2', on(6, 20)),
  back('MR-2', on(7, 21)),
  report('MR-3', on(8, 22)),
  fact(PlacementRecordedSchema, '2026-04-01', { startedOn: '2026-04-01', kind: 'foster-carer', area: 'Leicester' }),
  fact(StrategyDiscussionConvenedSchema, on(9, 23), {
    discussionReference: 'S-1',
    convenedFor: on(10, 24),
    invited: ['yos'],
  }),
  fact(StrategyDiscussionHeldSchema, on(10, 25), {
    discussionReference: 'S-1',
    attended: ['police'],
    section47Started: true,
  }),
  fact(StrategyContributionRecordedSchema, on(10, 26), { discussionReference: 'S-1' }),
  ...[27, 28, 29].map((minute) =>
    fact(ExploitationIndicatorRecordedSchema, on(9, minute), {
      ...{ indicatorReference: `X-${minute}`, kind: ExploitationKind.CRIMINAL, strength: IndicatorStrength.STRONG },
    }),
  ),
  fact(ReferralReceivedSchema, on(9, 30), { referralReference: 'R-1', sourceAgency: 'police' }),
  fact(ReferralDecidedSchema, on(10, 31), { referralReference: 'R-1', decision: ReferralDecided_Decision.ASSESSMENT }),
  fact(ConferenceDecidedSchema, on(11, 32), { conferenceReference: 'K-1' }),
  fact(ConferenceHeldSchema, on(12, 33), { conferenceReference: 'K-1' }),
  fact(NrmReferralMadeSchema, on(11, 34), { referralReference: 'N-1' }),
  fact(NrmDecisionRecordedSchema, on(12, 35), {
    ...{ referralReference: 'N-1', stage: Stage.REASONABLE_GROUNDS, decision: Decision.POSITIVE },
  }),
  fact(ComplexInvestigationOpenedSchema, on(11, 36), { investigationReference: 'V-1' }),
  fact(ComplexInvestigationClosedSchema, on(13, 37), { investigationReference: 'V-1' }),
];

/** What a page says of some facts, each text once, and the events that are noted as shown. `raised`: with the duties that follow. */
function pageOf(
  facts: readonly HeldFact[],
  raised = true,
): {
  readonly texts: ReadonlySet<string>;
  readonly events: readonly string[];
} {
  // Whose the case is, is said nowhere on the page: who has to do what follows from it.
  const all = [open, ...facts];
  const derived = capabilities.map(({ name, reads, react }) => ({
    name,
    duties: react(
      all.filter(({ type }) => reads.includes(type)),
      known,
      rules,
      at,
    ).duties,
  }));
  const duties = (raised ? derived : []).flatMap(({ name, duties: some }) =>
    some.map((duty): DutyInSight => {
      const late = duty.due !== undefined && Date.parse(duty.due) <= Date.parse(at);
      const state = duty.met ? 'met' : late ? 'overdue' : 'open';
      return { id: duty.kind, child: known.id, capability: name, duty, state, mine: false };
    }),
  );
  const seen = new ChildInSight(nobody, all, rules, at, new EndsInSight('case-management'));
  const parts = { seen, duties, told: [], rules };
  const [episodes, concern] = [episodesInSight(parts), concernInSight(parts, at)];
  const loop = {
    ...{ child: { id: known.id, provisional: false }, at, episodes, waiting: new Set<string>() },
    ...(concern ? { concern } : {}),
    may: { prevention: false, interview: false, use: false },
  };
  const texts = new Set(JSON.stringify(loopModel(loop, rules, undefined)).split(/[",]+/));
  return { texts, events: eventsOf(episodes, concern ? [concern] : []) };
}

describe('what the audit notes as shown of a loop', () => {
  it('is everything that the page says something of: without it, the page would say something else', () => {
    fc.assert(
      fc.property(fc.subarray([...everything], { minLength: 1 }), fc.boolean(), (facts, raised) => {
        const page = pageOf(facts, raised);
        for (const one of facts) {
          const without = pageOf(
            facts.filter((other) => other !== one),
            raised,
          ).texts;
          const gone = [...page.texts].filter((text) => !without.has(text));
          if (gone.length > 0 && !page.events.includes(one.event))
            throw new Error(`${one.fact} is shown and not noted: ${gone.join(', ')}`);
        }
      }),
      {
        examples: [
          [[...everything], true],
          [[...everything], false],
        ],
        numRuns: 12,
      },
    );
  });

  it('is each once, and nothing that the page does not rest on', () => {
    const elsewhere = fact(PlacementRecordedSchema, '2025-01-01', {
      startedOn: '2025-01-01',
      endedOn: '2025-02-01',
      kind: 'x',
    });
    const { events } = pageOf([...everything, elsewhere]);
    expect(events.toSorted()).toEqual([...new Set(events)].toSorted());
    expect(events).not.toContain(elsewhere.event);
    expect(events).not.toContain(open.event);
    expect(events.toSorted()).toEqual(everything.map(({ event }) => event).toSorted());
  });
});
