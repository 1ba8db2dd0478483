import { isDeepStrictEqual } from 'node:util';
import type { Saying } from '../../../libs/kernel/versions.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { coversOf, statementsAbout, type StatementRow } from '../../../libs/platform/records/statement-store.js';
import type { Derived } from '../derive/derive.js';
import type { DerivedFact, PlacedFact } from '../work.js';

/** Everything stated about one fact, and the messages in hand that state it. */
export interface Dossier {
  readonly fact: string;
  readonly stream: string;
  readonly statements: readonly StatementRow[];
  readonly absences: readonly Saying[];
  readonly inHand: readonly PlacedFact[];
  /** What follows from the record's snapshots; that a fact was never stated before is known then. */
  readonly derived: readonly DerivedFact[];
  readonly fresh: boolean;
}

export async function openDossiers(
  about: Parameters<typeof statementsAbout>[1],
  placed: readonly PlacedFact[],
  derived: Derived,
  database: Database,
): Promise<Dossier[]> {
  const statements = await statementsAbout(database, about);
  const covers = await coversOf(database, [...new Set(statements.flatMap(({ scope }) => scope ?? []))]);
  const coversByScope = Map.groupBy(covers, (cover) => cover.scope);
  const inHand = Map.groupBy(placed, (fact) => fact.factHash);
  const following = Map.groupBy(derived.facts, (fact) => fact.factHash);
  return [...Map.groupBy(statements, ({ fact }) => fact)].map(([fact, rows]) => {
    const standing = new Set(rows.filter((row) => !row.retracted).map((row) => row.receipt));
    const scope = rows.find((row) => row.scope !== undefined)?.scope;
    const absences = (scope === undefined ? [] : (coversByScope.get(scope) ?? []))
      .filter((cover) => !standing.has(cover.receipt))
      .map(({ receipt, statedAt }) => ({ receipt, statedAt, content: null }));
    return {
      fact,
      stream: rows[0]?.stream ?? '',
      statements: rows,
      absences,
      inHand: inHand.get(fact) ?? [],
      derived: following.get(fact) ?? [],
      fresh: derived.fresh.has(fact),
    };
  });
}

/** Nobody has stated anything else of these facts between the one look and the other. */
export function sayTheSame(one: readonly Dossier[], other: readonly Dossier[]): boolean {
  return isDeepStrictEqual(saidIn(one), saidIn(other));
}

function saidIn(dossiers: readonly Dossier[]): Set<string> {
  return new Set(
    dossiers.flatMap(({ fact, statements, absences }) => [
      ...statements.map((row) => [fact, row.receipt, row.statedAt, row.content, row.retracted].join(' ')),
      ...absences.map(({ receipt, statedAt }) => [fact, receipt, statedAt].join(' ')),
    ]),
  );
}

/** True when the log cannot hold it yet: it is stated once, and by a message in hand for the first time. */
export function heardOnce({ statements, absences, inHand, fresh }: Dossier, firstTime: ReadonlySet<string>): boolean {
  const [statement, ...more] = statements;
  const [only, ...others] = inHand;
  if (more.length + others.length + absences.length > 0) return false;
  // Whoever else tells it does so after its statement, and that was made after the stream's revision was read.
  if (fresh && statement?.derivedFrom !== undefined) return !statement.retracted;
  return statement?.retracted === false && only?.work.claimed.attempt === 1 && firstTime.has(statement.receipt);
}

/** Its publisher took it back before it was recorded, in a message that is in hand. */
export function isTakenBack({ inHand }: Dossier, { receipt, content }: StatementRow): boolean {
  return inHand.some(
    ({ work, contentHash }) =>
      work.retractedBy !== undefined && work.claimed.receipt === receipt && contentHash === content,
  );
}
