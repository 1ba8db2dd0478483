import { randomUUID } from 'node:crypto';
import type { DataKey, KeyStore } from '../../../libs/kernel/keys.js';
import { transaction, type Connection, type Database } from '../../../libs/platform/database/pool.js';
import { seal } from '../../../libs/platform/keys/seal.js';
import { claimedAmong } from '../../../libs/platform/records/claim-store.js';
import { lockIdentity, placedAmong } from '../../../libs/platform/records/link-store.js';
import {
  confirmChildren,
  findRecords,
  insertRecords,
  type StoredRecord,
} from '../../../libs/platform/records/record-store.js';
import { erasedReceipts, lockStanding, type StandingPerson } from '../../../libs/platform/records/standing.js';
import { waitFor, wake } from '../../../libs/platform/records/waiting-store.js';
import type { PlacedFact } from '../work.js';
import { writePersons } from './persons.js';
import { relink } from './relink.js';
import { awaitedBy, hasToSettle, isByNumber, keyOf, receiptsOf, subjectsOf, type Subject } from './subject.js';

/** A subject whose record is there, as it was looked at last; settled when what it says has been written since. */
export interface Found {
  readonly subject: Subject;
  readonly record: StoredRecord;
  readonly settled: boolean;
}

const empty = Buffer.alloc(0);

/**
 * Finds or makes the record of every fact and links new ones to a child. Facts that may only be recorded for a known
 * child come back with `heldFor`, and wait for its record or one of its identifiers. Answers whom it found, as it left them.
 */
export async function identify(facts: readonly PlacedFact[], database: Database, keys: KeyStore): Promise<Found[]> {
  const subjects = subjectsOf(facts, keys);
  const known = await findRecords(database, subjects.map(keyOf));
  const news = subjects.filter((subject) => hasToSettle(subject, known.get(subject.hash)));
  if (news.length > 0) await transaction(database, (connection) => settle(connection, news, known, keys));
  for (const subject of subjects) {
    const stream = known.get(subject.hash)?.stream;
    if (stream !== undefined) for (const fact of subject.facts) fact.stream = stream;
  }
  const settled = new Set(news);
  return subjects.flatMap((subject) => {
    const record = known.get(subject.hash);
    return record ? [{ subject, record, settled: settled.has(subject) }] : [];
  });
}

/**
 * Until what a message says of a person is stated, another worker may make the person anew without it; and what was left as it is
 * because it said nothing new may be new after all, where another has heard something else meanwhile.
 */
export function isOvertaken(
  { subject, record, settled }: Found,
  standing: ReadonlyMap<string, StandingPerson>,
): boolean {
  const now = standing.get(record.stream);
  if (now === undefined) return false;
  return now.restated !== record.restated || !(settled || now.personHash?.equals(subject.said.at(-1)?.hash ?? empty));
}

/** Writes again what was overtaken. */
export async function settleAgain(subjects: readonly Subject[], database: Database, keys: KeyStore): Promise<void> {
  if (subjects.length === 0) return;
  await transaction(database, async (connection) => {
    await lockIdentity(connection);
    const known = await findRecords(connection, subjects.map(keyOf));
    const there = (await notErased(connection, subjects, known)).filter(({ hash }) => known.has(hash));
    await relink(connection, await write(connection, there, known, keys));
  });
}

async function settle(
  connection: Connection,
  said: readonly Subject[],
  known: Map<string, StoredRecord>,
  keys: KeyStore,
): Promise<void> {
  await lockIdentity(connection);
  // Another worker may have made some of these while we waited for the lock, or an erasure may have begun.
  for (const [hash, record] of await findRecords(connection, said.map(keyOf))) known.set(hash, record);
  const news = await notErased(connection, said, known);

  const children = news.filter((subject) => subject.shownToBeChild || isPlaced(known.get(subject.hash)));
  const changed = await write(connection, children, known, keys);

  // Only now: a child in the same batch may be the one that makes another message's defendant known.
  const doubtful = news.filter((subject) => !children.includes(subject));
  const claimed = await claimedAmong(
    connection,
    doubtful.flatMap(({ identifiers }) => identifiers.map(({ hash }) => hash)),
  );
  const recognised = doubtful.filter(({ identifiers }) =>
    identifiers.some(({ hash }) => claimed.has(hash.toString('hex'))),
  );
  changed.push(...(await write(connection, recognised, known, keys)));
  await relink(connection, changed);

  // Claiming a number is not belonging to whom it belongs to: it may be contradicted, or two children's.
  const placed = await placedAmong(
    connection,
    recognised.flatMap((subject) => known.get(subject.hash)?.stream ?? []),
  );
  const nowKnown = [...children, ...recognised.filter((subject) => placed.has(known.get(subject.hash)?.stream ?? ''))];
  await hold(
    connection,
    doubtful.filter((subject) => !nowKnown.includes(subject)),
  );
  await wake(
    connection,
    nowKnown.flatMap((subject) => awaitedBy(subject)),
    receiptsOf(nowKnown),
  );
}

/** Leaves out what an erasure that began while these were in hand covers: it must not make the child anew. */
async function notErased(
  connection: Connection,
  subjects: readonly Subject[],
  known: ReadonlyMap<string, StoredRecord>,
): Promise<Subject[]> {
  const gone = await erasedReceipts(connection, receiptsOf(subjects));
  const standing = await lockStanding(
    connection,
    subjects.flatMap((subject) => known.get(subject.hash)?.stream ?? []),
    'no key update',
  );
  return subjects.filter((subject) => {
    const stream = known.get(subject.hash)?.stream;
    const isGone = subject.facts.every(({ work }) => gone.has(work.claimed.receipt));
    return !isGone && (stream === undefined || standing.has(stream));
  });
}

/** Writes records, persons and claims; returns the streams whose links may have to change. */
async function write(
  connection: Connection,
  subjects: readonly Subject[],
  known: Map<string, StoredRecord>,
  keys: KeyStore,
): Promise<string[]> {
  if (subjects.length === 0) return [];
  const missing = subjects.filter((subject) => !known.has(subject.hash));
  const fresh = await keys.take(missing.length);
  const made = missing.map((subject, at) => ({ subject, stream: randomUUID(), key: keyAt(fresh, at) }));
  await insertRecords(
    connection,
    made.map(({ subject, stream, key }) => ({
      ...keyOf(subject),
      stream,
      agency: subject.agency,
      keyId: key.id,
      sourceKey: seal(key, Buffer.from(subject.sourceKey), stream),
      byNumber: isByNumber(subject),
      onlyIfKnown: !subject.shownToBeChild,
    })),
  );
  await confirmChildren(
    connection,
    subjects.flatMap((subject) => {
      const record = known.get(subject.hash);
      return subject.shownToBeChild && record?.onlyIfKnown === true ? [record.stream] : [];
    }),
  );
  for (const { subject, stream, key } of made) known.set(subject.hash, { stream, keyId: key.id, restated: 0 });

  const opened = await keys.find(subjects.map((subject) => known.get(subject.hash)?.keyId ?? ''));
  const written = subjects.flatMap((subject) => {
    const record = known.get(subject.hash);
    const key = record && opened.get(record.keyId);
    // A record whose key is gone is being erased: what it says of the person is not to be written again.
    return record && key ? [{ subject, stream: record.stream, key }] : [];
  });
  await writePersons(connection, written, keys);
  return written.map(({ stream }) => stream);
}

async function hold(connection: Connection, subjects: readonly Subject[]): Promise<void> {
  for (const { facts } of subjects)
    for (const placed of facts) if (placed.fact.onlyIfKnown) placed.heldFor = placed.fact.onlyIfKnown;
  await waitFor(
    connection,
    subjects.flatMap((subject) =>
      awaitedBy(subject).flatMap((awaited) => receiptsOf([subject]).map((receipt) => ({ awaited, receipt }))),
    ),
  );
}

function isPlaced(record: StoredRecord | undefined): boolean {
  return record !== undefined && record.unplaced !== true;
}

function keyAt(keys: readonly DataKey[], at: number): DataKey {
  const key = keys[at];
  if (!key) throw new Error('the key store gave fewer keys than were asked for');
  return key;
}
