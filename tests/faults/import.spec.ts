import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { verify } from '../../apps/ops/verify/verify.js';
import { startEmbedded } from '../../libs/platform/database/embedded.js';
import { readConfig } from '../../libs/platform/config.js';
import { openParts } from '../../libs/platform/open-parts.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import { missingReturn } from '../../libs/simulations/missing-return.js';
import { hubCommand } from '../../libs/testing/hub/command.js';
import { startHubProcess, type HubProcess } from '../../libs/testing/hub/process.js';
import { freePort } from '../../libs/testing/http/free-port.js';

const kills = Number(process.env['HUB_FAULT_KILLS'] ?? 5);
const ROWS = 20_000;
const LATEST_MS = 6_000;

describe(`hub import killed ${kills} times, and the hub under it`, () => {
  let data: string;
  let port: number;
  let hub: HubProcess;
  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'hub-faults-import-'));
    port = await freePort();
    hub = await startHubProcess(data, port, { HUB_DEMO: 'false' });
  });
  afterEach(async () => {
    await hub.kill();
    await (await startEmbedded(join(data, 'postgres'))).stop();
    await rm(data, { recursive: true, force: true });
  });

  it(
    'goes on where it was: every row is recorded, once',
    async () => {
      const file = join(data, 'missing.csv');
      const episodes = Array.from({ length: ROWS }, (_, at) => ({
        child: String(100_000 + Math.floor(at / 4)),
        birthDate: '2010-05-06',
        kind: 'M' as const,
        start: `2026-0${(at % 4) + 1}-01`,
      }));
      await writeFile(file, missingReturn(episodes));
      const words = ['import', file, '--system', 'social-care', '--json'];
      const environment = { HUB_DATA: data, PORT: String(port) };
      for (let kill = 0; kill < kills; kill += 1) {
        const code = await killed(environment, words, Math.random() * LATEST_MS);
        // It may have been quicker than the kill: then it was done.
        expect(code === null || code === 0).toBe(true);
        if (kill % 2 === 1) {
          await hub.kill();
          hub = await startHubProcess(data, port, { HUB_DEMO: 'false' });
        }
      }
      const last = await hubCommand(environment, words);
      expect(JSON.parse(last.stdout)).toMatchObject({
        files: [{ messages: ROWS / 500, outcomes: { recorded: ROWS } }],
      });
      expect(last.code).toBe(0);
      const rows = (await readFile(`${file}.receipts.ndjson`, 'utf8')).split('\n').filter(Boolean);
      const places = rows.map((row) => (JSON.parse(row) as { place: string }).place);
      expect(places).toEqual(Array.from({ length: ROWS }, (_, at) => `row ${at + 2}`));

      const parts = await openParts(readConfig({ HUB_DATA: data }), createLogger('silent'));
      try {
        const counted = await parts.database.query<{ receipts: number; events: number; facts: number }>(
          `select (select count(*)::integer from receipts) as receipts, count(*)::integer as events,
                  count(distinct meta ->> 'fact')::integer as facts from log_events`,
        );
        expect(counted.rows).toEqual([{ receipts: ROWS / 500, events: ROWS, facts: ROWS }]);
        expect((await verify(parts, () => undefined)).problems).toEqual([]);
      } finally {
        await parts.close();
      }
    },
    240_000 + kills * 15_000,
  );
});

/** Kills the command after so long; answers null when that came before its end. */
async function killed(
  environment: NodeJS.ProcessEnv,
  words: readonly string[],
  afterMs: number,
): Promise<number | null> {
  const env = { ...process.env, NODE_OPTIONS: '', ...environment };
  const child = spawn(process.execPath, ['dist/apps/ops/hub.js', ...words], { env, stdio: 'ignore' });
  const gone = once(child, 'close');
  await Promise.race([sleep(afterMs), gone]);
  child.kill('SIGKILL');
  await gone;
  return child.exitCode;
}
