import type { Clock } from '../../../libs/kernel/clock.js';
import type { AuditChain } from '../../../libs/platform/audit/chain.js';
import type { LookOutcome } from '../../../libs/platform/audit/look.js';
import type { Metrics } from '../../../libs/platform/telemetry/metrics.js';
import type { Looker } from './looker.js';

export interface LookedAt {
  /** The operation, e.g. `timeline.read`. */
  readonly what: string;
  readonly child?: string;
  readonly outcome: LookOutcome;
  readonly details: Readonly<Record<string, unknown>>;
  /** Event ids of the entries whose content was shown. */
  readonly shown?: readonly string[];
}

/** Writes every look down before its answer leaves. */
export class Looks {
  constructor(
    private readonly chain: AuditChain,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /** Resolves once committed. Throws `LookNotRecorded`: then nothing may be shown. */
  async record({ viewer, purpose, correlationId }: Looker, looked: LookedAt): Promise<void> {
    const at = new Date(this.clock.now()).toISOString();
    const { who, agency, roles } = viewer;
    await this.chain.record({ at, who, agency, roles, purpose, correlationId, ...looked });
    this.metrics.looks.inc({ what: looked.what, outcome: looked.outcome });
  }
}
