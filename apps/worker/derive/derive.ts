import { snapshotReading } from '../../../libs/adapters/registry.js';
import { catalogue } from '../../../libs/contracts/catalogue.js';
import { firstVersionOf } from '../../../libs/contracts/evolution.js';
import { isAgency } from '../../../libs/kernel/agency.js';
import { instant } from '../../../libs/kernel/instant.js';
import type { DataKey, KeyStore } from '../../../libs/kernel/keys.js';
import { changesThrough } from '../../../libs/kernel/snapshots.js';
import { transaction, type Connection, type Database } from '../../../libs/platform/database/pool.js';
import { open } from '../../../libs/platform/keys/seal.js';
import { lockStanding } from '../../../libs/platform/records/standing.js';
import {
  derivedStatements,
  lockComparing,
  originsOf,
  retractDerived,
  seriesStatedBy,
  standingSnapshots,
  writeDerived,
  type RecordOrigin,
  type Series,
  type StandingSnapshot,
} from '../../../libs/platform/records/snapshot-store.js';
import { contentHash, hashOf } from '../translate/translate.js';
import type { DerivedFact, Work } from '../work.js';
import { purposeOf, snapshotsAmong, type PlacedSnapshot } from './state-snapshots.js';

/** What the recorder has to see to. */
export interface Derived {
  /** What follows from the snapshots now, of all the facts below. */
  readonly facts: readonly DerivedFact[];
  /** Facts (keyed hashes) that may have to be told, corrected or withdrawn. */
  readonly touched: readonly string[];
  /** Of these, those that nobody ever stated before. */
  readonly fresh: ReadonlySet<string>;
}

const nothing: Derived = { facts: [], touched: [], fresh: new Set() };

/**
 * Derives what changed between the snapshots of every record that these messages state one of, from all that stand, and
 * commits it as statements of the snapshots' own receipts: so that it is a function of what stands, whatever came first.
 * Call after the messages' own statements are committed, and after the revisions of their streams have been read.
 */
export async function deriveChanges(works: readonly Work[], database: Database, keys: KeyStore): Promise<Derived> {
  const repeated = works.filter(({ claimed }) => claimed.attempt > 1).map(({ claimed }) => claimed.receipt);
  const again = await seriesStatedBy(database, repeated);
  const all = spansOf(snapshotsAmong(works.flatMap(({ facts }) => facts)), again);
  if (all.length === 0) return nothing;

  const receipts = new Set(works.map(({ claimed }) => claimed.receipt));
  return await transaction(database, async (connection) => {
    const records = [...new Set(all.map(({ record }) => record))];
    // What an erasure has begun on stays alone; it waits for the others until this is committed.
    const standing = [...(await lockStanding(connection, records)).keys()];
    await lockComparing(connection, standing);
    const origins = new Map((await originsOf(connection, standing)).map((origin) => [origin.stream, origin]));
    const found = await keys.find([...origins.values()].map(({ keyId }) => keyId));
    const derived: Derived[] = [];
    for (const series of all) {
      const origin = origins.get(series.record);
      const key = found.get(origin?.keyId ?? '');
      if (!origin || !key) continue;
      const following = factsFollowing(await standingSnapshots(connection, series), series.from, origin, key, keys);
      derived.push(await restate(connection, series, following, receipts));
    }
    return {
      facts: derived.flatMap(({ facts }) => facts),
      touched: derived.flatMap(({ touched }) => touched),
      fresh: new Set(derived.flatMap(({ fresh }) => [...fresh])),
    };
  });
}

/** A series, and the time from which on what follows may have changed; '' when it is to be looked at whole. */
type Span = Series & { readonly from: string };

/**
 * What is before the snapshots in hand cannot change. But a message that is in hand again may have been left by whoever had it
 * before, after stating what was never recorded, also of others' snapshots: then the whole series is looked at.
 */
function spansOf(inHand: readonly PlacedSnapshot[], again: readonly Series[]): Span[] {
  const spans = [...again.map((series) => ({ ...series, from: '' })), ...inHand.map(asSpan)];
  return [...Map.groupBy(spans, ({ record, type }) => `${record} ${type}`).values()].flatMap((of) =>
    // Times in one spelling sort as text.
    of.toSorted((one, other) => (one.from < other.from ? -1 : 1)).slice(0, 1),
  );
}

function asSpan({ record, type, observedAt }: PlacedSnapshot): Span {
  return { record, type, from: observedAt };
}

/** Every fact that follows from the snapshots of one series, seen at `from` or later. */
function factsFollowing(
  snapshots: readonly StandingSnapshot[],
  from: string,
  origin: RecordOrigin,
  key: DataKey,
  keys: KeyStore,
): DerivedFact[] {
  const reading = snapshotReading(snapshots[0]?.type ?? '');
  if (!reading || !isAgency(origin.agency)) return [];
  const { system, agency, stream } = origin;
  const sourceKey = open(key, origin.sourceKey, stream).toString();
  const counted = onePerTime(snapshots, (sealed) => open(key, sealed, purposeOf(stream)));
  const through = changesThrough(counted.map(({ data }) => reading.read(data)));
  const facts = counted.flatMap(({ snapshot, observedAt }, at) =>
    (snapshot.observedAt < from ? [] : (through[at] ?? [])).flatMap((change) =>
      reading.facts(change, observedAt).map(({ key: parts, ...said }): DerivedFact => {
        const { receipt, receivedAt, correlation, history } = snapshot;
        const fact = { ...said, ...handlingOf(said.type, snapshot.handling) };
        return {
          fact,
          // As if the record had stated it in an event of its own.
          factHash: hashOf(keys, 'fact', system, [sourceKey, firstVersionOf(fact.type), sourceKey, ...parts]),
          contentHash: contentHash(keys, fact),
          stream,
          receipt,
          statedAt: observedAt,
          origin: { system, agency, receivedAt, correlation, ...(history ? { history } : {}) },
        };
      }),
    ),
  );
  // One receipt states a fact once: the last time, when the source brought several snapshots in one message.
  return [...new Map(facts.map((fact) => [pair(fact.factHash, fact.receipt), fact])).values()];
}

// What its publisher restricts is not less restricted in parts; nor is a part less than the contract says.
function handlingOf(type: string, stated: string): { handling?: string } {
  if (stated === '') return {};
  const own = catalogue.get(type)?.handling ?? '';
  return { handling: [...new Set([...own.split(' '), ...stated.split(' ')])].filter(Boolean).join(' ') };
}

/** Of several snapshots of one time the last stated counts; it is told by whichever message said just that first. */
function onePerTime(snapshots: readonly StandingSnapshot[], opened: (sealed: Uint8Array) => Buffer) {
  return [...Map.groupBy(snapshots, ({ observedAt }) => observedAt)].map(([observedAt, of]) => {
    const readable = of.map((snapshot) => ({ snapshot, data: opened(snapshot.sealed) }));
    const last = readable.at(-1)?.data ?? Buffer.alloc(0);
    const first = readable.find(({ snapshot, data }) => data.equals(last) && snapshot.handling === of.at(-1)?.handling);
    if (!first) throw new Error('a time without a snapshot');
    return { ...first, observedAt: instant(observedAt) ?? observedAt };
  });
}

/** Brings the statements derived from a series to what follows from it. */
async function restate(
  connection: Connection,
  series: Span,
  following: readonly DerivedFact[],
  inHand: ReadonlySet<string>,
): Promise<Derived> {
  const whole = series.from === '';
  const stated = await derivedStatements(connection, series, series.from);
  const before = new Map(stated.map((row) => [pair(row.fact, row.receipt), row]));
  const wanted = new Set(following.map(({ factHash, receipt }) => pair(factHash, receipt)));
  const changed = following.filter((fact) => {
    const row = before.get(pair(fact.factHash, fact.receipt));
    return !row || row.retracted || row.content !== fact.contentHash || instant(row.statedAt) !== fact.statedAt;
  });
  const gone = stated.filter((row) => !row.retracted && !wanted.has(pair(row.fact, row.receipt)));
  await retractDerived(connection, gone);
  await writeDerived(
    connection,
    series,
    changed.map(({ factHash, contentHash: content, receipt, statedAt }) => ({
      fact: factHash,
      receipt,
      statedAt,
      content,
    })),
  );
  const touched = new Set([
    ...changed.map(({ factHash }) => factHash),
    ...gone.map(({ fact }) => fact),
    ...following.filter(({ receipt }) => inHand.has(receipt)).map(({ factHash }) => factHash),
    ...(whole ? [...stated.map(({ fact }) => fact), ...following.map(({ factHash }) => factHash)] : []),
  ]);
  const known = new Set(stated.map(({ fact }) => fact));
  return {
    facts: following.filter(({ factHash }) => touched.has(factHash)),
    touched: [...touched],
    fresh: new Set([...touched].filter((fact) => !known.has(fact))),
  };
}

function pair(fact: string, receipt: string): string {
  return `${fact} ${receipt}`;
}
