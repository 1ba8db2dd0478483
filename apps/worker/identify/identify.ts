import { randomUUID } from 'node:crypto';
import { check } from '../../../libs/identity/identifiers.js';
import { nameTokens } from '../../../libs/identity/name-tokens.js';
import { trusted } from '../../../libs/identity/trust.js';
import { mergePerson, type KnownPerson, type PersonSaid } from '../../../libs/identity/person.js';
import type { IdentifierKind } from '../../../libs/kernel/fact.js';
import type { DataKey, KeyStore } from '../../../libs/kernel/keys.js';
import { transaction, type Connection, type Database } from '../../../libs/platform/database/pool.js';
import { open, seal } from '../../../libs/platform/keys/seal.js';
import { claimedAmong, stateClaims } from '../../../libs/platform/records/claim-store.js';
import { lockIdentity } from '../../../libs/platform/records/link-store.js';
import {
  findRecords,
  insertRecords,
  personsOf,
  updatePersons,
  type PersonUpdate,
  type StoredRecord,
} from '../../../libs/platform/records/record-store.js';
import { waitFor, wake } from '../../../libs/platform/records/waiting-store.js';
import type { PlacedFact } from '../work.js';
import { relink } from './relink.js';

interface Identified {
  readonly kind: IdentifierKind;
  readonly hash: Buffer;
  readonly statedAt: string;
  readonly receipt: string;
}

/** What one batch says of one source record: all its facts, and of the person, oldest first. */
interface Subject {
  readonly hash: string;
  readonly system: string;
  readonly agency: string;
  readonly sourceKey: string;
  readonly facts: PlacedFact[];
  readonly said: readonly PersonSaid[];
  /** Of what was said last: the same again is nothing new. */
  readonly personHash: Buffer;
  readonly identifiers: readonly Identified[];
  /** False when nothing in these messages shows that it is a child: then it is recorded only for one the hub knows. */
  readonly shownToBeChild: boolean;
}

/**
 * Finds or makes the record of every fact and links new ones to a child. Facts that may only be recorded for a known
 * child come back with `heldFor`, and wait for its record or one of its identifiers.
 */
export async function identify(facts: readonly PlacedFact[], database: Database, keys: KeyStore): Promise<void> {
  const subjects = [...Map.groupBy(facts, (fact) => fact.recordHash).values()].flatMap(
    (of) => subjectOf(of, keys) ?? [],
  );
  const known = await findRecords(database, subjects.map(keyOf));
  const news = subjects.filter((subject) => saysSomethingNew(subject, known.get(subject.hash)));
  if (news.length > 0) await transaction(database, (connection) => settle(connection, news, known, keys));
  for (const subject of subjects) {
    const stream = known.get(subject.hash)?.stream;
    if (stream !== undefined) for (const fact of subject.facts) fact.stream = stream;
  }
}

async function settle(
  connection: Connection,
  news: readonly Subject[],
  known: Map<string, StoredRecord>,
  keys: KeyStore,
): Promise<void> {
  await lockIdentity(connection);
  // Another worker may have made some of these while we waited for the lock.
  for (const [hash, record] of await findRecords(connection, news.map(keyOf))) known.set(hash, record);

  const children = news.filter((subject) => subject.shownToBeChild || known.has(subject.hash));
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
  await hold(
    connection,
    doubtful.filter((subject) => !recognised.includes(subject)),
  );

  await relink(connection, changed);
  const nowKnown = [...children, ...recognised];
  await wake(
    connection,
    nowKnown.flatMap((subject) => awaitedBy(subject)),
    receiptsOf(nowKnown),
  );
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
    })),
  );
  for (const { subject, stream, key } of made) known.set(subject.hash, { stream, keyId: key.id });

  const opened = await keys.find(subjects.map((subject) => known.get(subject.hash)?.keyId ?? ''));
  const persons = await personsOf(
    connection,
    subjects.flatMap((subject) => known.get(subject.hash)?.stream ?? []),
  );
  const updates = subjects.flatMap((subject): PersonUpdate[] => {
    const record = known.get(subject.hash);
    const key = record && opened.get(record.keyId);
    // A record whose key is gone is being erased: what it says of the person is not to be written again.
    return record && key ? [personUpdate(subject, record.stream, persons.get(record.stream), key, keys)] : [];
  });
  await updatePersons(connection, updates);
  await stateClaims(
    connection,
    subjects.flatMap((subject) => {
      const record = known.get(subject.hash)?.stream;
      if (record === undefined) return [];
      return subject.identifiers.map(({ hash: valueHash, ...claim }) => ({ record, valueHash, ...claim }));
    }),
  );
  return subjects.flatMap((subject) => known.get(subject.hash)?.stream ?? []);
}

function personUpdate(
  subject: Subject,
  stream: string,
  sealed: Buffer | undefined,
  key: DataKey,
  keys: KeyStore,
): PersonUpdate {
  const known = sealed && (JSON.parse(open(key, sealed, stream).toString()) as KnownPerson);
  const person = mergePerson(known, subject.said);
  return {
    stream,
    person: seal(key, Buffer.from(JSON.stringify(person)), stream),
    personHash: subject.personHash,
    statedAt: subject.said.at(-1)?.statedAt ?? '',
    ...(person.birthDate === undefined ? {} : { birthHash: keys.hash('birth', person.birthDate) }),
    nameTokens: [...nameTokens(person.givenNames, person.familyName)].map((token) => keys.hash('name-token', token)),
  };
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

function subjectOf(facts: PlacedFact[], keys: KeyStore): Subject | undefined {
  const inOrder = facts.toSorted((a, b) => Date.parse(a.fact.statedAt) - Date.parse(b.fact.statedAt));
  const last = inOrder.at(-1);
  if (!last) return undefined;
  const { message } = last.work.claimed;
  return {
    hash: last.recordHash,
    system: message.system,
    agency: message.agency,
    sourceKey: last.fact.record.key,
    facts,
    said: inOrder.map(({ fact }) => ({ person: fact.record.person, statedAt: fact.statedAt })),
    personHash: keys.hash('person', JSON.stringify(last.fact.record.person)),
    identifiers: inOrder.flatMap((placed) => identifiersOf(placed, keys)),
    shownToBeChild: facts.some((fact) => fact.fact.onlyIfKnown === undefined),
  };
}

function identifiersOf({ fact, work }: PlacedFact, keys: KeyStore): Identified[] {
  return fact.record.person.identifiers.flatMap(({ kind, value }) => {
    const checked = check(kind, value);
    if (!checked.valid || trusted(kind, checked.canonical) === 'never') return [];
    const hash = keys.hash('identifier', kind, checked.canonical);
    return [{ kind, hash, statedAt: fact.statedAt, receipt: work.claimed.receipt }];
  });
}

/** Several messages in hand may say different things of one person: only the last is compared with what is stored. */
function saysSomethingNew(subject: Subject, record: StoredRecord | undefined): boolean {
  const saidOnce = new Set(subject.said.map(({ person }) => JSON.stringify(person))).size === 1;
  return !saidOnce || record?.personHash === undefined || !record.personHash.equals(subject.personHash);
}

function keyOf(subject: Subject): { system: string; keyHash: Buffer } {
  return { system: subject.system, keyHash: Buffer.from(subject.hash, 'hex') };
}

function awaitedBy(subject: Subject): Buffer[] {
  return [Buffer.from(subject.hash, 'hex'), ...subject.identifiers.map(({ hash }) => hash)];
}

function receiptsOf(subjects: readonly Subject[]): string[] {
  return [...new Set(subjects.flatMap(({ facts }) => facts.map(({ work }) => work.claimed.receipt)))];
}

function keyAt(keys: readonly DataKey[], at: number): DataKey {
  const key = keys[at];
  if (!key) throw new Error('the key store gave fewer keys than were asked for');
  return key;
}
