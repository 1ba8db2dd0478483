import { Module, type DynamicModule } from '@nestjs/common';
import type { Clock } from '../kernel/clock.js';
import type { EventLog } from '../kernel/event-log.js';
import type { IntakeQueue } from '../kernel/intake.js';
import type { KeyStore } from '../kernel/keys.js';
import type { Config } from './config.js';
import type { Database } from './database/pool.js';
import type { Logger } from './telemetry/logger.js';
import type { Metrics } from './telemetry/metrics.js';
import { CLOCK, CONFIG, EVENT_LOG, HUB_DATABASE, INTAKE, KEY_STORE, LOGGER, METRICS } from './tokens.js';

/** What touches the world, opened once per process by whoever starts it, and closed by them. */
export interface Parts {
  readonly config: Config;
  readonly database: Database;
  readonly keys: KeyStore;
  readonly log: EventLog;
  readonly intake: IntakeQueue;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

@Module({})
export class PlatformModule {
  static with(parts: Parts): DynamicModule {
    const providers = [
      { provide: CONFIG, useValue: parts.config },
      { provide: HUB_DATABASE, useValue: parts.database },
      { provide: KEY_STORE, useValue: parts.keys },
      { provide: EVENT_LOG, useValue: parts.log },
      { provide: INTAKE, useValue: parts.intake },
      { provide: CLOCK, useValue: parts.clock },
      { provide: LOGGER, useValue: parts.logger },
      { provide: METRICS, useValue: parts.metrics },
    ];
    return { module: PlatformModule, global: true, providers, exports: providers };
  }
}
