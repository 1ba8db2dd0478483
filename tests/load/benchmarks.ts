import { append } from './append.js';
import { looks } from './looks.js';
import { pipeline } from './pipeline.js';
import { publishBatch } from './publish-batch.js';
import { publishSingle } from './publish-single.js';
import { rebuild } from './rebuild.js';
import { start } from './start.js';
import type { Benchmark } from './measurement.js';

/** Every benchmark, in the order of the table. */
export const benchmarks: readonly Benchmark[] = [publishSingle, publishBatch, append, pipeline, rebuild, looks, start];
