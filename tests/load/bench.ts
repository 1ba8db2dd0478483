import { parseArgs } from 'node:util';
import { startBenchServer } from './bench-server.js';
import { benchmarks } from './benchmarks.js';
import { writeTable } from './table.js';
import type { Benchmark, Measurement } from './measurement.js';

// npm run bench -- [names] [--write]: one JSON line per measurement; --write keeps them in docs/benchmarks.md. The start
// of a name up to a dot asks for all that begin so.
const { values, positionals } = parseArgs({ allowPositionals: true, options: { write: { type: 'boolean' } } });
const asked = (name: string) => (benchmark: Benchmark) => `${benchmark.name}.`.startsWith(`${name}.`);
const unknown = positionals.filter((name) => !benchmarks.some(asked(name)));
if (unknown.length > 0) {
  const known = benchmarks.map(({ name }) => name).join(', ');
  process.stderr.write(`no benchmark is called ${unknown.join(', ')}; there are: ${known}\n`);
  process.exit(2);
}

const measured: Measurement[] = [];
const server = await startBenchServer();
try {
  for (const benchmark of benchmarks) {
    if (positionals.length > 0 && !positionals.some((name) => asked(name)(benchmark))) continue;
    const measurement = await benchmark.run(server);
    measured.push(measurement);
    process.stdout.write(`${JSON.stringify(measurement)}\n`);
  }
  if (values.write === true) await writeTable(benchmarks, measured, server.version);
} finally {
  await server.stop();
}
