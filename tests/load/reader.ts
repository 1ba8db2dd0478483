import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { QueryBus } from '@nestjs/cqrs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { PortalModule } from '../../apps/portal/portal.module.js';
import { ReadTimeline, type TimelinePage } from '../../apps/portal/timeline/read-timeline.query.js';
import { systemClock } from '../../libs/kernel/clock.js';
import { readConfig } from '../../libs/platform/config.js';
import { PostgresIntake } from '../../libs/platform/intake/postgres/postgres-intake.js';
import { PlatformModule, type Parts } from '../../libs/platform/platform.module.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import { createMetrics } from '../../libs/platform/telemetry/metrics.js';
import type { GrownHub } from './grown-hub.js';

/** Reads timelines as the portal's doors have it done, behind them: disclosure and audit included, HTTP and sign-in not. */
export interface Reader {
  /** The newest page, as the named case manager; rejects unless it is full. */
  read(child: string): Promise<TimelinePage>;
  close(): Promise<void>;
}

@Module({})
class Composition {}

/** What the portal's modules need of a hub; `intake.stop` when they are done. */
export function openParts({ database, keys, log }: GrownHub): Parts & { readonly intake: PostgresIntake } {
  const config = readConfig({ LOG_LEVEL: 'silent' });
  const intake = new PostgresIntake({ database, keys, clock: systemClock, limit: config.HUB_INTAKE_LIMIT });
  const logger = createLogger('silent');
  return { config, database, keys, log, intake, clock: systemClock, logger, metrics: createMetrics() };
}

export async function openReader(hub: GrownHub): Promise<Reader> {
  const parts = openParts(hub);
  const application = await NestFactory.create<NestFastifyApplication>(
    { module: Composition, imports: [PlatformModule.with(parts), PortalModule] },
    new FastifyAdapter(),
    { logger: false, abortOnError: false },
  );
  await application.init();
  const queries = application.get(QueryBus, { strict: false });
  const viewer = { who: 'casey.manager', agency: 'yos', roles: ['case-manager'] };
  return {
    read: async (child) => {
      const looker = { viewer, purpose: 'case-management', correlationId: randomUUID() } as const;
      const page = await queries.execute<ReadTimeline, TimelinePage>(new ReadTimeline(looker, child, {}));
      if (page.entries.length < 100) throw new Error(`a page of ${page.entries.length} entries`);
      return page;
    },
    close: async () => {
      await application.close();
      await parts.intake.stop();
    },
  };
}
