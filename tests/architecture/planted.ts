import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Relative path → source text. */
export type Tree = Readonly<Record<string, string>>;

/** The checkout these tests run in. */
export const house = process.cwd();

/** A tree of the same shape as ours, with our configuration and packages, outside the checkout; gone when `use` is done. */
export async function planted<T>(tree: Tree, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-planted-'));
  try {
    for (const [path, source] of Object.entries(tree)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), source);
    }
    for (const file of ['tsconfig.json', 'package.json', 'eslint.config.mjs', '.dependency-cruiser.mjs']) {
      await copyFile(join(house, file), join(folder, file));
    }
    await symlink(join(house, 'node_modules'), join(folder, 'node_modules'), 'dir');
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a tool of ours prints, run in `folder`. A tool that finds violations ends with a code of its own: that is no failure here. */
export async function run(folder: string, program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [join(house, 'node_modules', program), ...args], options, (error, stdout, stderr) => {
      if (stdout === '') reject(new Error(`${program} said nothing: ${stderr}`, { cause: error }));
      else resolve(stdout);
    });
  });
}
