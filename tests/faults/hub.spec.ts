import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { verify } from '../../apps/ops/verify/verify.js';
import { readConfig } from '../../libs/platform/config.js';
import { startEmbedded } from '../../libs/platform/database/embedded.js';
import { openParts, type OpenedParts } from '../../libs/platform/open-parts.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import { freePort } from '../../libs/testing/http/free-port.js';
import { postgresPid, startHubProcess, tokenFrom, type HubProcess } from '../../libs/testing/hub/process.js';

const kills = Number(process.env['HUB_FAULT_KILLS'] ?? 5);
const clients = 4;

describe(`the hub killed ${kills} times under load`, () => {
  let data: string;
  let port: number;
  let hub: HubProcess;
  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'hub-faults-'));
    port = await freePort();
    hub = await startHubProcess(data, port, { HUB_DEMO: 'false' });
  });
  afterEach(async () => {
    await hub.kill();
    await (await startEmbedded(join(data, 'postgres'))).stop();
    await rm(data, { recursive: true, force: true });
  });

  it(
    'loses nothing it acknowledged, and does nothing twice',
    async () => {
      const seed = Math.floor(Math.random() * 1e9);
      const random = randomFrom(seed);
      process.stdout.write(`faults: seed ${seed}\n`);
      const token = await tokenFrom(hub.url, 'police');
      const acknowledged = new Map<string, string>();
      const load = { over: false };
      const publishers = Array.from({ length: clients }, (_, client) =>
        publish(hub.url, client, token, acknowledged, load),
      );

      try {
        for (let kill = 0; kill < kills; kill++) {
          await sleep(200 + random() * 800);
          if (random() < 0.5) {
            await hub.kill();
            hub = await startHubProcess(data, port, { HUB_DEMO: 'false' });
          } else {
            await killPostgres(data);
          }
        }
        await sleep(500);
      } finally {
        load.over = true;
        await Promise.all(publishers);
      }
      expect(acknowledged.size).toBeGreaterThan(kills);

      const parts = await openParts(readConfig({ HUB_DATA: data }), createLogger('silent'));
      try {
        await closedAndProjected(parts);
        const { rows } = await parts.database.query<{ id: string; status: string; events: bigint; rows: bigint }>(
          `select r.id, r.status,
                  (select count(*) from log_events e where (e.meta ->> 'receipt')::uuid = r.id) as events,
                  (select count(*) from timeline t where t.receipt = r.id) as rows
             from receipts r where r.id = any($1)`,
          [[...acknowledged.values()]],
        );
        const lost = acknowledged.size - rows.length;
        const wrong = rows.filter((row) => row.status !== 'recorded' || row.events !== 1n || row.rows !== 1n);
        expect({ lost, wrong }).toEqual({ lost: 0, wrong: [] });
        expect((await verify(parts, () => undefined)).problems).toEqual([]);
      } finally {
        await parts.close();
      }
    },
    60_000 + kills * 15_000,
  );
});

/** Kills the server; when the last kill has not been put right yet, the one that comes after it. */
async function killPostgres(data: string): Promise<void> {
  const until = Date.now() + 30_000;
  for (;;) {
    try {
      process.kill(await postgresPid(data), 'SIGKILL');
      return;
    } catch (error) {
      if (!isGone(error) || Date.now() > until) throw error;
      await sleep(50);
    }
  }
}

// No such process, or its file is away while the hub starts it again.
function isGone(error: unknown): boolean {
  // Not `instanceof`: Jest's own `Error` is another one than the one that `process.kill` throws.
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    (error.code === 'ESRCH' || error.code === 'ENOENT')
  );
}

/** Publishes one event after another; what is not acknowledged is sent again until it is, as a partner does. */
async function publish(
  url: string,
  client: number,
  token: string,
  acknowledged: Map<string, string>,
  load: { over: boolean },
): Promise<void> {
  for (let serial = 0; !load.over; serial++) {
    const id = `${client}-${serial}`;
    const body = JSON.stringify({
      specversion: '1.0',
      id,
      source: 'police',
      type: 'hub.police.v1.MissingReported',
      subject: `nominal-${client}-${serial % 20}`,
      time: '2026-03-01T22:10:00Z',
      datacontenttype: 'application/json',
      data: { reportReference: id, risk: 'RISK_GRADE_LOW' },
    });
    for (let answered = false; !answered && !load.over;) {
      try {
        const response = await fetch(`${url}/v1/events`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents+json' },
          body,
        });
        const answer = (await response.json()) as { receipts?: { id: string }[] };
        const receipt = answer.receipts?.[0]?.id;
        if (response.status === 202 && receipt !== undefined) {
          acknowledged.set(id, receipt);
          answered = true;
        } else await sleep(20);
      } catch {
        // The hub is gone for the moment: the partner tries again.
        await sleep(20);
      }
    }
  }
}

async function closedAndProjected({ database, log }: OpenedParts): Promise<void> {
  const until = Date.now() + 60_000;
  for (;;) {
    const { rows } = await database.query<{ open: bigint; position: bigint | null }>(
      `select (select count(*) from receipts where status = 'received') as open,
              (select position from projections where name = 'timeline' and live) as position`,
    );
    if (rows[0]?.open === 0n && rows[0].position === (await log.head())) return;
    if (Date.now() > until) throw new Error(`still open: ${String(rows[0]?.open)}`);
    await sleep(100);
  }
}

// Mulberry32: a run that fails can be run again with its seed.
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
