import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Prometheus metrics, by name. Labels are codes and systems: never a child, a record or a message id. */
export interface Metrics {
  readonly registry: Registry;
  readonly messagesKept: Counter<'system' | 'outcome'>;
  readonly partsTranslated: Counter<'system' | 'outcome' | 'reason'>;
  readonly heldDestroyed: Counter<'system'>;
  readonly eventsRecorded: Counter<'agency' | 'kind'>;
  readonly projectionLag: Gauge<'projection'>;
  readonly projectionParked: Gauge<'projection'>;
  readonly intakeWaiting: Gauge<'status'>;
  readonly sourceSilent: Gauge<'system' | 'format'>;
  readonly urgentEscalated: Counter<'system'>;
  readonly looks: Counter<'what' | 'outcome'>;
  readonly stageSeconds: Histogram<'stage'>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    messagesKept: new Counter({
      name: 'hub_messages_kept_total',
      help: 'Messages by door outcome',
      labelNames: ['system', 'outcome'],
      registers,
    }),
    partsTranslated: new Counter({
      name: 'hub_parts_translated_total',
      help: 'Parts of messages by translation outcome and reason',
      labelNames: ['system', 'outcome', 'reason'],
      registers,
    }),
    heldDestroyed: new Counter({
      name: 'hub_held_messages_destroyed_total',
      help: 'Messages destroyed after they were held too long for want of a known child',
      labelNames: ['system'],
      registers,
    }),
    eventsRecorded: new Counter({
      name: 'hub_events_recorded_total',
      help: 'Events by kind: new, superseding, historic, withdrawn',
      labelNames: ['agency', 'kind'],
      registers,
    }),
    projectionLag: new Gauge({
      name: 'hub_projection_lag_events',
      help: 'Events a projection has still to read',
      labelNames: ['projection'],
      registers,
    }),
    projectionParked: new Gauge({
      name: 'hub_projection_parked_events',
      help: 'Events a projection could not turn into rows',
      labelNames: ['projection'],
      registers,
    }),
    intakeWaiting: new Gauge({
      name: 'hub_intake_messages',
      help: 'Kept messages not yet closed, by status',
      labelNames: ['status'],
      registers,
    }),
    sourceSilent: new Gauge({
      name: 'hub_source_silent',
      help: '1 while a source, or a format of its, is silent beyond its cadence',
      labelNames: ['system', 'format'],
      registers,
    }),
    urgentEscalated: new Counter({
      name: 'hub_urgent_messages_escalated_total',
      help: 'Messages that may report a missing child, could not be recorded, and nobody took in time',
      labelNames: ['system'],
      registers,
    }),
    looks: new Counter({
      name: 'hub_looks_total',
      help: 'Reads of a child, by operation and outcome',
      labelNames: ['what', 'outcome'],
      registers,
    }),
    stageSeconds: new Histogram({
      name: 'hub_stage_seconds',
      help: 'Time of one batch in a stage',
      labelNames: ['stage'],
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    }),
  };
}
