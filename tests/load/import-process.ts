import { Door } from '../../apps/ops/file-drop/door.js';
import { importFile } from '../../apps/ops/file-drop/import-file.js';
import { tokenFrom } from '../../libs/testing/hub/process.js';

/** What the importer tells its parent, once a run. */
export interface Imported {
  /** Milliseconds until the last receipt was had, and until something had come of each. */
  readonly sent: number;
  readonly recorded: number;
  readonly outcomes: Readonly<Record<string, number>>;
  /** The most that was resident. */
  readonly megabytes: number;
  /** What was still in use once everything had been let go of, in megabytes. */
  readonly held: number;
}

// Imports as `hub import` does: `import-process URL FILE PATIENCE_SECONDS`; tells its parent how long it took and what it needed.
const [url = '', file = '', patience = '0'] = process.argv.slice(2);
const began = performance.now();
let sent = 0;
const { outcomes } = await importFile(file, {
  says: { system: 'social-care', observedAt: '2026-02-01T00:00:00Z' },
  door: new Door({ url, token: async () => tokenFrom(url, 'social-care') }),
  way: 'publish',
  receipts: `${file}.receipts.ndjson`,
  patienceSeconds: Number(patience),
  onProgress: (step) => {
    if (step === 'sent') sent = performance.now() - began;
  },
});
// Kilobytes, on every system Node runs on.
const megabytes = process.resourceUsage().maxRSS / 1_024;
globalThis.gc?.();
const told: Imported = {
  sent,
  recorded: performance.now() - began,
  outcomes,
  megabytes,
  held: process.memoryUsage().heapUsed / 1_048_576,
};
process.send?.(told);
process.disconnect();
