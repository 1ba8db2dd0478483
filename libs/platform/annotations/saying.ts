import { toJson, create, type DescMessage, type MessageInitShape } from '@bufbuild/protobuf';
import { HUB_SYSTEM, type Agency } from '../../kernel/agency.js';
import type { EventLog } from '../../kernel/event-log.js';
import type { Incoming } from '../../kernel/intake.js';
import type { Database } from '../database/pool.js';
import { settled } from '../projections/lag.js';
import { wait } from '../projections/waiting.js';

const LOOK_AGAIN_MS = 20;

export interface Saying<Desc extends DescMessage> {
  /** Of whoever says it. */
  readonly agency: Agency;
  /** The same id twice is the same saying. */
  readonly messageId: string;
  /** The record it is about. */
  readonly stream: string;
  readonly schema: Desc;
  readonly said: MessageInitShape<Desc>;
  /** RFC 3339. */
  readonly at: string;
  /** When it happened, where that is another time, RFC 3339. */
  readonly occurredAt?: string;
  /** UUID; an answer carries the receipt of its request. */
  readonly correlation: string;
}

/** What a user of the hub says, as a message of the hub's own system: kept, translated and recorded like any other. */
export function messageOf<Desc extends DescMessage>(saying: Saying<Desc>): Incoming {
  const { agency, messageId, stream, schema, said, at, occurredAt, correlation } = saying;
  const content = toJson(schema, create(schema, said));
  return {
    system: HUB_SYSTEM,
    agency,
    messageId,
    format: schema.typeName,
    contentType: 'application/json',
    attributes: {
      id: messageId,
      subject: stream,
      time: occurredAt ?? at,
      ...(occurredAt === undefined ? {} : { recordedtime: at }),
    },
    body: Buffer.from(JSON.stringify(content)),
    // Without the time: sent again, it is the same saying.
    canonical: Buffer.from(JSON.stringify([schema.typeName, agency, stream, content])),
    correlation,
  };
}

/** Resolves once what was kept under this receipt can be read back, or the signal aborts: the caller does not care which. */
export async function untilReadable(
  receipt: string,
  { database, log }: { readonly database: Database; readonly log: EventLog },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const { rowCount } = await database.query(`select from receipts where id = $1 and status <> 'received'`, [receipt]);
    if (rowCount !== 0) return settled(database, log, ['annotations', 'timeline'], signal);
    await wait(LOOK_AGAIN_MS, signal);
  }
}
