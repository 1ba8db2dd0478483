import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileReport } from '../../apps/ops/file-drop/import-file.js';
import type { RowOutcome } from '../../apps/ops/file-drop/outcomes.js';
import { hubCommand, type Ran } from '../../libs/testing/hub/command.js';
import { startHubProcess, type HubProcess } from '../../libs/testing/hub/process.js';
import { freePort } from '../../libs/testing/http/free-port.js';
import { readConfig } from '../../libs/platform/config.js';
import { openParts, type OpenedParts } from '../../libs/platform/open-parts.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';

export type Row = RowOutcome & { readonly entry?: number; readonly name?: string };

/** A running hub, and files for it. */
export interface Dropping {
  readonly hub: HubProcess;
  /** For what the hub leaves and takes, removed afterwards. */
  readonly folder: string;
  readonly parts: OpenedParts;
  readonly environment: { readonly HUB_DATA: string; readonly PORT: string };
  file(name: string, content: string | Uint8Array): Promise<string>;
  run(...words: string[]): Promise<Ran>;
  /** `hub import --system social-care`, with what it said and what became, or would become, of each row. */
  bring(
    path: string,
    ...options: string[]
  ): Promise<{ code: number | null; report: FileReport; rows: Row[]; stderr: string }>;
  messages(): Promise<number>;
  events(): Promise<number>;
  stop(): Promise<void>;
}

export async function startDropping(): Promise<Dropping> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-drop-'));
  const data = join(folder, 'hub');
  const port = await freePort();
  const hub = await startHubProcess(data, port, { HUB_DEMO: 'false' });
  const parts = await openParts(readConfig({ HUB_DATA: data }), createLogger('silent'));
  const count = async (table: 'receipts' | 'log_events'): Promise<number> => {
    const { rows } = await parts.database.query<{ n: number }>(`select count(*)::integer as n from ${table}`);
    return rows[0]?.n ?? 0;
  };
  const environment = { HUB_DATA: data, PORT: String(port) };
  const run = async (...words: string[]) => hubCommand(environment, words);
  return {
    hub,
    folder,
    parts,
    environment,
    run,
    file: async (name, content) => {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    },
    bring: async (path, ...options) => {
      const { code, stdout, stderr } = await run('import', path, '--system', 'social-care', '--json', ...options);
      if (stdout === '') throw new Error(stderr);
      const { files } = JSON.parse(stdout) as { files: FileReport[] };
      const report = files[0];
      if (!report) throw new Error('nothing was reported');
      return {
        code,
        report,
        stderr,
        rows:
          report.kind === undefined
            ? []
            : await rowsIn(`${path}.${options.includes('--try') ? 'tried' : 'receipts'}.ndjson`),
      };
    },
    messages: async () => count('receipts'),
    events: async () => count('log_events'),
    stop: async () => {
      await parts.close();
      await hub.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function rowsIn(path: string): Promise<Row[]> {
  const text = await readFile(path, 'utf8');
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Row]));
}
