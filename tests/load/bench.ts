import { parseArgs } from 'node:util';
import { startBenchServer } from './bench-server.js';
import { benchmarks } from './benchmarks.js';
import { writeTable } from './table.js';
import type { Measurement } from './measurement.js';

// npm run bench -- [names] [--write]: one JSON line per measurement; --write keeps them in docs/benchmarks.md.
const { values, positionals } = parseArgs({ allowPositionals: true, options: { write: { type: 'boolean' } } });
const unknown = positionals.filter((name) => benchmarks.every((benchmark) => benchmark.name !== name));
if (unknown.length > 0) {
  const known = benchmarks.map(({ name }) => name).join(', ');
  process.stderr.write(`no benchmark is called ${unknown.join(', ')}; there are: ${known}\n`);
  process.exit(2);
}

const measured: Measurement[] = [];
const server = await startBenchServer();
try {
  for (const benchmark of benchmarks) {
    if (positionals.length > 0 && !positionals.includes(benchmark.name)) continue;
    const measurement = await benchmark.run(server);
    measured.push(measurement);
    process.stdout.write(`${JSON.stringify(measurement)}\n`);
  }
  if (values.write === true) await writeTable(benchmarks, measured, server.version);
} finally {
  await server.stop();
}
