import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';

/** Where the embedded server answers, and the password of its one user: kept in its folder, readable by its owner only. */
export interface Address {
  readonly port: number;
  readonly password: string;
}

export async function addressIn(folder: string): Promise<Address> {
  return JSON.parse(await readFile(join(folder, 'address.json'), 'utf8')) as Address;
}

export async function answers(address: Address): Promise<boolean> {
  if (address.port === 0) return false;
  const client = clientOf(address);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    // Refused, or another server took the port since: either way, not ours.
    return false;
  }
}

function clientOf({ port, password }: Address): pg.Client {
  return new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'hub',
    password,
    database: 'postgres',
    connectionTimeoutMillis: 5_000,
  });
}

export async function createIfMissing(address: Address, name: string): Promise<string> {
  const client = clientOf(address);
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  return `postgres://hub:${address.password}@127.0.0.1:${address.port}/${name}`;
}

export async function othersConnected(address: Address): Promise<boolean> {
  const client = clientOf(address);
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    );
    return (rowCount ?? 0) > 0;
  } finally {
    await client.end();
  }
}

/** The port if nobody listens on it, else one that is free. */
export async function usablePort(port: number): Promise<number> {
  try {
    return await boundPort(port);
  } catch {
    // Taken meanwhile by something else.
    return boundPort(0);
  }
}

function boundPort(port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const probe = createServer();
  probe.once('error', reject);
  probe.listen(port, '127.0.0.1', () => {
    const address = probe.address();
    probe.close(() => {
      if (address !== null && typeof address === 'object') resolve(address.port);
      else reject(new Error('no free port'));
    });
  });
  return promise;
}
