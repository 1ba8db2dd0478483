import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Rules } from '../../../libs/kernel/rules.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { dutiesInSight, type DutyInSight } from '../duties/duties-in-sight.js';
import { readRaised } from '../duties/duty-rows.js';
import { childrenInSight, type ChildInSight } from '../duties/in-sight.js';
import type { Looker } from '../looks/looker.js';
import type { LoopParts } from './episodes-in-sight.js';
import { toldInSight } from './told.js';

/** Of one child there are few; a page about many looks at no more than this. */
const MOST = 5_000;

export interface LoopSources {
  readonly database: Database;
  readonly keys: KeyStore;
  readonly rules: Rules;
}

/** What pages about loops are made of, for those of these children whom the looker may know of. `at`: RFC 3339. */
export async function loopParts(
  { database, keys, rules }: LoopSources,
  looker: Looker,
  ids: readonly string[],
  at: string,
): Promise<ReadonlyMap<string, LoopParts>> {
  const children = await childrenInSight({ database, keys }, looker, ids);
  const [rows, told] = await Promise.all([
    readRaised(database, { states: ['open', 'overdue', 'met'], children: [...children.keys()], limit: MOST }),
    toldInSight(database, children, rules, at),
  ]);
  const duties = Map.groupBy(dutiesInSight(rows, children, rules, at), ({ child }) => child);
  return new Map(
    [...children].map(([id, seen]: [string, ChildInSight]): [string, LoopParts] => {
      const own: readonly DutyInSight[] = duties.get(id) ?? [];
      return [id, { seen, duties: own, told: told.get(id) ?? [], rules }];
    }),
  );
}
