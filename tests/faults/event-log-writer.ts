// A process that appends until it is killed, or its database is. It says on stdout what it tries and what was
// acknowledged, a line each; argument 2 is a file of appends that an earlier process tried and never heard about.
import { randomUUID } from 'node:crypto';
import { readFileSync, writeSync } from 'node:fs';
import type { NewEvent } from '../../libs/kernel/event-log.js';
import { openPool } from '../../libs/platform/database/pool.js';
import { openPostgresEventLog } from '../../libs/platform/event-log/postgres/event-log.js';
import { newEvents } from '../../libs/testing/event-log/new-events.js';

/** One append, as it is sent and sent again. */
export interface Try {
  readonly stream: string;
  /** -1: no stream yet. */
  readonly expected: number;
  readonly ids: readonly string[];
}

const [url, unheard] = process.argv.slice(2);
if (url === undefined || unheard === undefined) throw new Error('usage: event-log-writer URL FILE');
const log = await openPostgresEventLog({ pool: openPool(url, 'writer', 4) });

const left = JSON.parse(readFileSync(unheard, 'utf8')) as Try[];
await Promise.all(left.map(async (again) => send(again)));
await Promise.all(Array.from({ length: 64 }, async () => write()));

async function write(): Promise<never> {
  for (;;) {
    const stream = randomUUID();
    let expected = -1;
    for (const size of [1, 1, 3, 1, 2]) {
      const ids = newEvents(size).map(({ id }) => id);
      await send({ stream, expected, ids });
      expected += size;
    }
  }
}

async function send(attempt: Try): Promise<void> {
  say({ tried: attempt });
  const events = attempt.ids.map((id): NewEvent => ({ ...newEvents(1)[0]!, id }));
  const { position } = await log.append(attempt.stream, attempt.expected < 0 ? 'no-stream' : attempt.expected, events);
  say({ acknowledged: attempt.ids, position: String(position) });
}

// Written before this returns: what is killed afterwards has been heard.
function say(line: unknown): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}
