import type { NewEvent } from '../../libs/kernel/event-log.js';
import type { Claimed, Closed } from '../../libs/kernel/intake.js';
import { transaction, type Connection } from '../../libs/platform/database/pool.js';
import type { Parts } from '../../libs/platform/platform.module.js';
import { connectedRecords } from '../../libs/platform/records/claim-store.js';
import { lockIdentity } from '../../libs/platform/records/link-store.js';
import { findRecords } from '../../libs/platform/records/record-store.js';
import { erasedReceipts, lockStanding, type StandingPerson } from '../../libs/platform/records/standing.js';
import {
  otherwiseClaimed,
  replaceStatements,
  streamsStatedBy,
  type StatementRow,
  type Stated,
} from '../../libs/platform/records/statement-store.js';
import { retractedAmong, retractMessages, retryCrossed } from '../../libs/platform/records/waiting-store.js';
import { stateSnapshots } from './derive/state-snapshots.js';
import { identify, isOvertaken, settleAgain, type Found } from './identify/identify.js';
import { restatePersons } from './identify/persons.js';
import { relink } from './identify/relink.js';
import type { Subject } from './identify/subject.js';
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
  const found = await timed('identify', () => identify(unplaced(standing), database, keys));
  await findStreams(unplaced(works.filter((work) => work.retractedBy !== undefined)), database);
  const { mine, overtaken, stated } = await timed('state', () => state(works, found, parts));
  await settleAgain(overtaken, database, keys);
  await timed('restate', () => restate(mine, parts));
  const events = await timed('record', () => recordBatch(mine, stated, database, log, keys));
  const closed = mine.map((work) => ({ receipt: work.claimed.receipt, outcomes: outcomesOf(work) }));
  await timed('close', () => intake.close(closed));

  // While in hand, a message may have become placeable, or have been taken back: nobody else could reopen it then.
  await retryCrossed(
    database,
    mine.map((work) => work.claimed.receipt),
  );
  count(mine, closed, events, parts);
}

/** Marks what publishers have taken back, before or after it came. */
async function takeBack(works: readonly Work[], { database }: Parts): Promise<void> {
  const retractions = works.flatMap((work) =>
    work.retracts.map((target) => ({ system: work.claimed.message.system, target, receipt: work.claimed.receipt })),
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
}

function factsOf(works: readonly Work[]): PlacedFact[] {
  return works.flatMap((work) => work.facts);
}

/** Those whose record is to be found by its source's key; the others name a record that the hub has. */
function unplaced(works: readonly Work[]): PlacedFact[] {
  return factsOf(works).filter(({ fact }) => fact.stream === undefined);
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

interface Outcome {
  readonly mine: readonly Work[];
  readonly stated: Stated;
  /** Of the subjects that were found, those whose person may be known without what they say. */
  readonly overtaken: readonly Subject[];
}

/**
 * Commits who states which fact when. Answers the works to go on with: not those that another worker has claimed since
 * (this one was past its lease), which are that worker's now.
 */
async function state(works: readonly Work[], found: readonly Found[], { database, keys }: Parts): Promise<Outcome> {
  return await transaction(database, async (connection) => {
    const attempts = await otherwiseClaimed(
      connection,
      works.map((work) => work.claimed),
    );
    const mine = works.filter(({ claimed }) => (attempts.get(claimed.receipt) ?? 0) <= claimed.attempt);
    const standing = await markErased(connection, mine);
    const repeated = repeatedAmong(mine);
    const statements = factsOf(mine).flatMap(statementOf);
    const covers = mine
      .filter((work) => work.retractedBy === undefined)
      .flatMap((work) =>
        work.covers.map(({ scopeHash, statedAt }) => ({ scope: scopeHash, receipt: work.claimed.receipt, statedAt })),
      );
    const mark = await replaceStatements(connection, repeated, statements, covers);
    await stateSnapshots(connection, factsOf(mine), repeated, keys);
    // Whoever changes a person counts the statements that stand, and waits for those who hold it here: so either it counts these, or
    // it was first, and is seen here.
    const overtaken = found.flatMap((one) => (isOvertaken(one, standing) ? [one.subject] : []));
    return { mine, stated: { mark, statements }, overtaken };
  });
}

/**
 * What an erasure covers that began while it was in hand; the records of the others stay until this is committed. Answers
 * them, with what is known of their persons, which stays as well.
 */
async function markErased(
  connection: Connection,
  works: readonly Work[],
): Promise<ReadonlyMap<string, StandingPerson>> {
  const facts = factsOf(works).filter((fact) => fact.stream !== undefined);
  if (facts.length === 0) return new Map();
  const streams = [...new Set(facts.flatMap((fact) => fact.stream ?? []))];
  const standing = await lockStanding(connection, streams, 'share');
  const gone = await erasedReceipts(
    connection,
    works.map((work) => work.claimed.receipt),
  );
  for (const fact of facts) {
    if (standing.has(fact.stream ?? '') && !gone.has(fact.work.claimed.receipt)) continue;
    fact.erased = true;
    delete fact.stream;
  }
  return standing;
}

function statementOf({
  stream,
  heldFor,
  factHash,
  scopeHash,
  contentHash,
  personHash,
  fact,
  work,
}: PlacedFact): StatementRow[] {
  if (stream === undefined || heldFor) return [];
  return [
    {
      fact: factHash,
      receipt: work.claimed.receipt,
      stream,
      ...(scopeHash === undefined ? {} : { scope: scopeHash }),
      statedAt: fact.statedAt,
      content: contentHash,
      ...(personHash === undefined ? {} : { person: personHash }),
      retracted: work.retractedBy !== undefined,
    },
  ];
}

/** After a message was taken back or read otherwise, its records' persons and links follow from what still stands. */
async function restate(works: readonly Work[], { database, keys }: Parts): Promise<void> {
  const repeated = repeatedAmong(works);
  if (repeated.length === 0) return;
  await transaction(database, async (connection) => {
    await lockIdentity(connection);
    const streams = await streamsStatedBy(connection, repeated);
    // Before: what is taken back may have kept others apart, and they are not connected afterwards.
    const connected = await connectedRecords(connection, streams);
    await restatePersons(connection, streams, keys);
    await relink(connection, [...streams, ...connected.map(({ record }) => record)]);
  });
}

function repeatedAmong(works: readonly Work[]): string[] {
  return works.filter((work) => work.claimed.attempt > 1).map((work) => work.claimed.receipt);
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
