import { append } from './append.js';
import { duties } from './duties.js';
import { freshness } from './freshness.js';
import { growth } from './growth.js';
import { imports } from './import.js';
import { looks } from './looks.js';
import { memory } from './memory.js';
import { notKnown } from './not-known.js';
import { pipeline } from './pipeline.js';
import { publishBatch } from './publish-batch.js';
import { publishGrpc } from './publish-grpc.js';
import { publishSingle } from './publish-single.js';
import { rebuild } from './rebuild.js';
import { start } from './start.js';
import { timelineRead, timelineReadP99 } from './timeline-read.js';
import { today } from './today.js';
import { urgent } from './urgent.js';
import { webhooks } from './webhooks.js';
import type { Benchmark } from './measurement.js';

/** Every benchmark, in the order of the table. Those of growth last: they let the log grow that others share. */
export const benchmarks: readonly Benchmark[] = [
  publishSingle,
  publishBatch,
  publishGrpc,
  append,
  pipeline,
  ...imports,
  rebuild,
  looks,
  start,
  ...freshness,
  ...duties,
  ...urgent,
  ...today,
  webhooks,
  timelineRead,
  timelineReadP99,
  memory,
  ...notKnown,
  ...growth,
];
