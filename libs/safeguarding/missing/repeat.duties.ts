import type { Duty, Notice } from '../../kernel/capability.js';
import type { Rule, Rules } from '../../kernel/rules.js';
import { isNews, occurred } from '../../kernel/limits.js';
import { endOfDayLondon, isDay } from '../../kernel/london.js';
import { forceOf } from '../../kernel/places.js';
import { police, service, socialCare } from '../recipients.js';
import { time } from '../said.js';
import type { Episode } from './episodes.fold.js';
import { causesOf } from './missing.duties.js';
import { authorityAt, type Missing } from './missing.fold.js';

interface Repeat {
  readonly duties: readonly Duty[];
  readonly notices: readonly Notice[];
}

/** Episodes that together ask for a strategy discussion: those in the window of the one that completed them, and those that followed. */
interface Run {
  readonly rule: Rule;
  readonly authority: string;
  readonly trigger: Episode;
  /** In the order of their times. */
  readonly counted: readonly Episode[];
}

/**
 * A6: so many episodes in so many days, since the last strategy discussion, ask for another. It is asked for from the episode that
 * completes them until one is called: the next episode neither moves it nor takes it back.
 */
export function repeatEpisodes(missing: Missing, rules: Rules): Repeat {
  const each = runsOf(missing, rules).map((run) => asked(missing, run, rules));
  return { duties: each.map(({ duty }) => duty), notices: each.flatMap(({ notices }) => notices) };
}

function runsOf(missing: Missing, rules: Rules): Run[] {
  const episodes = missing.episodes.filter(({ kind }) => kind === 'missing');
  return episodes.reduce<Run[]>((runs, episode, index) => {
    const authority = authorityAt(missing, episode);
    const rule = rules.rule('A6', episode.startedAt, authority);
    const { episodes: most = 3, withinDays = 90 } = rule.numbers;
    const window = time(rules.before({ amount: withinDays, unit: 'calendar-days' }, episode.startedAt));
    const before = runs.at(-1);
    const last = before?.counted.at(-1);
    if (before && last && time(last.startedAt) > window && !discussedBetween(missing, before.trigger, episode))
      return [...runs.slice(0, -1), { ...before, counted: [...before.counted, episode] }];
    const counted = episodes
      .slice(0, index + 1)
      .filter((one) => time(one.startedAt) > window && !discussedBetween(missing, one, episode));
    const news = episode.reports.some(({ fact }) => isNews(fact, rule, rules));
    return counted.length >= most && news ? [...runs, { rule, authority, trigger: episode, counted }] : runs;
  }, []);
}

/** A discussion was called or held at the beginning of the one episode or after, and before the other began, or as it did. */
function discussedBetween({ discussions }: Missing, from: Episode, to: Episode): boolean {
  return discussions.some(
    ({ occurredAt }) => time(occurredAt) >= time(from.startedAt) && time(occurredAt) <= time(to.startedAt),
  );
}

function asked(
  missing: Missing,
  { rule, authority, trigger, counted }: Run,
  rules: Rules,
): { readonly duty: Duty; readonly notices: readonly Notice[] } {
  const { episodes: most = 3, withinDays = 90 } = rule.numbers;
  const causes = counted.flatMap(causesOf);
  const [since, newest] = [trigger.startedAt, counted.at(-1)?.startedAt ?? trigger.startedAt];
  const window = time(rules.before({ amount: withinDays, unit: 'calendar-days' }, newest));
  const within = counted.filter(({ startedAt }) => time(startedAt) > window).length;
  const met = missing.discussions.find(({ occurredAt }) => time(occurredAt) > time(since));
  const duty: Duty = {
    ...{ kind: 'strategy-meeting', causes, owner: socialCare(authority), area: authority },
    ...{ rule: rule.id, verified: rule.verified, since },
    ...(rule.limit ? { due: rules.due(rule.limit, occurred({ at: since, precision: trigger.precision })) } : {}),
    details: { episodes: String(Math.max(most, within)), withinDays: String(withinDays) },
    ...(met ? { met: { at: met.occurredAt, by: met.event } } : {}),
  };
  const told = [...service(missing.standing), { to: socialCare(authority) }, { to: police(forceOf(authority)) }];
  const notices = told.map((addressed): Notice => ({
    ...{ kind: 'repeat-missing', causes, urgency: 'urgent', whenGone: 'recall', ...addressed },
    ...{ rule: rule.id, tellUntil: rules.after(rule.actWithin, newest) },
  }));
  return { duty, notices };
}

/** A8: the area authority is told of a child placed there: before, or within the limit in an emergency. */
export function placementNotices({ standing, placementNotices: sent }: Missing, rules: Rules): readonly Duty[] {
  return standing.placements.flatMap((placement): Duty[] => {
    const start = `${placement.startedOn}T12:00:00Z`;
    if (!placement.outOfArea || !isDay(placement.startedOn)) return [];
    const rule = rules.rule('A8', start, standing.authority);
    if (!rule.limit || !isNews({ ...placement, occurredAt: start }, rule, rules)) return [];
    const told = sent.find(({ content }) => content['placementStartedOn'] === placement.startedOn);
    const day = { at: placement.startedOn, precision: 'date' as const };
    return [
      {
        kind: 'placement-notice',
        causes: [placement.fact],
        owner: socialCare(standing.authority),
        rule: rule.id,
        verified: rule.verified,
        since: start,
        // Of a placement only the day is known: before it is at the latest by the end of that day.
        due: placement.emergency ? rules.due(rule.limit, day) : endOfDayLondon(placement.startedOn),
        area: standing.authority,
        details: { emergency: placement.emergency ? 'yes' : 'no' },
        ...(told ? { met: { at: told.occurredAt, by: told.event } } : {}),
      },
    ];
  });
}
