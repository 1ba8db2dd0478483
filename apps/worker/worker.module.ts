import { Inject, Injectable, Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Clock } from '../../libs/kernel/clock.js';
import type { EventLog } from '../../libs/kernel/event-log.js';
import type { IntakeQueue } from '../../libs/kernel/intake.js';
import type { KeyStore } from '../../libs/kernel/keys.js';
import type { Config } from '../../libs/platform/config.js';
import type { Database } from '../../libs/platform/database/pool.js';
import type { Logger } from '../../libs/platform/telemetry/logger.js';
import type { Metrics } from '../../libs/platform/telemetry/metrics.js';
import {
  CLOCK,
  CONFIG,
  EVENT_LOG,
  HUB_DATABASE,
  INTAKE,
  KEY_STORE,
  LOGGER,
  METRICS,
} from '../../libs/platform/tokens.js';
import { Projections } from '../../libs/platform/projections/engine.js';
import { projected } from '../../libs/projected.js';
import { loadSources } from '../../libs/sources/load-sources.js';
import { loadRulebook } from '../../libs/duties/rulebook/load-rulebook.js';
import { capabilities } from '../../libs/capabilities.js';
import { beginsAgain } from './begins-again.js';
import { runReactions } from './react/reaction.loop.js';
import { runTelling } from './tell/tell.loop.js';
import { defaultLoop, runWorker } from './worker.loop.js';

/** Translates, identifies, records and projects for as long as the application runs; on shutdown the batch in hand is finished. */
@Injectable()
class Worker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopping = new AbortController();
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(HUB_DATABASE) private readonly database: Database,
    @Inject(KEY_STORE) private readonly keys: KeyStore,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(INTAKE) private readonly intake: IntakeQueue,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(METRICS) private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    const { config, database, keys, log, intake, clock, logger, metrics } = this;
    const parts = { config, database, keys, log, intake, clock, logger, metrics };
    const watch = {
      sources: loadSources(config.HUB_SOURCES),
      expectant: !config.demonstration || config.HUB_SOURCES !== undefined,
      escalateMinutes: config.HUB_ESCALATE_MINUTES,
    };
    const projections = new Projections(parts, projected);
    const { signal } = this.stopping;
    this.running = Promise.all([
      runWorker(parts, signal, defaultLoop, watch),
      beginsAgain(logger, signal, async () => projections.run(signal)),
      beginsAgain(logger, signal, async () => runTelling(parts, signal)),
      runReactions(parts, signal, { capabilities, rules: loadRulebook(config.HUB_AREA).rules }),
    ]);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }
}

@Module({ providers: [Worker] })
export class WorkerModule {}
