import type { Grade } from '../../../libs/safeguarding/missing/episodes.fold.js';
import { interviewDuties } from '../../../libs/safeguarding/missing/missing.js';
import type { DutyInSight } from '../duties/duties-in-sight.js';
import { episodesInSight, type EpisodeInSight, type LoopParts } from '../loop/episodes-in-sight.js';

/** Episodes in which a child is missing now, by what a looker sees: what the board, and Today, have a row for. */
export function missingIn(parts: LoopParts): EpisodeInSight[] {
  return episodesInSight(parts).filter(({ now }) => now);
}

const grades: readonly Grade[] = ['no-apparent-risk', 'low', 'ungraded', 'medium', 'high'];

/** The highest grade first; of those, whoever has been missing longest. What nobody has graded comes after medium. */
export function highestFirst({ episode: one }: EpisodeInSight, { episode: other }: EpisodeInSight): number {
  return (
    grades.indexOf(other.grade) - grades.indexOf(one.grade) || Date.parse(one.startedAt) - Date.parse(other.startedAt)
  );
}

/** An episode with something left to do about its interview. */
export interface InterviewDue {
  readonly one: EpisodeInSight;
  readonly due: DutyInSight;
}

export function interviewsIn(parts: LoopParts): InterviewDue[] {
  return episodesInSight(parts).flatMap((one) =>
    one.duties
      .filter(({ duty, state }) => interviewDuties.has(duty.kind) && state !== 'met')
      .map((due) => ({ one, due })),
  );
}

/** Late ones first, then by their limit; what has none is due at once. */
export function soonestFirst({ due: one }: InterviewDue, { due: other }: InterviewDue): number {
  return Number(other.state === 'overdue') - Number(one.state === 'overdue') || limitOf(one) - limitOf(other);
}

const limitOf = ({ duty }: DutyInSight): number => Date.parse(duty.due ?? duty.since);
