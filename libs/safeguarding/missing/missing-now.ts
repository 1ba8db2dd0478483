import { isNews } from '../../kernel/limits.js';
import type { Rules } from '../../kernel/rules.js';
import { time } from '../said.js';
import type { Episode } from './episodes.fold.js';
import type { Missing } from './missing.fold.js';

/** What reached the hub only so long after it began is history, also where nobody said that it ended. */
const LONG_PAST = { amount: 28, unit: 'calendar-days' } as const;

/**
 * Whether a child is missing in this episode now: nobody said that they were found or came back. Of one that its source never closed:
 * whoever went missing again, and came back from that, is back; so is one that a yearly return left open, at the next episode; and
 * what was brought as history, or reached the hub four weeks after it began, puts nobody on a board.
 */
export function isMissingNow({ episodes }: Pick<Missing, 'episodes'>, episode: Episode, rules: Rules): boolean {
  if (episode.found || episode.returned) return false;
  const later = episodes.filter(({ startedAt }) => time(startedAt) > time(episode.startedAt));
  if (later.some(({ found, returned }) => found ?? returned)) return false;
  if (later.length > 0 && episode.precision === 'date') return false;
  const rule = { ...rules.rule('A1', episode.startedAt), actWithin: LONG_PAST };
  return episode.reports.some(({ fact }) => isNews(fact, rule, rules));
}
