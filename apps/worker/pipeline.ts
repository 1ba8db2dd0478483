import type { NewEvent } from '../../libs/kernel/event-log.js';
import type { Claimed, Closed } from '../../libs/kernel/intake.js';
import { transaction } from '../../libs/platform/database/pool.js';
import type { Parts } from '../../libs/platform/platform.module.js';
import { retractClaims } from '../../libs/platform/records/claim-store.js';
import { lockIdentity } from '../../libs/platform/records/link-store.js';
import { findRecords } from '../../libs/platform/records/record-store.js';
import { replaceStatements } from '../../libs/platform/records/statement-store.js';
import { retractedAmong, retractMessages, retryCrossed } from '../../libs/platform/records/waiting-store.js';
import { identify } from './identify/identify.js';
import { relink } from './identify/relink.js';
import { recordBatch } from './record/recorder.js';
import { translateClaimed, type Translate } from './translate/translate.js';
import { outcomesOf, type PlacedFact, type Work } from './work.js';

/**
 * Takes claimed messages through translate, identify and record, and closes their receipts. Every step may be repeated:
 * after a crash the messages are claimed again, and what was already done is found done.
 */
export async function processBatch(claimed: readonly Claimed[], parts: Parts, translate: Translate): Promise<void> {
  const { database, keys, log, intake, metrics } = parts;
  const timed = async <T>(stage: string, work: () => Promise<T>): Promise<T> => {
    const stop = metrics.stageSeconds.startTimer({ stage });
    try {
      return await work();
    } finally {
      stop();
    }
  };

  const works = claimed.map((message) => translateClaimed(message, translate, keys));
  await takeBack(works, parts);
  const standing = works.filter((work) => work.retractedBy === undefined);
  await timed('identify', () => identify(factsOf(standing), database, keys));
  await findStreams(factsOf(works.filter((work) => work.retractedBy !== undefined)), database);
  await timed('state', () => state(works, parts));
  const events = await timed('record', () => recordBatch(works, database, log, keys));
  const closed = works.map((work) => ({ receipt: work.claimed.receipt, outcomes: outcomesOf(work) }));
  await timed('close', () => intake.close(closed));

  // While in hand, a message may have become placeable, or have been taken back: nobody else could reopen it then.
  await retryCrossed(
    database,
    works.map((work) => work.claimed.receipt),
  );
  count(works, closed, events, parts);
}

/** Marks what publishers have taken back, before or after it came, and unlinks what only those messages had claimed. */
async function takeBack(works: readonly Work[], { database }: Parts): Promise<void> {
  const retractions = works.flatMap((work) =>
    work.retracts.map(({ messageHash }) => ({
      system: work.claimed.message.system,
      messageHash,
      receipt: work.claimed.receipt,
    })),
  );
  if (retractions.length > 0) await transaction(database, (connection) => retractMessages(connection, retractions));
  const gone = await retractedAmong(
    database,
    works.map((work) => work.claimed.receipt),
  );
  for (const work of works) {
    const by = gone.get(work.claimed.receipt);
    if (by !== undefined) work.retractedBy = by;
  }
  if (gone.size === 0) return;
  await transaction(database, async (connection) => {
    await lockIdentity(connection);
    await relink(connection, await retractClaims(connection, [...gone.keys()]));
  });
}

function factsOf(works: readonly Work[]): PlacedFact[] {
  return works.flatMap((work) => work.facts);
}

/** What was taken back is told of records the hub has; it makes no record, claims nothing and links nobody. */
async function findStreams(facts: readonly PlacedFact[], database: Parts['database']): Promise<void> {
  if (facts.length === 0) return;
  const keyOf = (fact: PlacedFact) => ({
    system: fact.work.claimed.message.system,
    keyHash: Buffer.from(fact.recordHash, 'hex'),
  });
  const found = await findRecords(database, facts.map(keyOf));
  for (const fact of facts) {
    const stream = found.get(fact.recordHash)?.stream;
    if (stream !== undefined) fact.stream = stream;
  }
}

async function state(works: readonly Work[], { database }: Parts): Promise<void> {
  const repeated = works.filter((work) => work.claimed.attempt > 1).map((work) => work.claimed.receipt);
  const standing = works.filter((work) => work.retractedBy === undefined);
  const statements = works.flatMap((work) =>
    work.facts.flatMap(({ stream, heldFor, factHash, scopeHash, contentHash, fact }) =>
      stream === undefined || heldFor
        ? []
        : [
            {
              fact: factHash,
              receipt: work.claimed.receipt,
              stream,
              ...(scopeHash === undefined ? {} : { scope: scopeHash }),
              statedAt: fact.statedAt,
              content: contentHash,
              retracted: work.retractedBy !== undefined,
            },
          ],
    ),
  );
  const covers = standing.flatMap((work) =>
    work.covers.map(({ scopeHash, statedAt }) => ({ scope: scopeHash, receipt: work.claimed.receipt, statedAt })),
  );
  if (statements.length + covers.length + repeated.length === 0) return;
  await transaction(database, (connection) => replaceStatements(connection, repeated, statements, covers));
}

// Counted up first: a counter asked for each of hundreds of parts costs more than the counting.
function count(
  works: readonly Work[],
  closed: readonly Closed[],
  events: readonly NewEvent[],
  { metrics }: Parts,
): void {
  const parts = works.flatMap(({ claimed }, at) =>
    (closed[at]?.outcomes ?? []).map(({ outcome, reason = '' }) => ({
      system: claimed.message.system,
      outcome,
      reason,
    })),
  );
  for (const alike of Map.groupBy(parts, ({ system, outcome, reason }) => `${system} ${outcome} ${reason}`).values()) {
    if (alike[0]) metrics.partsTranslated.inc(alike[0], alike.length);
  }
  for (const [agency, { length }] of Map.groupBy(events, ({ meta }) => meta.agency)) {
    metrics.eventsRecorded.inc({ agency, kind: 'event' }, length);
  }
}
