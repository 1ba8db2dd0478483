import type { HeldFact } from '../../../libs/kernel/capability.js';
import type { Rules } from '../../../libs/kernel/rules.js';
import { episodesOf } from '../../../libs/safeguarding/missing/episodes.fold.js';
import { isMissingNow } from '../../../libs/safeguarding/missing/missing-now.js';
import type { OpenReports } from '../../../libs/timeline/header/whereabouts.js';

/** Which reports say that the child is missing now, by the one rule that Today and the board follow, from the facts that a reader sees. */
export function openReports(facts: readonly HeldFact[], rules: Rules): OpenReports {
  const episodes = episodesOf(facts);
  return new Map(
    episodes
      .filter((episode) => isMissingNow({ episodes }, episode, rules))
      .flatMap(({ reports, startedAt, kind }) => {
        const first = reports.find(({ at }) => at === startedAt);
        return first ? [[first.fact.event, kind] as const] : [];
      }),
  );
}
