import type { Duty, Notice } from '../../kernel/capability.js';
import type { Rules } from '../../kernel/rules.js';
import { isNews } from '../../kernel/limits.js';
import { forceOf } from '../places.js';
import { police, service, socialCare } from '../recipients.js';
import { time } from '../said.js';
import { causesOf } from './missing.duties.js';
import { authorityAt, type Missing } from './missing.fold.js';

const DAY = 86_400_000;

/** A6: so many episodes in so many days, since the last strategy discussion, ask for another. */
export function repeatEpisodes(
  missing: Missing,
  rules: Rules,
): { readonly duties: readonly Duty[]; readonly notices: readonly Notice[] } {
  const episodes = missing.episodes.filter(({ kind }) => kind === 'missing');
  const last = episodes.at(-1);
  if (!last) return { duties: [], notices: [] };
  const authority = authorityAt(missing, last);
  const rule = rules.rule('A6', last.startedAt, authority);
  const { episodes: most = 3, withinDays = 90 } = rule.numbers;
  const news = last.reports.filter(({ fact }) => isNews(fact, rule, rules));
  const newest = news.at(-1);
  if (!rule.limit || !newest) return { duties: [], notices: [] };
  const discussed = missing.discussions.filter(({ occurredAt }) => time(occurredAt) <= time(last.startedAt));
  const since = Math.max(
    time(last.startedAt) - withinDays * DAY,
    ...discussed.map(({ occurredAt }) => time(occurredAt)),
  );
  const counted = episodes.filter(({ startedAt }) => time(startedAt) > since);
  if (counted.length < most) return { duties: [], notices: [] };
  const causes = counted.flatMap(causesOf);
  const trigger = counted[most - 1] ?? last;
  const met = missing.discussions.find(({ occurredAt }) => time(occurredAt) > time(trigger.startedAt));
  const duty: Duty = {
    kind: 'strategy-meeting',
    causes,
    owner: socialCare(authority),
    rule: rule.id,
    verified: rule.verified,
    since: trigger.startedAt,
    due: rules.due(rule.limit, { at: trigger.startedAt, precision: 'instant' }),
    details: { episodes: String(counted.length), withinDays: String(withinDays) },
    ...(met ? { met: { at: met.occurredAt, by: met.event } } : {}),
  };
  const told = [...service(missing.standing), { to: socialCare(authority) }, { to: police(forceOf(authority)) }];
  const notices = told.map((addressed) => ({
    ...{ kind: 'repeat-missing', causes, urgency: 'urgent' as const, whenGone: 'recall' as const, ...addressed },
    ...{ rule: rule.id, tellUntil: rules.after(rule.actWithin, newest.at) },
  }));
  return { duties: [duty], notices };
}

/** A8: the area authority is told of a child placed there: before, or within the limit in an emergency. */
export function placementNotices({ standing, placementNotices: sent }: Missing, rules: Rules): readonly Duty[] {
  return standing.placements.flatMap((placement): Duty[] => {
    const start = `${placement.startedOn}T12:00:00Z`;
    if (!placement.outOfArea || !/^\d{4}-\d\d-\d\dT/.test(start)) return [];
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
        due: placement.emergency
          ? rules.due(rule.limit, day)
          : rules.due({ amount: 1, unit: 'clock-hours' }, { at: start, precision: 'instant' }),
        details: { emergency: placement.emergency ? 'yes' : 'no' },
        ...(told ? { met: { at: told.occurredAt, by: told.event } } : {}),
      },
    ];
  });
}
