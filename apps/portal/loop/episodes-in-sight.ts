import type { HeldFact } from '../../../libs/kernel/capability.js';
import type { Rules } from '../../../libs/kernel/rules.js';
import { isService } from '../../../libs/safeguarding/exploitation/exploitation.fold.js';
import type { Episode } from '../../../libs/safeguarding/missing/episodes.fold.js';
import { causesOf } from '../../../libs/safeguarding/missing/missing.duties.js';
import { authorityAt, hostAuthority, type Missing } from '../../../libs/safeguarding/missing/missing.fold.js';
import { isMissingNow } from '../../../libs/safeguarding/missing/missing-now.js';
import { placementAt } from '../../../libs/safeguarding/standing.fold.js';
import { list, text } from '../../../libs/safeguarding/said.js';
import type { DutyInSight } from '../duties/duties-in-sight.js';
import type { ChildInSight } from '../duties/in-sight.js';
import type { Told } from './told.js';

const DAY = 86_400_000;

/** A strategy discussion that was called or held. */
export interface Strategy {
  /** As its source wrote it: a day or an instant; when it was told, where nobody said for when. */
  readonly on: string;
  readonly held: boolean;
  /** Whether the youth offending service was invited, or took part. */
  readonly withService: boolean;
}

/** One episode as a looker may know of it: from the facts that they see in full. */
export interface EpisodeInSight {
  /** The fact that began it: what the loop is known by. */
  readonly id: string;
  readonly episode: Episode;
  /** The child is missing in it now. */
  readonly now: boolean;
  readonly home: string;
  /** The authority the child is placed with, where it is another. */
  readonly host?: string;
  readonly prevention?: HeldFact;
  readonly interviews: readonly HeldFact[];
  readonly uses: readonly HeldFact[];
  readonly duties: readonly DutyInSight[];
  readonly told: readonly Told[];
  /** This one and those before it, in the window of rule A6. */
  readonly count: number;
  readonly withinDays: number;
  readonly strategy?: Strategy;
  /** What this looker would see, whether or not there is any: interviews that were held, and what became of them. */
  readonly sees: { readonly interviews: boolean; readonly uses: boolean };
  /** All that is told of it rests on these: what the audit notes as shown. */
  readonly shows: readonly HeldFact[];
}

/** What a looker's facts say of one child. */
export interface LoopParts {
  readonly seen: ChildInSight;
  readonly duties: readonly DutyInSight[];
  readonly told: readonly Told[];
  readonly rules: Rules;
}

/** The child's episodes, the last one first. */
export function episodesInSight({ seen, duties, told, rules }: LoopParts): readonly EpisodeInSight[] {
  const state = seen.missing;
  return state.episodes
    .map((episode, index): EpisodeInSight => {
      const reports = causesOf(episode);
      const interviews = state.interviewsOf(index);
      const mine = new Set([...reports, ...interviews.map(({ fact }) => fact)]);
      const about = ({ causes }: { readonly causes: readonly string[] }): boolean =>
        causes.some((one) => mine.has(one));
      const home = authorityAt(state, episode);
      const host = hostAuthority(state, episode);
      const { withinDays = 90 } = rules.rule('A6', episode.startedAt, home).numbers;
      const references = interviews.map((one) => text(one, 'interviewReference'));
      const prevention = state.preventionInterviews.find((one) =>
        episode.reports.some(({ fact }) => text(fact, 'reportReference') === text(one, 'reportReference')),
      );
      const discussions = discussionsOf(state, index);
      const strategy = strategyOf(discussions);
      const uses = state.uses.filter((use) => references.includes(text(use, 'interviewReference')));
      const [mineToDo, tellings] = [duties.filter(({ duty }) => about(duty)), told.filter(about)];
      const placed = placementAt(state.standing, episode.startedAt)?.fact ?? '';
      return {
        id: reports[0] ?? '',
        episode,
        now: isMissingNow(state, episode, rules),
        home,
        ...(host === undefined ? {} : { host }),
        ...(prevention ? { prevention } : {}),
        interviews,
        uses,
        duties: mineToDo,
        told: tellings,
        count: countIn(state, index, withinDays),
        withinDays,
        ...(strategy ? { strategy } : {}),
        sees: {
          interviews: seen.seesType('hub.social_care.v1.ReturnInterviewRecorded'),
          uses: seen.seesType('hub.yos.v1.ReturnInterviewUseRecorded'),
        },
        shows: [
          ...[...episode.reports.map(({ fact }) => fact), ...episode.ends, ...interviews, ...uses],
          ...[...(prevention ? [prevention] : []), ...discussions],
          ...restedOn(seen, { duties: mineToDo, told: tellings }, [state.standing.authorityBy, placed]),
        ],
      };
    })
    .toReversed();
}

/** Of what a looker sees, the facts that these duties and notices follow from, that met a duty, or that are named besides. */
export function restedOn(
  { facts }: ChildInSight,
  { duties, told }: Pick<LoopParts, 'duties' | 'told'>,
  besides: readonly string[] = [],
): readonly HeldFact[] {
  const causes = new Set([
    ...besides,
    ...duties.flatMap(({ duty }) => duty.causes),
    ...told.flatMap((one) => one.causes),
  ]);
  const met = new Set(duties.flatMap(({ duty }) => duty.met?.by ?? []));
  return facts.filter(({ fact, event }) => causes.has(fact) || met.has(event));
}

/** Those told of since it began, until the child was next missing: of a later one they say nothing, nor of one long before. */
function discussionsOf({ episodes, discussions }: Missing, index: number): HeldFact[] {
  const { startedAt = '', kind } = episodes[index] ?? {};
  const next = episodes.slice(index + 1).find((one) => one.kind === kind)?.startedAt;
  const until = next === undefined ? Infinity : Date.parse(next);
  return discussions.filter(({ occurredAt }) => {
    const at = Date.parse(occurredAt);
    return at >= Date.parse(startedAt) && at < until;
  });
}

function countIn({ episodes }: Missing, index: number, withinDays: number): number {
  const last = Date.parse(episodes[index]?.startedAt ?? '');
  return episodes.slice(0, index + 1).filter(({ kind, startedAt }) => {
    return kind === 'missing' && Date.parse(startedAt) > last - withinDays * DAY;
  }).length;
}

/** The last discussion that anybody told of. */
export function strategyOf(discussions: readonly HeldFact[]): Strategy | undefined {
  const last = discussions.toSorted((one, other) => Date.parse(one.occurredAt) - Date.parse(other.occurredAt)).at(-1);
  if (!last) return undefined;
  const reference = text(last, 'discussionReference');
  const same = discussions.filter((one) => text(one, 'discussionReference') === reference);
  const called = same.map((one) => text(one, 'convenedFor')).find((on) => on !== '');
  return {
    on: called ?? last.occurredAt,
    held: same.some(({ type }) => type.endsWith('.StrategyDiscussionHeld')),
    withService: same.some((one) => [...list(one, 'invited'), ...list(one, 'attended')].some(isService)),
  };
}
