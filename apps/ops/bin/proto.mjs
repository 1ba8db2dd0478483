// The contract in proto/: lints it and generates libs/contracts/gen. With `--check` nothing is written: it fails when what is
// committed is not what would be generated, or when a partner who built on the contract as it last landed would be broken.
// `--landed` makes what there is now the contract that later versions are held against. `--in FOLDER`: another proto/.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
else generate();

function check() {
  buf('breaking', '--against', landed);
  const fresh = mkdtempSync(join(tmpdir(), 'hub-proto-'));
  try {
    generate(join(fresh, 'proto'));
    const differing = differences(committed, join(fresh, 'libs', 'contracts', 'gen'));
    if (differing.length === 0) return;
    process.stderr.write(`Generated code differs from proto/; run npm run proto:\n${differing.join('\n')}\n`);
    process.exitCode = 1;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

// `out: ../libs/contracts/gen` is resolved against `output`, which therefore stands in for proto/.
function generate(output = proto) {
  buf('generate', '--output', output);
  const image = mkdtempSync(join(tmpdir(), 'hub-image-'));
  try {
    buf('build', '--output', join(image, 'image.json'));
    const { file } = JSON.parse(readFileSync(join(image, 'image.json'), 'utf8'));
    for (const one of file.filter(({ name }) => name.startsWith('hub/'))) {
      const place = join(output, '..', 'libs', 'contracts', 'gen', one.name.replace(/\.proto$/, '.meanings.json'));
      writeFileSync(place, `${JSON.stringify(meanings(one), null, 2)}\n`);
    }
  } finally {
    rmSync(image, { recursive: true, force: true });
  }
}

// What the comments say, by full name: the generated code has them for its readers only. A path is made of field numbers of
// descriptor.proto: 4 a message, 5 an enum; in a message 2 a field, 3 a message, 4 an enum; in an enum 2 a value.
function meanings({ package: name, messageType = [], enumType = [], sourceCodeInfo }) {
  const said = new Map(
    sourceCodeInfo.location
      .filter(({ leadingComments }) => leadingComments)
      .map(({ path, leadingComments }) => [path.join(), leadingComments.trim().replaceAll(/\s*\n\s*/g, ' ')]),
  );
  const found = {};
  const keep = (full, path) => {
    if (said.has(path)) found[full] = said.get(path);
  };
  const ofEnum = (desc, parent, path) => {
    keep(`${parent}.${desc.name}`, path);
    // Values are named beside their enum in protobuf; here below it, as they are read.
    desc.value.forEach((value, at) => keep(`${parent}.${desc.name}.${value.name}`, `${path},2,${at}`));
  };
  const ofMessage = (desc, parent, path) => {
    const full = `${parent}.${desc.name}`;
    keep(full, path);
    (desc.field ?? []).forEach((field, at) => keep(`${full}.${field.name}`, `${path},2,${at}`));
    (desc.nestedType ?? []).forEach((nested, at) => ofMessage(nested, full, `${path},3,${at}`));
    (desc.enumType ?? []).forEach((nested, at) => ofEnum(nested, full, `${path},4,${at}`));
  };
  messageType.forEach((desc, at) => ofMessage(desc, name, `4,${at}`));
  enumType.forEach((desc, at) => ofEnum(desc, name, `5,${at}`));
  return found;
}

function differences(left, right) {
  const [before, after] = [contents(left), contents(right)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((file) => before.get(file) !== after.get(file))
    .sort();
}

function contents(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => /\.(ts|json)$/.test(file));
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
