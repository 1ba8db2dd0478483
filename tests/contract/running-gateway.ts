import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { GatewayModule } from '../../apps/gateway/gateway.module.js';
import { GrpcModule } from '../../apps/gateway/grpc/grpc.module.js';
import { systemClock } from '../../libs/kernel/clock.js';
import { readConfig } from '../../libs/platform/config.js';
import { openPool, type Database } from '../../libs/platform/database/pool.js';
import { openPostgresEventLog } from '../../libs/platform/event-log/postgres/event-log.js';
import { PostgresIntake } from '../../libs/platform/intake/postgres/postgres-intake.js';
import { openKeyStore } from '../../libs/platform/keys/key-store.js';
import { PlatformModule, type Parts } from '../../libs/platform/platform.module.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import { nestLogger } from '../../libs/platform/telemetry/nest-logger.js';
import { createMetrics } from '../../libs/platform/telemetry/metrics.js';
import { freePort } from '../../libs/testing/http/free-port.js';
import { testDatabases } from '../../libs/testing/postgres/databases.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; throws when it is not. */
  json<T = Record<string, unknown>>(): T;
}

export type Body = string | Uint8Array<ArrayBuffer>;

export interface RunningGateway {
  readonly url: string;
  readonly database: Database;
  readonly intake: PostgresIntake;
  /** For a worker beside it. */
  readonly parts: Parts;
  /** Every line logged so far. */
  readonly logs: string[];
  /** A token of a demo system. */
  token(system: string, scope?: string): Promise<string>;
  send(method: string, path: string, headers: Record<string, string>, body?: Body): Promise<Answer>;
  /** Publishes as a system with a good token. */
  post(system: string, path: string, headers: Record<string, string>, body: Body): Promise<Answer>;
  /** Sends bytes that no client library would. */
  raw(path: string, headers: readonly string[], body: Uint8Array): Promise<{ status: number; text: string }>;
  stop(): Promise<void>;
}

/** The real gateway on a loopback port, with a PostgreSQL of its own and tokens of the bundled issuer. No worker. */
export async function startGateway(settings: Record<string, string> = {}): Promise<RunningGateway> {
  const databases = await testDatabases();
  const folder = await mkdtemp(join(tmpdir(), 'hub-gateway-'));
  const config = readConfig({
    PORT: String(await freePort()),
    GRPC_PORT: '0',
    HUB_DATA: folder,
    HUB_URL: '',
    ...settings,
  });
  const logs: string[] = [];
  const logger = createLogger('trace', { write: (line: string) => void logs.push(line) });
  const database = openPool(databases.hub, 'test gateway');
  const keys = await openKeyStore({ url: databases.keys, masterKey: randomBytes(32) });
  const intake = new PostgresIntake({ database, keys, clock: systemClock, limit: config.HUB_INTAKE_LIMIT });
  const log = await openPostgresEventLog({ pool: database, wake: databases.hub });
  const parts = { config, database, keys, log, intake, clock: systemClock, logger, metrics: createMetrics() };

  const application = await NestFactory.create<NestFastifyApplication>(
    { module: GatewayModule, imports: [PlatformModule.with(parts), GrpcModule] },
    new FastifyAdapter(),
    { logger: nestLogger(logger) },
  );
  await application.listen(config.PORT, '127.0.0.1');
  const url = `http://127.0.0.1:${config.PORT}`;

  const tokens = new Map<string, Promise<string>>();
  const issue = async (system: string, scope: string): Promise<string> => {
    const authorization = `Basic ${Buffer.from(`${system}:${system}-secret`).toString('base64')}`;
    const body = new URLSearchParams({ grant_type: 'client_credentials', scope });
    const answer = await fetch(`${url}/oauth2/token`, { method: 'POST', headers: { authorization }, body });
    return ((await answer.json()) as { access_token: string }).access_token;
  };
  const token = async (system: string, scope = 'publish'): Promise<string> => {
    const name = `${system} ${scope}`;
    const known = tokens.get(name) ?? issue(system, scope);
    tokens.set(name, known);
    return known;
  };
  const send: RunningGateway['send'] = async (method, path, headers, body) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: body }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, json: <T>() => JSON.parse(text) as T };
  };

  return {
    url,
    database,
    intake,
    parts,
    logs,
    token,
    send,
    post: async (system, path, headers, body) =>
      send('POST', path, { authorization: `Bearer ${await token(system)}`, ...headers }, body),
    raw: async (path, headers, body) => rawRequest(config.PORT, path, headers, body),
    stop: async () => {
      await application.close();
      await intake.stop();
      await log.close();
      await keys.close();
      await database.end();
      await databases.drop();
      await rm(folder, { recursive: true });
    },
  };
}

async function rawRequest(
  port: number,
  path: string,
  headers: readonly string[],
  body: Uint8Array,
): Promise<{ status: number; text: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>();
  const request = httpRequest({ host: '127.0.0.1', port, path, method: 'POST', headers: [...headers] }, (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
  });
  request.on('error', reject);
  request.end(body);
  return promise;
}
