import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../../libs/platform/config.js';
import { openParts, type OpenedParts } from '../../libs/platform/open-parts.js';
import { httpAdapter } from '../../libs/platform/problems/http-adapter.js';
import type { Logger } from '../../libs/platform/telemetry/logger.js';
import { nestLogger } from '../../libs/platform/telemetry/nest-logger.js';
import { Projections } from '../../libs/platform/projections/engine.js';
import { projected } from '../../libs/projected.js';
import { HubModule } from './hub.module.js';

export interface RunningHub {
  /** Where it answers. */
  readonly url: string;
  readonly config: Config;
  readonly parts: OpenedParts;
  /** True when no partner has ever sent a message. */
  isEmpty(): Promise<boolean>;
  /** Takes no more requests, finishes what is in hand, closes databases. */
  stop(): Promise<void>;
}

/** Opens the parts, composes the roles this instance plays, and listens. Closes everything again when any of it fails. */
export async function startHub(config: Config, logger: Logger): Promise<RunningHub> {
  const parts = await openParts(config, logger);
  try {
    // Before the first reader asks, whichever role this instance plays: what pages read must be there, if empty.
    await new Projections(parts, projected).prepare();
    const application = await NestFactory.create<NestFastifyApplication>(HubModule.with(parts), httpAdapter(logger), {
      logger: nestLogger(logger),
      abortOnError: false,
    });
    await listening(application, config);
    const { port } = application.getHttpServer().address() as AddressInfo;
    return {
      url: config.HUB_URL ?? `http://localhost:${port}`,
      config,
      parts,
      isEmpty: async () => (await parts.database.query('select from receipts limit 1')).rowCount === 0,
      stop: async () => {
        await application.close();
        await parts.close();
      },
    };
  } catch (error) {
    await parts.close();
    throw error;
  }
}

/** When a port cannot be had, what has begun ends again: otherwise the process would stay, and serve nothing. */
async function listening(application: NestFastifyApplication, { PORT, HOST }: Config): Promise<void> {
  try {
    await application.listen(PORT, HOST);
  } catch (error) {
    await application.close();
    throw error;
  }
}
