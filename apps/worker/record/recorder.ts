import type { EventLog, NewEvent } from '../../../libs/kernel/event-log.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { keysOfStreams } from '../../../libs/platform/records/record-store.js';
import { otherwiseClaimed, scopesCoveredBy, type Stated } from '../../../libs/platform/records/statement-store.js';
import { deriveChanges } from '../derive/derive.js';
import type { Work } from '../work.js';
import { handOf, nowStatedElsewhere, openDossiers, type Dossier } from './dossier.js';
import { StreamWriter } from './stream-writer.js';

/**
 * Appends whatever the log lacks of the facts that a batch touches. Statements are committed before this runs, so of two
 * workers with the same fact at least one sees both; the exact revision, or a last look, makes the other see them too.
 */
export async function recordBatch(
  works: readonly Work[],
  stated: Stated,
  database: Database,
  log: EventLog,
  keys: KeyStore,
): Promise<NewEvent[]> {
  const repeated = works.filter((work) => work.claimed.attempt > 1).map((work) => work.claimed.receipt);
  const placed = works.flatMap((work) => work.facts.filter((fact) => fact.stream !== undefined && !fact.heldFor));
  const scopes = [
    ...works.flatMap((work) => work.covers.map((cover) => cover.scopeHash)),
    ...(await scopesCoveredBy(database, repeated)),
  ];
  if (placed.length + scopes.length + repeated.length === 0) return [];

  // Revisions before statements: a fact another worker appended in between then shows as a conflict, never as a gap.
  const streamsInHand = [...new Set(placed.flatMap((fact) => fact.stream ?? []))];
  const revisions = await log.revisions(streamsInHand);
  const derived = await deriveChanges(works, database, keys);
  const facts = new Set([...placed.map((fact) => fact.factHash), ...derived.touched]);
  const about = { facts: [...facts], scopes, receipts: repeated };
  // After the revisions: a message that another worker has claimed since may be in the log already, and must be looked for.
  const receipts = new Set(placed.map((fact) => fact.work.claimed.receipt));
  const more = await otherwiseClaimed(
    database,
    [...receipts].map((receipt) => ({ receipt, attempt: 1 })),
  );
  const firstTime = new Set([...receipts].filter((receipt) => !more.has(receipt)));
  const hand = handOf(placed, derived, stated);
  const dossiers = await openDossiers(about, hand, database);
  const sealing = await sealingKeys([...new Set(dossiers.map(({ stream }) => stream))], database, keys);

  const look = async (facts: readonly string[]) => openDossiers({ facts, scopes: [], receipts: [] }, hand, database);
  const writers = [...Map.groupBy(dossiers, ({ stream }) => stream)].flatMap(([stream, facts]) => {
    const key = sealing.get(stream);
    // Erased while this batch was on its way: there is nothing to record under.
    return key ? [new StreamWriter(stream, facts, works, key, firstTime, log, keys, look)] : [];
  });
  const written = await Promise.all(writers.map(async (writer) => writer.write(revisions.get(writer.stream))));
  const wrote = wroteAmong(writers, written);
  const others = await nowStatedElsewhere(
    wrote.flatMap(({ looked }) => looked),
    hand,
    database,
  );
  const doubtful = wrote.filter(({ looked }) => looked.some(({ fact, lone }) => !lone || others.has(fact)));
  return [...written.flat(), ...(await lookAgain(doubtful, look))];
}

/**
 * Whoever states something reads the log after that, and may find nothing to write: then no revision tells those who had
 * read the statements before, and write after. So whoever has written reads the statements once more.
 */
async function lookAgain(
  wrote: readonly StreamWriter[],
  look: (facts: readonly string[]) => Promise<Dossier[]>,
): Promise<NewEvent[]> {
  if (wrote.length === 0) return [];
  const now = Map.groupBy(await look(wrote.flatMap(({ facts }) => facts)), ({ stream }) => stream);
  const overtaken = wrote.filter((writer) => writer.isOvertaken(now.get(writer.stream) ?? []));
  const written = await Promise.all(overtaken.map(async (writer) => writer.writeAnew()));
  return [...written.flat(), ...(await lookAgain(wroteAmong(overtaken, written), look))];
}

function wroteAmong(writers: readonly StreamWriter[], written: readonly (readonly NewEvent[])[]): StreamWriter[] {
  return writers.filter((_, at) => (written[at]?.length ?? 0) > 0);
}

async function sealingKeys(streams: readonly string[], database: Database, keys: KeyStore) {
  const ids = await keysOfStreams(database, streams);
  const found = await keys.find([...new Set(ids.values())]);
  return new Map(
    [...ids].flatMap(([stream, id]) => {
      const key = found.get(id);
      return key ? [[stream, key] as const] : [];
    }),
  );
}
