// The contract in proto/: lints it and generates libs/contracts/gen. With `--check` nothing is written: it fails when what is
// committed is not what would be generated, or when a partner who built on the contract as it last landed would be broken.
// `--landed` makes what there is now the contract that later versions are held against. `--in FOLDER`: another proto/.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const landed = join(root, 'proto', 'landed.binpb');
const elsewhere = process.argv.indexOf('--in');
const proto = elsewhere === -1 ? join(root, 'proto') : process.argv[elsewhere + 1];
const committed = join(root, 'libs', 'contracts', 'gen');

buf('lint');
if (process.argv.includes('--check')) check();
else if (process.argv.includes('--landed')) buf('build', '--exclude-source-info', '--output', landed);
else buf('generate');

function check() {
  buf('breaking', '--against', landed);
  const fresh = mkdtempSync(join(tmpdir(), 'hub-proto-'));
  try {
    // `out: ../libs/contracts/gen` is resolved against --output, which therefore stands in for proto/.
    buf('generate', '--output', join(fresh, 'proto'));
    const differing = differences(committed, join(fresh, 'libs', 'contracts', 'gen'));
    if (differing.length === 0) return;
    process.stderr.write(`Generated code differs from proto/; run npm run proto:\n${differing.join('\n')}\n`);
    process.exitCode = 1;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function differences(left, right) {
  const [before, after] = [contents(left), contents(right)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((file) => before.get(file) !== after.get(file))
    .sort();
}

function contents(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.ts'));
  return new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

function buf(...args) {
  // buf looks for its generator, protoc-gen-es, on the PATH.
  const PATH = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const options = {
    cwd: proto,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, PATH },
    shell: process.platform === 'win32',
  };
  const { status, error } = spawnSync('buf', args, options);
  if (error) throw error;
  if (status !== 0) process.exit(1);
}
