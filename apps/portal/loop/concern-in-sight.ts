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
export interface ExploitationInSight {
  /** None where somebody referred, called a discussion or investigates, and no sign or assessment is in sight. */
  readonly level: Level;
  /** What the level rests on, the newest first. */
  readonly restsOn: readonly HeldFact[];
  readonly state: Exploitation;
  readonly duties: readonly DutyInSight[];
  readonly told: readonly Told[];
  readonly strategy?: Strategy;
  /** All that is told of it rests on these: what the audit notes as shown. */
  readonly shows: readonly HeldFact[];
}

/** One that what the looker sees adds up to. */
export interface ConcernInSight extends ExploitationInSight {
  readonly level: Exclude<Level, 'none'>;
}

/** Undefined where what the looker sees adds up to none. `at`: RFC 3339. */
export function concernInSight(parts: LoopParts, at: string): ConcernInSight | undefined {
  const known = exploitationInSight(parts, at);
  if (!known || known.level === 'none') return undefined;
  return { ...known, level: known.level };
}

/** Undefined where the looker sees neither a concern nor anything that is done, or told, about one. `at`: RFC 3339. */
export function exploitationInSight(
  { seen, duties, told, rules }: LoopParts,
  at: string,
): ExploitationInSight | undefined {
  const state = seen.exploitation;
  const { level, restsOn } = levelOf(state, rules, at);
  const ours = ({ capability }: { readonly capability: string }): boolean => capability === exploitation.name;
  const strategy = strategyOf(state.discussions.flatMap(({ convened, held }) => [convened, held].filter(isThere)));
  const own = { duties: duties.filter(ours), told: told.filter(ours) };
  const idle = own.duties.length === 0 && own.told.length === 0 && outcomesOf(state).length === 0;
  if (level === 'none' && idle) return undefined;
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
function followed(state: Exploitation): HeldFact[] {
  const discussed = state.discussions.flatMap(({ convened, held, contributed }) => [convened, held, contributed]);
  return [...discussed.filter(isThere), ...outcomesOf(state)];
}

/** A strategy discussion is not among them: one may be about being missing alone, and is told of there. */
function outcomesOf({ referrals, conferences, nrm, investigations }: Exploitation): HeldFact[] {
  return [
    ...referrals.flatMap(({ received, decided }) => [received, decided]),
    ...conferences.flatMap(({ decided, held }) => [decided, held]),
    ...nrm.flatMap(({ made, decided }) => [made, decided]),
    ...investigations.flatMap(({ opened, closed }) => [opened, closed]),
  ].filter(isThere);
}

const isThere = (fact: HeldFact | undefined): fact is HeldFact => fact !== undefined;
