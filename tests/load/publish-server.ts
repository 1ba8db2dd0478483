import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { GatewayModule } from '../../apps/gateway/gateway.module.js';
import { GrpcModule } from '../../apps/gateway/grpc/grpc.module.js';
import { systemClock } from '../../libs/kernel/clock.js';
import { readConfig } from '../../libs/platform/config.js';
import { openPool } from '../../libs/platform/database/pool.js';
import { openPostgresEventLog } from '../../libs/platform/event-log/postgres/event-log.js';
import { PostgresIntake } from '../../libs/platform/intake/postgres/postgres-intake.js';
import { openKeyStore } from '../../libs/platform/keys/key-store.js';
import { PlatformModule } from '../../libs/platform/platform.module.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import { createMetrics } from '../../libs/platform/telemetry/metrics.js';
import { nestLogger } from '../../libs/platform/telemetry/nest-logger.js';
import { freePort } from '../../libs/testing/http/free-port.js';
import { BareModule } from './bare.module.js';

// The process under load: `gateway HUB_URL KEYS_URL`, or `bare` for the reference. Tells its parent the port, ends with it.
const [kind, hub = '', keyStore = ''] = process.argv.slice(2);
const port = await freePort();
const grpcPort = await freePort();
const application = await (kind === 'gateway' ? gateway() : bare());
await application.listen(port, '127.0.0.1');
process.on('disconnect', () => process.exit());
process.send?.({ port, grpcPort });

async function bare(): Promise<NestFastifyApplication> {
  return NestFactory.create<NestFastifyApplication>(BareModule, new FastifyAdapter(), { logger: false });
}

async function gateway(): Promise<NestFastifyApplication> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-bench-gateway-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const config = readConfig({ PORT: String(port), GRPC_PORT: String(grpcPort), HUB_DATA: folder });
  const database = openPool(hub, 'bench gateway');
  const keys = await openKeyStore({ url: keyStore, masterKey: randomBytes(32) });
  // Its log goes where nobody reads it, but it is written, as in production.
  const logger = createLogger('info', { write: () => undefined });
  const intake = new PostgresIntake({ database, keys, clock: systemClock, limit: 10_000_000 });
  const log = await openPostgresEventLog({ pool: database, wake: hub });
  const parts = { config, database, keys, log, intake, clock: systemClock, logger, metrics: createMetrics() };
  return NestFactory.create<NestFastifyApplication>(
    { module: GatewayModule, imports: [PlatformModule.with(parts), GrpcModule] },
    new FastifyAdapter(),
    { logger: nestLogger(logger) },
  );
}
