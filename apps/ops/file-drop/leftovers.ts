import { lstat, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './open-file.js';

// No import is that long without writing a row.
const OLD_MS = 86_400_000;
/** The receipts of a file that a watcher has in hand: `.NAME.HAND.receipts.ndjson`, and `.PID.part` while they are written. */
const OURS = /^\..+\.[0-9a-f]{8}\.receipts\.ndjson(\.\d+\.part)?$/;

/** Clears away what watchers that were killed had begun to write, a day after they last did. `names`: of what is in the folder. */
export async function clearLeftovers(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names.filter((one) => OURS.test(one))) {
    try {
      const stat = await lstat(join(folder, name));
      if (stat.isFile() && Date.now() - stat.mtimeMs > OLD_MS) await rm(join(folder, name), { force: true });
    } catch (error) {
      // Another watcher was first.
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }
}
