import { fork } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { openPool, type Database } from '../../libs/platform/database/pool.js';
import { freePort } from '../../libs/testing/http/free-port.js';
import { startHubProcess } from '../../libs/testing/hub/process.js';
import type { Imported } from './import-process.js';
import { absolute, compare, type Benchmark, type BenchServer, type Measurement } from './measurement.js';

const SCALE = Number(process.env['HUB_BENCH_SCALE'] ?? '1');
const WHOLE = Math.round(500_000 * SCALE);
const TENTH = Math.round(WHOLE / 10);
const RAW = 1_000;
const ROWS_OF_A_CHILD = 10;
const PATIENCE_SECONDS = 120;

const goal = { of: 'ratio', is: 'at least', goal: 0.15, beyond: 0.3 } as const;
const reference = `raw unnest inserts of the same rows, ${RAW} at a time`;

/** A partner's file through the doors of a whole hub in one process, against the same rows put into a bare table. */
export const imports: readonly Benchmark[] = [
  {
    name: 'import.accepted',
    what: `an SSDA903 missing.csv of ${WHOLE.toLocaleString('en-GB')} rows, bytes to durable receipts of all its pieces, nothing recorded meanwhile; five files`,
    goal,
    run: async (server) =>
      measured(server, 'gateway', WHOLE, async (hub) => compared(hub, 'import.accepted', WHOLE, 0)),
  },
  {
    name: 'import.recorded',
    what: `the same in files of ${TENTH.toLocaleString('en-GB')} rows, each an episode and an event, until each has been recorded; a whole hub`,
    goal,
    run: async (server) =>
      measured(server, 'gateway,worker', TENTH, async (hub) =>
        compared(hub, 'import.recorded', TENTH, PATIENCE_SECONDS),
      ),
  },
  memory('import.memory', WHOLE, TENTH, ({ megabytes }) => megabytes, 'the most that the importer keeps resident with'),
  memory('import.level', 2 * WHOLE, WHOLE, ({ megabytes }) => megabytes, 'the same with'),
  memory('import.held', WHOLE, TENTH, ({ held }) => held, 'what is still in use, garbage collected, behind'),
  {
    name: 'import.resumed',
    what: `rows lost or doubled of ${WHOLE.toLocaleString('en-GB')}, the importer killed (kill -9) five times on the way and run again`,
    goal: { of: 'value', is: 'at most', goal: 0, beyond: 0 },
    run: async (server) =>
      measured(server, 'gateway', WHOLE, async (hub) => absolute('import.resumed', await hub.killed(WHOLE, 5), 'rows')),
  },
];

function memory(name: string, many: number, few: number, of: (imported: Imported) => number, words: string): Benchmark {
  const rows = (count: number): string => `${count.toLocaleString('en-GB')} rows`;
  return {
    name,
    what: `${words} ${rows(many)}, each with its line in the receipts`,
    goal: { of: 'ratio', is: 'at most', goal: 1.2, beyond: 1.05 },
    run: async (server) =>
      measured(server, 'gateway', many, async (hub) =>
        compare({
          name,
          unit: 'MB',
          reference: `with ${rows(few)}`,
          subject: async () => of(await hub.bring(many, 0)),
          against: async () => of(await hub.bring(few, 0)),
          runs: 3,
        }),
      ),
  };
}

async function measured(
  server: BenchServer,
  roles: string,
  rows: number,
  measure: (hub: ImportingHub) => Promise<Measurement>,
): Promise<Measurement> {
  const { hub, keys } = await server.databases();
  const folder = await mkdtemp(join(tmpdir(), 'hub-bench-import-'));
  const running = await startHubProcess(folder, await freePort(), {
    HUB_DEMO: 'false',
    HUB_ROLES: roles,
    DATABASE_URL: hub,
    KEYS_DATABASE_URL: keys,
    HUB_INTAKE_LIMIT: '10000000',
  });
  const database = openPool(hub, 'bench import', 2);
  try {
    await database.query('create table raw_rows (child text, dob text, missing text, mis_start text, mis_end text)');
    return await measure(new ImportingHub(running.url, folder, database, rows));
  } finally {
    await database.end();
    await running.stop();
    await rm(folder, { recursive: true });
  }
}

async function compared(hub: ImportingHub, name: string, rows: number, patience: number): Promise<Measurement> {
  return compare({
    name,
    unit: 'rows/s',
    reference,
    subject: async () => {
      const { sent, recorded, outcomes } = await hub.bring(rows, patience);
      const wanted = patience === 0 ? 'received' : 'recorded';
      if (outcomes[wanted] !== rows) throw new Error(`not every row was ${wanted}: ${JSON.stringify(outcomes)}`);
      return (rows * 1_000) / (patience === 0 ? sent : recorded);
    },
    against: async () => hub.insertRaw(),
  });
}

class ImportingHub {
  #files = 0;

  constructor(
    private readonly url: string,
    private readonly folder: string,
    private readonly database: Database,
    private readonly rows: number,
  ) {}

  /** Imports a file of rows that nobody has brought before, in a process of its own. */
  async bring(rows: number, patience: number): Promise<Imported> {
    return await this.#run(await this.#write(rows), patience);
  }

  /** Kills the importer again and again, lets it finish, and answers how many rows are not there just once. */
  async killed(rows: number, kills: number): Promise<number> {
    const before = await this.#kept();
    const file = await this.#write(rows);
    const whole = await this.#run(await this.#write(rows), 0);
    const atOnce = (await this.#kept()) - before;
    for (let kill = 0; kill < kills; kill += 1) await this.#run(file, 0, (whole.sent * (kill + 0.5)) / kills);
    await this.#run(file, 0);
    return (await this.#kept()) - before - 2 * atOnce;
  }

  async insertRaw(): Promise<number> {
    const began = performance.now();
    const columns = [0, 1, 2, 3, 4];
    for (let at = 0; at < this.rows; at += RAW) {
      const lines = Array.from({ length: RAW }, (_, row) => rowOf(at + row));
      await this.database.query({
        name: 'raw',
        text: 'insert into raw_rows select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])',
        values: columns.map((column) => lines.map((cells) => cells[column])),
      });
    }
    return (this.rows * 1_000) / (performance.now() - began);
  }

  async #write(rows: number): Promise<string> {
    this.#files += 1;
    const path = join(this.folder, `missing ${this.#files}.csv`);
    const stream = createWriteStream(path);
    stream.write('CHILD,DOB,MISSING,MIS_START,MIS_END\r\n');
    for (let at = 0; at < rows; at += 1) stream.write(`${rowOf(this.#files * rows + at).join(',')}\r\n`);
    stream.end();
    await finished(stream);
    return path;
  }

  /** Killed after so many milliseconds, when they are given; then nothing is told. */
  async #run(file: string, patience: number, killAfterMs?: number): Promise<Imported> {
    const { promise, resolve, reject } = Promise.withResolvers<Imported>();
    const child = fork(
      fileURLToPath(new URL('./import-process.js', import.meta.url)),
      [this.url, file, String(patience)],
      { execArgv: [...(await asHubIsRun()), '--expose-gc'] },
    );
    const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    child.once('message', (told: Imported) => resolve(told));
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      if (signal === 'SIGKILL') resolve({ sent: 0, recorded: 0, outcomes: {}, megabytes: 0, held: 0 });
      else reject(new Error(`the importer ended with ${code} before it told how it went`));
    });
    return promise;
  }

  /** Rows in what was kept, by their bytes: each file has rows of one length, and every piece the same header. */
  async #kept(): Promise<number> {
    const { rows } = await this.database.query<{ kept: number }>(
      `select coalesce(sum((size - length(E'CHILD,DOB,MISSING,MIS_START,MIS_END\\r\\n')) / ${rowOf(0).join(',').length + 2}), 0)::integer as kept from receipts`,
    );
    return rows[0]?.kept ?? 0;
  }
}

/** What Node is told where `npm run hub` is started: the memory of another process would be another matter. */
async function asHubIsRun(): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: { hub: string } };
  return scripts.hub.split(' ').filter((word) => word.startsWith('--'));
}

function rowOf(serial: number): string[] {
  const start = new Date(Date.UTC(2015, 0, 1) + (serial % 3_000) * 86_400_000).toISOString().slice(0, 10);
  const british = start.split('-').toReversed().join('/');
  return [String(100_000_000 + Math.floor(serial / ROWS_OF_A_CHILD)), '06/05/2010', 'M', british, british];
}
