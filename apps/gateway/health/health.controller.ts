import { randomUUID } from 'node:crypto';
import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import type { Metrics } from '../../../libs/platform/telemetry/metrics.js';
import { HUB_DATABASE, KEY_STORE, METRICS } from '../../../libs/platform/tokens.js';

type Check = 'ok' | 'failed';

@Controller()
export class HealthController {
  constructor(
    @Inject(HUB_DATABASE) private readonly database: Database,
    @Inject(KEY_STORE) private readonly keys: KeyStore,
    @Inject(METRICS) private readonly metrics: Metrics,
  ) {}

  /** The process answers. Says nothing about anything else: restarting it mends no database. */
  @Get('health/live')
  @Header('cache-control', 'no-store')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The database answers and has this version's schema; the key store answers. */
  @Get('health/ready')
  @Header('cache-control', 'no-store')
  async ready(
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ status: string; checks: Record<string, Check> }> {
    const [database, keys] = await Promise.allSettled([
      this.database.query('select from schema_migrations, receipts limit 1'),
      this.keys.find([randomUUID()]),
    ]);
    const checks = { database: checked(database), keys: checked(keys) };
    const ready = Object.values(checks).every((check) => check === 'ok');
    if (!ready) void reply.status(503);
    return { status: ready ? 'ok' : 'unavailable', checks };
  }

  @Get('metrics')
  async scrape(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    await this.#countWaiting();
    void reply.type(this.metrics.registry.contentType);
    return this.metrics.registry.metrics();
  }

  async #countWaiting(): Promise<void> {
    const { rows } = await this.database.query<{ status: string; count: number }>(
      `select 'received' as status, count(*)::integer as count from queue
       union all
       select waits_as, count(*)::integer from receipts where waits_as in ('held', 'quarantined') group by waits_as`,
    );
    for (const status of ['received', 'held', 'quarantined']) {
      this.metrics.intakeWaiting.set({ status }, rows.find((row) => row.status === status)?.count ?? 0);
    }
  }
}

const checked = ({ status }: PromiseSettledResult<unknown>): Check => (status === 'fulfilled' ? 'ok' : 'failed');
