// What `npm start`, `npm test` and `npm run hub` do first: install what is missing, build what changed. Silent when there is
// nothing to do, and never on stdout. Runs on any Node from 20; what it installs includes the Node the hub runs on.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, isInstalled } from './install.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
try {
  if (!isInstalled(root)) install(root);
  const { build } = await import('./build.mjs');
  const started = performance.now();
  const written = await build(root);
  if (written > 0) {
    process.stderr.write(`Built ${written} files in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
