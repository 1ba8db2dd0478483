import type { Level } from '../../../libs/safeguarding/exploitation/level.js';
import type { Grade } from '../../../libs/safeguarding/missing/episodes.fold.js';
import { interviewDuties } from '../../../libs/safeguarding/missing/missing.js';
import type { DutyInSight } from '../duties/duties-in-sight.js';
import type { ConcernInSight } from '../loop/concern-in-sight.js';
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

/** Which duties are asked for where interviews are listed: late ones first, then by their limit; what has none is due at once, `at`. */
export const interviewsWanted = (at: string) =>
  ({ states: ['open', 'overdue'], kinds: [...interviewDuties], unlimited: at }) as const;

export function isInterviewDue({ duty, state }: DutyInSight): boolean {
  return interviewDuties.has(duty.kind) && state !== 'met';
}

/** The row of a duty about an interview: the episode that it is about. */
export function interviewOf(parts: LoopParts, due: DutyInSight): InterviewDue[] {
  return episodesInSight(parts)
    .filter(({ duties }) => duties.some(({ id }) => id === due.id))
    .map((one) => ({ one, due }));
}

/** Late ones first, then by their limit; what has none is due at once. */
export function soonestFirst(
  { due: one }: Pick<InterviewDue, 'due'>,
  { due: other }: Pick<InterviewDue, 'due'>,
): number {
  return Number(other.state === 'overdue') - Number(one.state === 'overdue') || limitOf(one) - limitOf(other);
}

const limitOf = ({ duty }: DutyInSight): number => Date.parse(duty.due ?? duty.since);

const levels: readonly Level[] = ['none', 'emerging', 'moderate', 'significant'];

/** The highest level first; of those, what was said last. */
export function gravestFirst(one: ConcernInSight, other: ConcernInSight): number {
  const said = ({ restsOn }: ConcernInSight): number => Date.parse(restsOn[0]?.occurredAt ?? '');
  return levels.indexOf(other.level) - levels.indexOf(one.level) || said(other) - said(one);
}
