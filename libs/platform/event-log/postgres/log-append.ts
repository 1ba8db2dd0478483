import type { ExpectedRevision } from '../../../kernel/event-log.js';
import { binaryArray, plainArray, uuidArray } from '../../database/array-parameters.js';
import type { Database } from '../../database/pool.js';
import type { AppendRequest, Outcome } from './append-request.js';

export interface Flushed {
  /** In the order of the requests. */
  readonly outcomes: Outcome[];
  /** Of every event that was written. */
  readonly recordedAt: string;
}

interface Answer {
  readonly outcomes: Outcome['outcome'][];
  readonly revisions: number[];
  readonly positions: number[];
  readonly recordedAt: string;
}

/** One round trip, one transaction: see `log_append` and `log_append_flush` in the migrations. */
export async function logAppend(database: Database, requests: readonly AppendRequest[]): Promise<Flushed> {
  const { rows } = await database.query<Answer>({
    name: 'log append',
    text: `select outcomes, revisions, positions, recorded_at as "recordedAt"
           from log_append_flush($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: parametersOf(requests),
  });
  const [answer] = rows;
  if (answer === undefined) throw new Error('the log did not answer this flush');
  const { outcomes, revisions, positions, recordedAt } = answer;
  return {
    outcomes: outcomes.map((outcome, at) => ({
      outcome,
      revision: revisions[at] ?? -1,
      position: BigInt(positions[at] ?? 0),
    })),
    recordedAt,
  };
}

function parametersOf(requests: readonly AppendRequest[]): unknown[] {
  const streams = new Map<string, number>();
  const slots: number[] = [];
  const firsts: number[] = [];
  const owners: number[] = [];
  requests.forEach(({ stream, events }, index) => {
    const slot = streams.get(stream) ?? streams.size + 1;
    streams.set(stream, slot);
    slots.push(slot);
    firsts.push(owners.length + 1);
    for (let count = events.length; count > 0; count -= 1) owners.push(index + 1);
  });
  const events = requests.flatMap((request) => request.events);
  return [
    uuidArray([...streams.keys()]),
    plainArray(slots),
    plainArray(requests.map(({ expected }) => numberOf(expected))),
    plainArray(firsts),
    plainArray(requests.map((request) => request.events.length)),
    plainArray(owners),
    uuidArray(events.map(({ id }) => id)),
    binaryArray(
      'text',
      events.map(({ type }) => type),
    ),
    binaryArray(
      'json',
      events.map(({ meta }) => meta),
    ),
    binaryArray(
      'bytea',
      events.map(({ data }) => data),
    ),
  ];
}

function numberOf(expected: ExpectedRevision): number {
  if (expected === 'any') return -2;
  return expected === 'no-stream' ? -1 : expected;
}
