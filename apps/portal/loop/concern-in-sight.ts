import type { HeldFact } from '../../../libs/kernel/capability.js';
import type { Rules } from '../../../libs/kernel/rules.js';
import type { Exploitation } from '../../../libs/safeguarding/exploitation/exploitation.fold.js';
import { exploitation } from '../../../libs/safeguarding/exploitation/exploitation.js';
import { concernOf, type Level } from '../../../libs/safeguarding/exploitation/level.js';
import type { DutyInSight } from '../duties/duties-in-sight.js';
import type { ChildInSight } from '../duties/in-sight.js';
import { restedOn, strategyOf, type LoopParts, type Strategy } from './episodes-in-sight.js';
import type { Told } from './told.js';

/** A concern about exploitation as a looker may know of it: from the signs and assessments that they see in full. */
export interface ConcernInSight {
  readonly level: Exclude<Level, 'none'>;
  /** What the level rests on, the newest first. */
  readonly restsOn: readonly HeldFact[];
  readonly state: Exploitation;
  readonly duties: readonly DutyInSight[];
  readonly told: readonly Told[];
  readonly strategy?: Strategy;
  /** All that is told of it rests on these: what the audit notes as shown. */
  readonly shows: readonly HeldFact[];
}

/** Undefined where what the looker sees adds up to none. `at`: RFC 3339. */
export function concernInSight({ seen, duties, told, rules }: LoopParts, at: string): ConcernInSight | undefined {
  const state = seen.exploitation;
  const { level, restsOn } = levelOf(state, rules, at);
  if (level === 'none') return undefined;
  const ours = ({ capability }: { readonly capability: string }): boolean => capability === exploitation.name;
  const strategy = strategyOf(state.discussions.flatMap(({ convened, held }) => [convened, held].filter(isThere)));
  const own = { duties: duties.filter(ours), told: told.filter(ours) };
  return {
    level,
    restsOn: restsOn.toSorted((one, other) => Date.parse(other.occurredAt) - Date.parse(one.occurredAt)),
    state,
    ...own,
    ...(strategy ? { strategy } : {}),
    shows: [...restsOn, ...followed(state), ...restedOn(seen, own)],
  };
}

/** The level alone, for a row about something else. */
export function levelInSight(seen: ChildInSight, rules: Rules, at: string): Level {
  return levelOf(seen.exploitation, rules, at).level;
}

function levelOf(state: Exploitation, rules: Rules, at: string) {
  return concernOf(state.indicators, state.assessments, rules.rule('B8', at, state.standing.authority), at);
}

/** What has come of a concern, as far as a page tells it. */
function followed({ discussions, conferences, nrm, investigations }: Exploitation): HeldFact[] {
  return [
    ...discussions.flatMap(({ convened, held, contributed }) => [convened, held, contributed]),
    ...conferences.flatMap(({ decided, held }) => [decided, held]),
    ...nrm.flatMap(({ made, decided }) => [made, decided]),
    ...investigations.flatMap(({ opened, closed }) => [opened, closed]),
  ].filter(isThere);
}

const isThere = (fact: HeldFact | undefined): fact is HeldFact => fact !== undefined;
