import type { ChildNow, HeldFact } from '../../kernel/capability.js';
import { ofType, text, time } from '../said.js';
import { placementAt, standingOf, standingTypes, type Standing } from '../standing.fold.js';
import { episodesOf, episodeTypes, type Episode } from './episodes.fold.js';

export const missingTypes = [
  ...episodeTypes,
  ...standingTypes,
  'hub.police.v1.PreventionInterviewRecorded',
  'hub.social_care.v1.ReturnInterviewRecorded',
  'hub.social_care.v1.StrategyDiscussionConvened',
  'hub.social_care.v1.StrategyDiscussionHeld',
  'hub.social_care.v1.PlacementNoticeSent',
  'hub.yos.v1.ReturnInterviewUseRecorded',
  'hub.yos.v1.AppointmentPlanned',
] as const;

/** What is true of a child's being missing. */
export interface Missing {
  readonly standing: Standing;
  readonly episodes: readonly Episode[];
  readonly preventionInterviews: readonly HeldFact[];
  /** What was said of the interview of one episode, in the order of its time. */
  readonly interviewsOf: (episode: number) => readonly HeldFact[];
  readonly uses: readonly HeldFact[];
  readonly discussions: readonly HeldFact[];
  readonly placementNotices: readonly HeldFact[];
  readonly appointments: readonly HeldFact[];
}

export function missingOf(facts: readonly HeldFact[], child: ChildNow): Missing {
  const episodes = episodesOf(facts);
  const interviews = ofType(facts, 'hub.social_care.v1.ReturnInterviewRecorded').toSorted(
    (one, other) => time(one.occurredAt) - time(other.occurredAt) || time(one.statedAt) - time(other.statedAt),
  );
  const owner = new Map(interviews.map((one) => [one, episodeOfInterview(one, episodes)]));
  return {
    standing: standingOf(facts, child),
    episodes,
    preventionInterviews: ofType(facts, 'hub.police.v1.PreventionInterviewRecorded'),
    interviewsOf: (episode) => interviews.filter((one) => owner.get(one) === episode),
    uses: ofType(facts, 'hub.yos.v1.ReturnInterviewUseRecorded'),
    discussions: ofType(
      facts,
      'hub.social_care.v1.StrategyDiscussionConvened',
      'hub.social_care.v1.StrategyDiscussionHeld',
    ),
    placementNotices: ofType(facts, 'hub.social_care.v1.PlacementNoticeSent'),
    appointments: ofType(facts, 'hub.yos.v1.AppointmentPlanned'),
  };
}

/** The episode that an interview names, by whichever agency's reference; else the last one that had begun by then. */
function episodeOfInterview(interview: HeldFact, episodes: readonly Episode[]): number {
  const named = text(interview, 'episodeReference');
  const byName =
    named === ''
      ? -1
      : episodes.findIndex(({ reports }) =>
          reports.some(({ references }) => references.some((one) => one.endsWith(` ${named}`))),
        );
  if (byName >= 0) return byName;
  return episodes.findLastIndex(({ startedAt }) => time(startedAt) <= time(interview.occurredAt));
}

/** The authority responsible for the child in an episode; '' where nobody has said. */
export function authorityAt({ standing }: Missing, episode: Episode): string {
  return standing.authority || episode.authority;
}

/** The authority the child is placed with, where that is another than the one responsible; undefined otherwise. */
export function hostAuthority(missing: Missing, episode: Episode): string | undefined {
  const home = authorityAt(missing, episode);
  const placement = placementAt(missing.standing, episode.startedAt);
  const area = episode.placementArea || placement?.area || '';
  if (area === '' || area === home) return undefined;
  return placement?.outOfArea === true || (home !== '' && area !== home) ? area : undefined;
}
