import { catalogue } from '../../../libs/contracts/catalogue.js';
import {
  FACT_WITHDRAWN,
  REACTION,
  type EventLog,
  type Position,
  type RecordedEvent,
} from '../../../libs/kernel/event-log.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import { dayInLondon } from '../../../libs/kernel/london.js';
import { verifyChain, type ChainVerified } from '../../../libs/platform/audit/verify-chain.js';
import { transaction, type Connection } from '../../../libs/platform/database/pool.js';
import { LogDamaged } from '../../../libs/platform/event-log/postgres/read.js';
import { open, SealBroken } from '../../../libs/platform/keys/seal.js';
import type { Parts } from '../../../libs/platform/platform.module.js';
import type { Problem } from './problem.js';
import { verifyLinks, verifyReceipts } from './receipts.js';
import { verifySnapshots } from './snapshots.js';

export interface Verified {
  readonly events: number;
  readonly erasedEvents: number;
  readonly streams: number;
  readonly receipts: number;
  readonly erasedReceipts: number;
  readonly links: number;
  readonly looks: number;
  readonly problems: readonly Problem[];
}

const batch = 2_000;

/** Reads the whole hub and says what does not hold. Changes nothing. `onProgress` hears of events read out of all. */
export async function verify(parts: Parts, onProgress: (done: number, total: number) => void): Promise<Verified> {
  return await transaction(parts.database, async (connection) => {
    // It says nothing while it reads elsewhere, and holds up nobody.
    await connection.query('set local idle_in_transaction_session_timeout = 0');
    await connection.query('create temp table seen_events (id uuid, receipt uuid, stream uuid) on commit drop');
    // A running hub goes on: of receipts closed by now, every event is in the log by now.
    const { rows } = await connection.query<{ now: string }>('select clock_timestamp() as now');
    const log = await verifyLog(parts, connection, onProgress);
    const receipts = await verifyReceipts(parts, connection, rows[0]?.now ?? '');
    const links = await verifyLinks(connection);
    const snapshots = await verifySnapshots(parts, connection);
    const audit = await verifyChain(connection, parts.keys, (done, total) =>
      onProgress(log.events + done, log.events + total),
    );
    return {
      ...log,
      ...receipts,
      links: links.links,
      looks: audit.looks,
      problems: [...log.problems, ...receipts.problems, ...links.problems, ...snapshots, ...brokenAt(audit)],
    };
  });
}

// One place at most: beyond the first break there is nothing to hold the rest to.
function brokenAt({ broken }: ChainVerified): Problem[] {
  return broken ? [{ code: broken.code, where: `look ${broken.row}` }] : [];
}

async function verifyLog(parts: Parts, connection: Connection, onProgress: (done: number, total: number) => void) {
  const { log } = parts;
  const head = (await log.head()) ?? 0n;
  const total = Number(head);
  const revisions = new Map<string, number>();
  const problems: Problem[] = [];
  let position: Position | null = null;
  let recordedAt = '';
  let events = 0;
  let erasedEvents = 0;
  while (position === null || position < head) {
    const read: RecordedEvent[] = await readOn(log, position, problems);
    if (read.length === 0) break;
    for (const event of read) {
      const where = `position ${event.position}`;
      position = event.position;
      if (event.revision !== (revisions.get(event.stream) ?? -1) + 1) problems.push({ code: 'revision-gap', where });
      revisions.set(event.stream, event.revision);
      if (event.recordedAt < recordedAt) problems.push({ code: 'recorded-earlier-than-the-one-before', where });
      recordedAt = event.recordedAt;
    }
    erasedEvents += await verifyContents(read, parts, problems);
    await noteSeen(connection, read);
    events += read.length;
    onProgress(events, total);
  }
  return { events, erasedEvents, streams: revisions.size, problems };
}

/** Reads on after a gap, which any other reader refuses to pass over. */
async function readOn(log: EventLog, after: Position | null, problems: Problem[]): Promise<RecordedEvent[]> {
  try {
    return await log.readAll(after, batch);
  } catch (error) {
    if (!(error instanceof LogDamaged) || error.next === undefined) throw error;
    problems.push({ code: 'position-gap', where: `after position ${after ?? 0n}` });
    return readOn(log, error.next - 1n, problems);
  }
}

async function verifyContents(events: readonly RecordedEvent[], { keys }: Parts, problems: Problem[]): Promise<number> {
  const found = await keys.find([...new Set(events.map((event) => event.meta.key))]);
  let erased = 0;
  for (const event of events) {
    const key = found.get(event.meta.key);
    if (!key) {
      erased++;
      continue;
    }
    try {
      const data = open(key, event.data, event.id);
      if (event.type === FACT_WITHDRAWN) continue;
      if (!holdsContent(event, data, keys))
        problems.push({ code: 'content-hash', where: `position ${event.position}` });
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      problems.push({ code: 'seal-broken', where: `position ${event.position}` });
    }
  }
  return erased;
}

/**
 * The content is what was hashed, and nothing that decides who sees it was changed since: the category is the contract's,
 * the handling the contract's or, where its publisher stated one, covered by the hash.
 */
function holdsContent({ type, meta }: RecordedEvent, data: Uint8Array, keys: KeyStore): boolean {
  const { precision, occurredAt, handling, category, content } = meta;
  const at = precision === 'date' ? dayInLondon(occurredAt) : occurredAt;
  const contract = catalogue.get(type);
  if (contract && contract.category !== category) return false;
  const hashWith = (stated: string): string => keys.hash('content', type, data, at, precision, stated).toString('hex');
  if (handling !== '' && hashWith(handling) === content) return true;
  return hashWith('') === content && (!contract || contract.handling === handling);
}

async function noteSeen(connection: Connection, events: readonly RecordedEvent[]): Promise<void> {
  await connection.query('insert into seen_events select * from unnest($1::uuid[], $2::uuid[], $3::uuid[])', [
    events.map((event) => event.id),
    // What the hub derives itself has facts behind it, and no message.
    events.map(({ type, meta }) => (type === FACT_WITHDRAWN || meta.category === REACTION ? null : meta.receipt)),
    events.map((event) => event.stream),
  ]);
}
