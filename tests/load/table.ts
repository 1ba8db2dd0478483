import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import type { Benchmark, Goal, Measurement } from './measurement.js';

const FILE = join('docs', 'benchmarks.md');

/** Rewrites docs/benchmarks.md: what was measured now, and the rows of what was not as they stand. */
export async function writeTable(
  benchmarks: readonly Benchmark[],
  measured: readonly Measurement[],
  postgres: string,
): Promise<void> {
  const standing = await readRows();
  const rows = benchmarks.flatMap((benchmark) => {
    const measurement = measured.find(({ name }) => name === benchmark.name);
    const row = measurement === undefined ? standing.get(benchmark.name) : rowOf(benchmark, measurement);
    return row === undefined ? [] : [row];
  });
  const text = `# Benchmarks

Written by \`npm run bench -- --write\`. A ratio is the median of at least five rounds, each of which runs the hub and its
reference in turn; absolute figures are information, they drift with the machine. What holds a figure back, and what was
tried, stands in the decision records (\`docs/adr/\`).

Machine: ${machine(postgres)}.

|name|measured|reference|ratio|goal|beyond|what|
|-|-|-|-|-|-|-|
${rows.join('\n')}
`;
  await mkdir(dirname(FILE), { recursive: true });
  await writeFile(FILE, text);
}

function rowOf(
  { name, what, goal }: Benchmark,
  { value, unit, reference, referenceValue, ratio }: Measurement,
): string {
  const against = reference === null ? '–' : `${figure(referenceValue)} ${unit}: ${reference}`;
  const met = (limit: number): string => `${bound(goal, limit)} ${reaches(goal, limit, { value, ratio }) ? '✓' : '✗'}`;
  const cells = [
    `\`${name}\``,
    `${figure(value)} ${unit}`,
    against,
    figure(ratio),
    met(goal.goal),
    met(goal.beyond),
    what,
  ];
  return `|${cells.join('|')}|`;
}

function reaches({ of, is }: Goal, limit: number, measured: Pick<Measurement, 'value' | 'ratio'>): boolean {
  const actual = measured[of];
  return actual !== null && (is === 'at least' ? actual >= limit : actual <= limit);
}

const bound = ({ is }: Goal, limit: number): string => `${is === 'at least' ? '≥' : '≤'} ${limit}`;

function figure(value: number | null): string {
  if (value === null) return '–';
  return value >= 100 ? Math.round(value).toLocaleString('en-GB') : value.toFixed(2);
}

function machine(postgres: string): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${cpus().length} cores (${cpu?.model ?? 'unknown'}), ${memory} GB, Node ${process.versions.node}, PostgreSQL ${postgres}, fsync on, load generator on the same machine`;
}

async function readRows(): Promise<Map<string, string>> {
  const text = existsSync(FILE) ? await readFile(FILE, 'utf8') : '';
  const rows = new Map<string, string>();
  for (const line of text.split('\n')) {
    const name = /^\|`([^`]+)`\|/.exec(line)?.[1];
    if (name !== undefined) rows.set(name, line);
  }
  return rows;
}
