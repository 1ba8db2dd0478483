import type { HeldFact } from '../../../libs/kernel/capability.js';

/** What a page tells of one episode or concern. */
interface Showing {
  readonly shows: readonly HeldFact[];
}

/** Ids of the events that these episodes and concerns show something of, each once: what the audit notes as shown. */
export function eventsOf(episodes: readonly Showing[], concerns: readonly Showing[]): string[] {
  return [...new Set([...episodes, ...concerns].flatMap(({ shows }) => shows.map(({ event }) => event)))];
}
