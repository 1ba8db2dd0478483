import { isDeepStrictEqual } from 'node:util';
import type { Saying } from '../../../libs/kernel/versions.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import {
  coversOf,
  notOnlyStatedBy,
  statementsAbout,
  type Stated,
  type StatementRow,
} from '../../../libs/platform/records/statement-store.js';
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
  /** Nobody but this batch states it, once, and nothing else could end it: it need not be read again to know that it is so still. */
  readonly lone: boolean;
}

type About = Parameters<typeof statementsAbout>[1];

/** What a batch says itself, by fact. */
export interface Hand {
  readonly placed: ReadonlyMap<string, readonly PlacedFact[]>;
  readonly derived: ReadonlyMap<string, readonly DerivedFact[]>;
  readonly fresh: ReadonlySet<string>;
  /** Bears every statement of the batch, until somebody changes it. */
  readonly mark: string;
  /** Of facts that the batch states once, that statement as it would be read. */
  readonly once: ReadonlyMap<string, StatementRow>;
}

export function handOf(
  placed: readonly PlacedFact[],
  { facts, fresh, touched }: Derived,
  { mark, statements }: Stated,
): Hand {
  const once = new Map<string, StatementRow>();
  // What follows from snapshots is stated in a transaction of its own, which leaves another mark.
  const apart = new Set(touched);
  for (const row of statements) {
    const statedAt = asRead(row.statedAt);
    if (statedAt === undefined || row.retracted || once.has(row.fact)) apart.add(row.fact);
    else once.set(row.fact, { ...row, statedAt });
  }
  for (const fact of apart) once.delete(fact);
  return {
    placed: Map.groupBy(placed, (fact) => fact.factHash),
    derived: Map.groupBy(facts, (fact) => fact.factHash),
    fresh,
    mark,
    once,
  };
}

/** As the database answers it; undefined when it would round. */
function asRead(instant: string): string | undefined {
  if (instant.length === 20 && instant.endsWith('Z')) return `${instant.slice(0, 19)}.000Z`;
  return /^[^.]*(\.\d{1,3})?Z$/.test(instant) ? new Date(instant).toISOString() : undefined;
}

/** What nobody else states is taken as the batch wrote it, and not read back. */
export async function openDossiers(about: About, hand: Hand, database: Database): Promise<Dossier[]> {
  const mine = about.facts.filter((fact) => hand.once.has(fact));
  const others = await notOnlyStatedBy(hand.mark, mine, database);
  const facts = about.facts.filter((fact) => others.has(fact) || !hand.once.has(fact));
  const read = await statementsAbout(database, { ...about, facts });
  const byFact = Map.groupBy(read, ({ fact }) => fact);
  const lone = new Set<string>();
  for (const fact of mine) {
    const statement = hand.once.get(fact);
    if (statement === undefined || others.has(fact) || byFact.has(fact)) continue;
    byFact.set(fact, [statement]);
    if (statement.scope === undefined) lone.add(fact);
  }
  const covers = await coversByScope([...byFact.values()].flat(), database);
  return [...byFact].map(([fact, rows]) => {
    const standing = new Set(rows.filter((row) => !row.retracted).map((row) => row.receipt));
    const scope = rows.find((row) => row.scope !== undefined)?.scope;
    const absences = (scope === undefined ? [] : (covers.get(scope) ?? []))
      .filter((cover) => !standing.has(cover.receipt))
      .map(({ receipt, statedAt }) => ({ receipt, statedAt, content: null }));
    return {
      fact,
      stream: rows[0]?.stream ?? '',
      statements: rows,
      absences,
      inHand: hand.placed.get(fact) ?? [],
      derived: hand.derived.get(fact) ?? [],
      fresh: hand.fresh.has(fact),
      lone: lone.has(fact),
    };
  });
}

async function coversByScope(statements: readonly StatementRow[], database: Database) {
  const covers = await coversOf(database, [...new Set(statements.flatMap(({ scope }) => scope ?? []))]);
  return Map.groupBy(covers, (cover) => cover.scope);
}

/** Of facts that were lone, those that may not be so any more. */
export async function nowStatedElsewhere(dossiers: readonly Dossier[], { mark }: Hand, database: Database) {
  return notOnlyStatedBy(
    mark,
    dossiers.flatMap(({ fact, lone }) => (lone ? [fact] : [])),
    database,
  );
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
