import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Try } from './event-log-writer.js';

type Line = { readonly tried: Try } | { readonly acknowledged: readonly string[]; readonly position: string };

/** What all writers of a test ever tried, and what each was told. */
export class Journal {
  readonly tried = new Map<string, Try>();
  /** Position of the append's last event, by its first id. */
  readonly acknowledged = new Map<string, bigint>();

  get unheard(): Try[] {
    return [...this.tried.values()].filter(({ ids }) => !this.acknowledged.has(ids[0]!));
  }

  hear(line: Line): void {
    if ('tried' in line) this.tried.set(line.tried.ids[0]!, line.tried);
    else this.acknowledged.set(line.acknowledged[0]!, BigInt(line.position));
  }
}

export interface WriterProcess {
  readonly process: ChildProcess;
  /** Resolves when that many more appends were acknowledged. Rejects when the writer ends before. */
  acknowledges(count: number): Promise<void>;
  /** Resolves when the process is gone and its last line was heard. */
  ended(): Promise<void>;
}

/** Starts tests/faults/event-log-writer.ts from source; it first sends again what no writer heard about. */
export async function startWriter(url: string, journal: Journal): Promise<WriterProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-unheard-'));
  const unheard = join(folder, 'unheard.json');
  await writeFile(unheard, JSON.stringify(journal.unheard));
  const program = ['--import', './libs/testing/from-source.mjs', './tests/faults/event-log-writer.ts', url, unheard];
  const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'pipe'] });
  const complaints: string[] = [];
  child.stderr.on('data', (text: Buffer) => complaints.push(text.toString()));
  const lines = createInterface({ input: child.stdout });
  let wanted = 0;
  let reached = Promise.withResolvers<undefined>();
  lines.on('line', (text) => {
    // Killed in the middle of a line: it was not said.
    if (!text.endsWith('}')) return;
    const line = JSON.parse(text) as Line;
    journal.hear(line);
    if ('acknowledged' in line && (wanted -= 1) === 0) reached.resolve(undefined);
  });
  const gone = Promise.all([once(child, 'close'), once(lines, 'close')]).then(async () => {
    reached.reject(new Error(`the writer ended: ${complaints.join('')}`));
    await rm(folder, { recursive: true });
  });
  return {
    process: child,
    acknowledges: async (count) => {
      wanted = count;
      reached = Promise.withResolvers<undefined>();
      await reached.promise;
    },
    ended: async () => gone,
  };
}
