// Every suite, in two runs: those that share the machine, then those that start whole hubs and browsers, one at a time.
// `npm test -- WHAT` narrows by path; `--projects a b` by project; `--long` asks the fault suite for its full count of kills,
// and for what is too long for every run (`*.long.spec.ts`).
// Each run leaves Jest's own JSON in .ci/results/, which .ci/run counts.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const results = join(root, '.ci', 'results');
const runs = [
  { name: 'together', projects: ['unit', 'contract', 'architecture', 'published'], workers: [] },
  { name: 'alone', projects: ['acceptance', 'faults'], workers: ['--runInBand', '--forceExit'] },
];

const { projects, long, rest } = parsed(process.argv.slice(2));
const wanted = runs
  .map((run) => ({
    ...run,
    projects: run.projects.filter((project) => projects.length === 0 || projects.includes(project)),
  }))
  .filter((run) => run.projects.length > 0);

mkdirSync(results, { recursive: true });
const statuses = wanted.map((run) => {
  const output = join(results, `jest-${run.name}.json`);
  rmSync(output, { force: true });
  const jest = [
    ...[
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      fileURLToPath(import.meta.resolve('jest/bin/jest')),
    ],
    ...['--json', '--outputFile', output, '--selectProjects', ...run.projects],
    ...run.workers,
    ...(long
      ? []
      : ['--testPathIgnorePatterns=/node_modules/', String.raw`--testPathIgnorePatterns=\.long\.spec\.ts$`]),
    // A narrowed run may have nothing to do in one of the two; a whole one may not.
    ...(rest.length > 0 ? ['--passWithNoTests', ...rest] : []),
  ];
  const env = { ...process.env, ...(long ? { HUB_FAULT_KILLS: process.env['HUB_FAULT_KILLS'] ?? '50' } : {}) };
  return spawnSync(process.execPath, jest, { cwd: root, stdio: ['inherit', 2, 2], env }).status;
});
process.exitCode = statuses.every((status) => status === 0) ? 0 : 1;

function parsed(args) {
  const known = new Set(runs.flatMap((run) => run.projects));
  const at = args.indexOf('--projects');
  const named =
    at < 0
      ? []
      : args.slice(at + 1).filter((word, index, words) => words.slice(0, index + 1).every((w) => known.has(w)));
  const others = args.filter((_, index) => at < 0 || index < at || index > at + named.length);
  return { projects: named, long: others.includes('--long'), rest: others.filter((word) => word !== '--long') };
}
