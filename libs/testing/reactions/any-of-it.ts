import type { JsonObject } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { capabilities } from '../../capabilities.js';
import { agencyOfType, catalogue } from '../../contracts/catalogue.js';
import type { HeldFact } from '../../kernel/capability.js';
import { fact } from './given.js';

/** As of when what follows from these follows, RFC 3339: all of it happened within the weeks before. */
export const told = '2026-05-20T12:00:00Z';
const HOUR = 3_600_000;
const MOST = 16;

/** What every type that anything is derived from may say of one of two things, in the ways that matter. */
const sayings: Readonly<Record<string, (ref: string) => readonly [JsonObject, ...JsonObject[]]>> = {
  'hub.police.v1.MissingReported': (ref) => [{ reportReference: ref, risk: 'RISK_GRADE_HIGH', force: '20' }],
  'hub.police.v1.MissingFound': (ref) => [
    { reportReference: ref, foundAt: 'friend' },
    { reportReference: ref, foundAt: 'police-custody' },
  ],
  'hub.police.v1.ChildReturned': (ref) => [{ reportReference: ref, returnedTo: 'RETURNED_TO_HOME' }],
  'hub.police.v1.MissingReportCancelled': (ref) => [{ reportReference: ref }],
  'hub.police.v1.PreventionInterviewRecorded': (ref) => [{ reportReference: ref, outcome: 'OUTCOME_COMPLETED' }],
  'hub.social_care.v1.MissingReported': (ref) => [
    { reportReference: ref },
    { reportReference: ref, policeReference: ref },
    { reportReference: ref, kind: 'KIND_AWAY_WITHOUT_AUTHORISATION' },
  ],
  'hub.social_care.v1.ChildReturned': (ref) => [{ reportReference: ref, returnedTo: 'RETURNED_TO_CARE_SETTING' }],
  'hub.social_care.v1.MissingEpisodeRecorded': () => [{}],
  'hub.social_care.v1.ReturnInterviewRecorded': (ref) => [
    { interviewReference: ref, episodeReference: ref, outcome: 'OUTCOME_COMPLETED' },
    { interviewReference: ref, episodeReference: ref, outcome: 'OUTCOME_OFFERED' },
    { interviewReference: ref, episodeReference: ref, outcome: 'OUTCOME_NOT_HELD' },
    { interviewReference: ref, episodeReference: ref, outcome: 'OUTCOME_DECLINED' },
  ],
  'hub.yos.v1.ReturnInterviewUseRecorded': (ref) => [{ interviewReference: ref }],
  'hub.yos.v1.AppointmentPlanned': (ref) => [
    { appointmentReference: ref, plannedFor: '2026-05-20T18:00:00Z' },
    { appointmentReference: ref, plannedFor: '2026-05-20T18:00:00Z', cancelled: true },
  ],
  'hub.yos.v1.CaseAllocated': () => [{ worker: 'casey.manager' }],
  'hub.yos.v1.CaseClosed': () => [{ reason: 'order ended' }],
  'hub.social_care.v1.StatusRecorded': () => [
    { startedOn: '2026-01-02', responsibleAuthority: 'Coventry' },
    { startedOn: '2026-01-02', responsibleAuthority: 'Derby' },
  ],
  'hub.social_care.v1.PlacementRecorded': () => [
    { startedOn: '2026-05-19', area: 'Derby', emergency: true },
    { startedOn: '2026-05-19', area: 'Leicester', outOfArea: true },
  ],
  'hub.social_care.v1.PlacementNoticeSent': () => [{ placementStartedOn: '2026-05-19' }],
  'hub.police.v1.ExploitationIndicatorRecorded': (ref) => [
    { indicatorReference: ref, strength: 'INDICATOR_STRENGTH_STRONG' },
  ],
  'hub.health.v1.ExploitationIndicatorRecorded': (ref) => [
    { indicatorReference: ref, strength: 'INDICATOR_STRENGTH_MODERATE' },
  ],
  'hub.social_care.v1.ExploitationAssessed': (ref) => [
    { assessmentReference: ref, level: 'EXPLOITATION_LEVEL_MODERATE' },
    { assessmentReference: ref, level: 'EXPLOITATION_LEVEL_NO_CONCERN' },
  ],
  'hub.social_care.v1.ReferralReceived': (ref) => [{ referralReference: ref, sourceAgency: 'police' }],
  'hub.social_care.v1.ReferralDecided': (ref) => [
    { referralReference: ref, decision: 'DECISION_NO_FURTHER_ACTION' },
    { referralReference: ref, decision: 'DECISION_STRATEGY_DISCUSSION' },
  ],
  'hub.social_care.v1.StrategyDiscussionConvened': (ref) => [{ discussionReference: ref }],
  'hub.social_care.v1.StrategyDiscussionHeld': (ref) => [
    { discussionReference: ref, attended: ['police'] },
    { discussionReference: ref, attended: ['police', 'YOS'] },
  ],
  'hub.yos.v1.StrategyContributionRecorded': (ref) => [{ discussionReference: ref }],
  'hub.social_care.v1.ConferenceDecided': (ref) => [{ conferenceReference: ref }],
  'hub.social_care.v1.ConferenceHeld': (ref) => [{ conferenceReference: ref }],
  'hub.police.v1.PublicProtectionNoticeIssued': (ref) => [{ noticeReference: ref }],
  'hub.police.v1.ReleasedUnderInvestigation': (ref) => [{ custodyNumber: ref }],
  'hub.police.v1.NrmReferralMade': (ref) => [{ referralReference: ref }],
  'hub.social_care.v1.NrmReferralMade': (ref) => [{ referralReference: ref }],
  'hub.police.v1.NrmDecisionRecorded': (ref) => [{ referralReference: ref, stage: 'STAGE_REASONABLE_GROUNDS' }],
  'hub.social_care.v1.NrmDecisionRecorded': (ref) => [{ referralReference: ref, stage: 'STAGE_REASONABLE_GROUNDS' }],
  'hub.police.v1.ComplexInvestigationOpened': (ref) => [{ investigationReference: ref }],
  'hub.social_care.v1.ComplexInvestigationOpened': (ref) => [{ investigationReference: ref }],
  'hub.police.v1.ComplexInvestigationClosed': (ref) => [{ investigationReference: ref }],
  'hub.social_care.v1.ComplexInvestigationClosed': (ref) => [{ investigationReference: ref }],
  'hub.record.v1.MeetingActionSet': (ref) => [
    { action: ref, forum: 'mog', ownerAgency: 'police', ownerRole: 'officer', dueOn: '2026-05-22' },
  ],
  'hub.record.v1.MeetingActionDone': (ref) => [{ action: ref }],
};

/** One thing that came, or that its source took back; the same reference again corrects what was said. */
export type Came = { readonly fact: HeldFact } | { readonly gone: number };

/** What most of it begins with. */
const often = ['MissingReported', 'ChildReturned', 'ReturnInterviewRecorded', 'CaseAllocated'];
const themes = capabilities.map(({ reads }) =>
  reads
    .filter((type) => type in sayings)
    .flatMap((type) => (often.some((name) => type.endsWith(name)) ? [type, type, type] : [type])),
);

const thing = (types: readonly string[]): fc.Arbitrary<Came> =>
  fc
    .record({
      type: fc.constantFrom(...types),
      ref: fc.constantFrom('A', 'B', 'C'),
      way: fc.nat(3),
      hours: fc.constantFrom(1, 3, 8, 14, 20, 30, 44, 60, 90, 200, 400),
    })
    .map(({ type, ref, way, hours }): Came => ({ fact: held(type, ref, way, hours) }));

/**
 * Ever so many things that come of one child, in any order: of one capability at a time, so that what it reads is dense enough for
 * something to be owed, and to end.
 */
export const anyOfIt: fc.Arbitrary<readonly Came[]> = fc
  .constantFrom(...themes)
  .chain((types) =>
    fc.array(
      fc.oneof({ weight: 9, arbitrary: thing(types) }, { weight: 1, arbitrary: fc.record({ gone: fc.nat(MOST) }) }),
      { minLength: 4, maxLength: MOST, size: 'max' },
    ),
  );

function held(type: string, ref: string, way: number, hours: number): HeldFact {
  const contract = catalogue.get(type);
  const ways = sayings[type]?.(ref) ?? [{}];
  if (!contract) throw new TypeError(`${type} is no event`);
  const at = new Date(Date.parse(told) - hours * HOUR).toISOString();
  const one = fact(contract.schema, at, {}, { by: agencyOfType(type) ?? 'yos' });
  return {
    ...one,
    content: ways[way % ways.length] ?? ways[0],
    fact: `${type}#${ref}`,
    event: `${type} ${ref} ${way} ${hours}`,
  };
}

/** All that stands after each of these came, from the first on. */
export function standingAfter(
  all: readonly Came[],
): { readonly facts: readonly HeldFact[]; readonly changed: HeldFact[] }[] {
  const standing = new Map<string, HeldFact>();
  return all.map((one) => {
    const before =
      'gone' in one ? [...standing.values()][one.gone % Math.max(standing.size, 1)] : standing.get(one.fact.fact);
    if ('gone' in one) standing.delete(before?.fact ?? '');
    else standing.set(one.fact.fact, { ...one.fact, corrected: before !== undefined });
    const facts = [...standing.values()].toSorted((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt));
    return { facts, changed: [before, 'fact' in one ? one.fact : undefined].filter((each) => each !== undefined) };
  });
}
