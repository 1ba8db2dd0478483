// Sources to `dist/`, file by file and each replaced in one step: two commands may build at once, and a running hub never
// meets half a file. Written here because the SWC command line copies what it was told to ignore.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

const SOURCES = ['apps', 'libs', 'tests'];
const LEFT_OUT = [/\.spec\.ts$/, /\.d\.ts$/, /\.md$/, /\.mjs$/, /(^|[\\/])\.[^\\/]*$/];
const CONFIGURATION = ['.swcrc', 'package-lock.json', join('apps', 'ops', 'bin', 'build.mjs')];

/** Builds what changed. Answers the number of files written; 0 when `dist/` is up to date. */
export async function build(root) {
  const sources = await sourcesUnder(root);
  const fingerprint = await fingerprintOf(root, [...sources, ...CONFIGURATION]);
  const stamp = join(root, 'dist', '.built');
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === fingerprint) return 0;

  const { transformFile } = await import('@swc/core');
  const outputs = (await Promise.all(sources.map((source) => compiled(root, source, transformFile)))).flat();
  const written = await Promise.all(outputs.map(({ path, content }) => replace(join(root, 'dist', path), content)));
  await removeOthers(join(root, 'dist'), new Set(outputs.map(({ path }) => path)));
  await replace(stamp, fingerprint);
  return written.filter(Boolean).length;
}

async function sourcesUnder(root) {
  const folders = SOURCES.filter((folder) => existsSync(join(root, folder)));
  const files = await Promise.all(folders.map((folder) => filesUnder(join(root, folder))));
  return files
    .flat()
    .map((file) => relative(root, file))
    .filter((file) => !LEFT_OUT.some((pattern) => pattern.test(file)));
}

async function filesUnder(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function fingerprintOf(root, files) {
  const hash = createHash('sha256');
  const facts = await Promise.all(
    files.map(async (file) => {
      const { size, mtimeMs } = await stat(join(root, file));
      return `${file} ${size} ${mtimeMs}`;
    }),
  );
  return hash.update(facts.sort().join('\n')).digest('hex');
}

async function compiled(root, source, transformFile) {
  if (!source.endsWith('.ts')) return [{ path: source, content: await readFile(join(root, source)) }];
  const path = source.replace(/\.ts$/, '.js');
  const sourceFileName = relative(dirname(join(root, 'dist', path)), join(root, source))
    .split(sep)
    .join('/');
  const { code, map } = await transformFile(join(root, source), { cwd: root, sourceFileName });
  const name = path.split(sep).at(-1);
  return [
    { path, content: Buffer.from(`${code}//# sourceMappingURL=${name}.map\n`) },
    { path: `${path}.map`, content: Buffer.from(map) },
  ];
}

async function replace(path, content) {
  if (existsSync(path) && (await readFile(path)).equals(Buffer.from(content))) return false;
  await mkdir(dirname(path), { recursive: true });
  const fresh = `${path}.${process.pid}`;
  await writeFile(fresh, content);
  await rename(fresh, path);
  return true;
}

async function removeOthers(dist, expected) {
  const present = (await filesUnder(dist)).map((file) => relative(dist, file));
  const stale = present.filter((file) => file !== '.built' && !expected.has(file) && !/\.\d+$/.test(file));
  await Promise.all(stale.map((file) => rm(join(dist, file), { force: true })));
}
