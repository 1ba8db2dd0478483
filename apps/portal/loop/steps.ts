import { flagged, text } from '../../../libs/safeguarding/said.js';
import type { EpisodeInSight } from './episodes-in-sight.js';
import { gradeWords, outcomeWords, saidBy, whenWords } from './loop-words.js';

/** One step of a loop: taken or still to come, in the order in which it comes. */
export interface Step {
  readonly title: string;
  readonly done: boolean;
  /** Whether it was taken is not for this looker: it is neither done nor to come. */
  readonly hidden?: true;
  readonly when?: string;
  readonly by?: string;
  /** In the source's words; lines. */
  readonly said?: readonly string[];
}

/** From the report to the closed loop. What has not been said is a step to come; being found is no return. */
export function stepsOf(one: EpisodeInSight): readonly Step[] {
  const { episode, told, prevention, interviews, uses, duties, sees } = one;
  const { found, returned } = episode;
  const first = told.find(({ reminder, state }) => !reminder && state === 'told');
  const settled = interviews.filter((interview) => text(interview, 'outcome') !== 'OUTCOME_OFFERED');
  const held = interviews.filter((interview) => text(interview, 'outcome') === 'OUTCOME_COMPLETED');
  const interviewUnseen = sees.interviews ? {} : ({ hidden: true } as const);
  const useUnseen = sees.uses ? {} : ({ hidden: true } as const);
  const open = duties.filter(({ state }) => state !== 'met');
  const steps: (Step | undefined)[] = [
    ...episode.reports.map(({ fact, at, precision }): Step => ({
      title: episode.kind === 'away' ? 'Reported away without authorisation' : 'Reported missing',
      done: true,
      when: whenWords(at, precision),
      by: saidBy(fact),
    })),
    {
      title: episode.grade === 'ungraded' ? 'Risk graded' : `Graded: ${gradeWords[episode.grade].toLowerCase()}`,
      done: episode.grade !== 'ungraded',
    },
    first
      ? { title: 'Those responsible told', done: true, when: whenWords(new Date(first.raised_at).toISOString()) }
      : undefined,
    {
      title: found?.inCustody ? 'Found, in police custody' : 'Found',
      done: found !== undefined || returned !== undefined,
      ...(found ? { when: whenWords(found.at), by: saidBy(found.fact) } : {}),
    },
    prevention
      ? {
          title: preventionWords[text(prevention, 'outcome')] ?? 'Prevention interview',
          done: true,
          when: whenWords(prevention.occurredAt, prevention.precision),
          by: saidBy(prevention),
          said: [text(prevention, 'reason')].filter((words) => words !== ''),
        }
      : duties.some(({ duty }) => duty.kind === 'prevention-interview')
        ? { title: 'Prevention interview by the police', done: false }
        : undefined,
    {
      title: returned ? `Back ${backWords[text(returned.fact, 'returnedTo')] ?? ''}`.trim() : 'Back home or in care',
      done: returned !== undefined,
      ...(returned ? { when: whenWords(returned.at, returned.precision), by: saidBy(returned.fact) } : {}),
    },
    ...interviews.map((interview): Step => {
      const outcome = text(interview, 'outcome');
      const at = text(interview, outcome === 'OUTCOME_OFFERED' ? 'offeredAt' : 'heldAt') || interview.occurredAt;
      return {
        title: outcomeWords[outcome] ?? 'Return home interview',
        done: true,
        when: whenWords(at, text(interview, 'heldAt') === '' ? interview.precision : 'instant'),
        by: saidBy(interview),
        said: [
          ...(flagged(interview, 'flaggedUrgent') ? ['Flagged as urgent for the case manager'] : []),
          ...[text(interview, 'summary'), text(interview, 'reason')].filter((words) => words !== ''),
        ],
      };
    }),
    settled.length === 0 && episode.kind === 'missing'
      ? { title: 'Return home interview', done: false, ...interviewUnseen }
      : undefined,
    ...uses.map((use): Step => ({
      title: 'Used in the plan',
      done: true,
      when: whenWords(use.occurredAt, use.precision),
      by: [text(use, 'usedBy'), saidBy(use)].filter((words) => words !== '').join(', '),
      said: [text(use, 'howUsed')].filter((words) => words !== ''),
    })),
    held.length > uses.length || (held.length === 0 && settled.length === 0 && episode.kind === 'missing')
      ? { title: 'Used in the plan', done: false, ...useUnseen }
      : undefined,
    {
      title: 'Closed',
      done: returned !== undefined && settled.length > 0 && held.length <= uses.length && open.length === 0,
      // That the child is not back is known to all who see the episode.
      ...(returned && episode.kind === 'missing' ? { ...interviewUnseen, ...useUnseen } : {}),
    },
  ];
  return steps.filter((step) => step !== undefined);
}

const preventionWords: Readonly<Record<string, string>> = {
  OUTCOME_COMPLETED: 'Prevention interview held',
  OUTCOME_DECLINED: 'Prevention interview declined',
  OUTCOME_NOT_HELD: 'Prevention interview not held',
};

const backWords: Readonly<Record<string, string>> = {
  RETURNED_TO_HOME: 'home',
  RETURNED_TO_CARE_SETTING: 'in care',
};
