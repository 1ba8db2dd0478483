import {
  defineCapability,
  type BoardPlace,
  type Derived,
  type Duty,
  type HeldFact,
  type Notice,
} from '../../kernel/capability.js';
import type { Rules } from '../../kernel/rules.js';
import { nextOf, reminders, ruleOf } from '../../kernel/limits.js';
import { causesOf, dutiesOf } from './missing.duties.js';
import { missingEnds } from './missing.ends.js';
import { isMissingNow } from './missing-now.js';
import { missingOf, missingTypes, type Missing } from './missing.fold.js';
import { noticesOf } from './missing.notices.js';
import { placementNotices, repeatEpisodes } from './repeat.duties.js';

/** Missing → found → returned → interviewed → used in planning. */
export const missing = defineCapability({
  name: 'missing',
  version: 6,
  reads: missingTypes,
  urgent: [
    'hub.police.v1.MissingReported',
    'hub.social_care.v1.MissingReported',
    'hub.social_care.v1.MissingEpisodeRecorded',
  ],
  ends: missingEnds,
  fold: (facts: readonly HeldFact[], child) => missingOf(facts, child),
  derive,
});

function derive(state: Missing, rules: Rules, at: string): Derived {
  const indexes = [...state.episodes.keys()];
  const repeat = repeatEpisodes(state, rules);
  const duties: Duty[] = [
    ...indexes.flatMap((index) => dutiesOf(state, index, rules)),
    ...repeat.duties,
    ...placementNotices(state, rules),
  ];
  const reminded = duties.map((duty) => reminders(duty, ruleOf(duty, rules), rules, at));
  const notices: Notice[] = [
    ...indexes.flatMap((index) => noticesOf(state, index, rules, at)),
    ...repeat.notices,
    ...reminded.flatMap((one) => one.notices),
  ];
  return {
    duties,
    notices: once(notices),
    boards: boardsOf(state, duties, rules),
    ...nextOf(reminded.flatMap(({ instants }) => instants)),
  };
}

/** One appointment in the windows of two episodes is one slot: nobody is told of it twice. */
function once(notices: readonly Notice[]): Notice[] {
  return [...new Map(notices.map((one) => [JSON.stringify([one.kind, one.to, one.causes]), one])).values()];
}

/** Missing now, and back with an interview to come. */
function boardsOf(state: Missing, duties: readonly Duty[], rules: Rules): BoardPlace[] {
  const now = state.episodes.filter((episode) => isMissingNow(state, episode, rules));
  const open = duties.filter(({ kind, met }) => interviewDuties.has(kind) && !met);
  return [
    ...now.map((episode) => ({ board: 'missing-now', causes: causesOf(episode), at: episode.startedAt })),
    ...open.map(({ causes, due, since }) => ({ board: 'interviews-due', causes, at: due ?? since })),
  ];
}

/** Duties that keep a child who is back on the board: of the interview, and of what becomes of it. */
export const interviewDuties: ReadonlySet<string> = new Set([
  'return-home-interview',
  'decide-return-interview',
  'use-return-interview',
  'reason-for-no-interview',
]);
