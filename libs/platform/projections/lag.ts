import type { EventLog, Position } from '../../kernel/event-log.js';
import type { Database } from '../database/pool.js';
import type { Metrics } from '../telemetry/metrics.js';
import { wait } from './waiting.js';

const LOOK_AGAIN_MS = 10;

/** How far readers of each projection are behind the log, in positions (dense on PostgreSQL), and what was parked. */
export async function measure(database: Database, log: EventLog, metrics: Metrics): Promise<void> {
  const { rows } = await database.query<{ name: string; position: Position | null; parked: bigint }>(
    `select p.name, p.position,
            (select count(*) from projection_parked k where k.name = p.name and k.build = p.build) as parked
     from projections p where p.live`,
  );
  const head = (await log.head()) ?? 0n;
  for (const { name, position, parked } of rows) {
    const behind = head - (position ?? 0n);
    metrics.projectionLag.set({ projection: name }, Number(behind > 0n ? behind : 0n));
    metrics.projectionParked.set({ projection: name }, Number(parked));
  }
}

/** Resolves once the live builds of `names` have read what the log held when this was called, or the signal aborts. */
export async function settled(
  database: Database,
  log: EventLog,
  names: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const head = await log.head();
  while (head !== null && !signal.aborted) {
    const { rowCount } = await database.query(
      'select from projections where live and name = any($1) and position >= $2',
      [names, head],
    );
    if (rowCount === names.length) return;
    await wait(LOOK_AGAIN_MS, signal);
  }
}

/** Resolves once readers of `name` see the log to `position`, or the signal aborts. */
export async function settledAt(
  database: Database,
  name: string,
  position: Position,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  while (!signal.aborted) {
    const { rowCount } = await database.query('select from projections where live and name = $1 and position >= $2', [
      name,
      position,
    ]);
    if (rowCount === 1) return;
    await wait(LOOK_AGAIN_MS, signal);
  }
}
