// Plain Node 20 and nothing installed: this file runs before there is anything to import.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** True when every package of the lock file is in `node_modules` at its version; other platforms' binaries are not missed. */
export function isInstalled(root) {
  const installed = join(root, 'node_modules', '.package-lock.json');
  // npm writes this file last, so an installation that was interrupted has none.
  if (!existsSync(installed)) return false;
  const wanted = packagesIn(join(root, 'package-lock.json'));
  const present = packagesIn(installed);
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || (path in present ? present[path].version === version : optional === true),
  );
}

/** Runs `npm ci`, its progress on stderr. Throws when npm fails. */
export function install(root) {
  process.stderr.write('Installing packages (npm ci): a minute or two, the first time only…\n');
  const { status, error } = spawnSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    // stdout belongs to the command that follows (`--json`).
    stdio: ['ignore', 2, 2],
    // npm must not run on the Node it is about to replace.
    env: { ...process.env, PATH: withoutLocalBinaries(root) },
    shell: process.platform === 'win32',
  });
  if (error) throw new Error(`npm could not be started: ${error.message}`);
  if (status !== 0) throw new Error('npm ci failed; its own message is above. Nothing was started.');
}

function packagesIn(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

function withoutLocalBinaries(root) {
  const local = resolve(root, 'node_modules', '.bin');
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => resolve(folder) !== local)
    .join(delimiter);
}
