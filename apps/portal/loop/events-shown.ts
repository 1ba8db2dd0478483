import type { ConcernInSight } from './concern-in-sight.js';
import type { EpisodeInSight } from './episodes-in-sight.js';

/** Ids of the events that these episodes and concerns show something of, each once: what the audit notes as shown. */
export function eventsOf(episodes: readonly EpisodeInSight[], concerns: readonly ConcernInSight[]): string[] {
  const facts = [
    ...episodes.flatMap(({ episode, prevention, interviews, uses }) => [
      ...episode.reports.map(({ fact }) => fact),
      ...interviews,
      ...uses,
      ...(prevention ? [prevention] : []),
    ]),
    ...concerns.flatMap(({ restsOn, state }) => [
      ...restsOn,
      ...state.discussions.flatMap(({ convened, held }) => [...(convened ? [convened] : []), ...(held ? [held] : [])]),
    ]),
  ];
  return [...new Set(facts.map(({ event }) => event))];
}
