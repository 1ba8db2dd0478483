import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pause } from '../../../libs/platform/pause.js';
import { CommandFailed, explain } from '../command.js';
import type { Door } from './door.js';
import { importFile, type FileReport } from './import-file.js';
import { clearLeftovers } from './leftovers.js';
import { codeOf } from './open-file.js';
import type { FileSays } from './send.js';

const LOOK_MS = 500;
const AGAIN_MS = 10_000;

export interface WatchSettings {
  /** Has a folder for each system, named after it: `<system>/incoming`, and beside it `done` and `rejected`. */
  readonly folder: string;
  readonly doorOf: (system: string) => Door;
  readonly says: Omit<FileSays, 'system'>;
  /** A file is taken that has not changed for so many seconds. */
  readonly settleSeconds: number;
  readonly patienceSeconds: number;
  readonly signal: AbortSignal;
  /** Stop when nothing is left to take, rather than wait for more. */
  readonly once: boolean;
  readonly onFile: (taken: Taken) => void;
  readonly onTrouble: (system: string, why: string) => void;
}

export interface Taken {
  readonly system: string;
  readonly name: string;
  readonly to: 'done' | 'rejected';
  readonly report: FileReport;
}

/** Takes every file that is dropped, each system for itself, until the signal aborts. Files stay where they are until they are dealt with. */
export async function watchFolder(settings: WatchSettings): Promise<void> {
  const running = new Map<string, Promise<void>>();
  const { signal, folder } = settings;
  while (!signal.aborted) {
    const systems = await systemsIn(folder);
    for (const system of systems) {
      if (running.has(system)) continue;
      const drop = new DropFolder(system, settings);
      running.set(system, drop.run());
    }
    if (settings.once) break;
    await pause(LOOK_MS, signal);
  }
  await Promise.all(running.values());
}

async function systemsIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() && !entry.name.startsWith('.') ? [entry.name] : []));
  } catch (error) {
    throw new CommandFailed(`${folder} cannot be read (${codeOf(error)})`, { cause: error });
  }
}

/** A file as it was last seen: one that looks the same again has been written to its end. */
const seen = ({ size, mtimeMs, ino }: { size: number; mtimeMs: number; ino: number }): string =>
  `${ino} ${size} ${mtimeMs}`;

class DropFolder {
  readonly #looks = new Map<string, string>();
  /** In the names of its receipts: with the same name, a watcher that came second would clear away those of the first. */
  readonly #hand = randomBytes(4).toString('hex');
  /** What can be neither taken nor moved, as it was then. */
  readonly #stuck = new Map<string, string>();

  constructor(
    private readonly system: string,
    private readonly settings: WatchSettings,
  ) {}

  async run(): Promise<void> {
    const { signal, once, onTrouble } = this.settings;
    for (const name of ['incoming', 'done', 'rejected']) await mkdir(this.#path(name), { recursive: true });
    while (!signal.aborted) {
      let left: 'settling' | 'nothing' | 'trouble';
      try {
        left = await this.#look();
      } catch (error) {
        if (signal.aborted) return;
        onTrouble(this.system, explain(error));
        left = 'trouble';
      }
      if (once && left !== 'settling') return;
      await pause(left === 'trouble' ? AGAIN_MS : LOOK_MS, signal);
    }
  }

  /** Takes what has been written to its end; answers whether more is on its way. */
  async #look(): Promise<'settling' | 'nothing'> {
    let left: 'settling' | 'nothing' = 'nothing';
    const names = await readdir(this.#path('incoming'));
    await clearLeftovers(this.#path('incoming'), names);
    for (const name of names.filter((one) => !isUnfinished(one)).toSorted()) {
      if (this.settings.signal.aborted) break;
      const state = await this.#stateOf(name);
      if (state === undefined || this.#stuck.get(name) === state.look) continue;
      if (!state.settled) left = 'settling';
      else await this.#take(name, state.look);
    }
    return left;
  }

  async #stateOf(name: string): Promise<{ look: string; settled: boolean } | undefined> {
    let stat;
    try {
      stat = await lstat(this.#path('incoming', name));
    } catch (error) {
      // Another watcher has moved it.
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
    if (!stat.isFile()) return undefined;
    const look = seen(stat);
    const same = this.#looks.get(name) === look;
    this.#looks.set(name, look);
    return { look, settled: same && Date.now() - stat.mtimeMs >= this.settings.settleSeconds * 1_000 };
  }

  async #take(name: string, look: string): Promise<void> {
    const { doorOf, says, patienceSeconds } = this.settings;
    const receipts = this.#path('incoming', `.${name}.${this.#hand}.receipts.ndjson`);
    const door = doorOf(this.system);
    const report = await importFile(this.#path('incoming', name), {
      says: { ...says, system: this.system },
      door,
      way: 'publish',
      receipts,
      patienceSeconds,
    });
    // Still being written after all: it is looked at again.
    if (report.refused?.code === 'changed') return;
    const to = report.refused ? 'rejected' : 'done';
    if (await this.#move(name, look, to, report, receipts))
      this.settings.onFile({ system: this.system, name, to, report });
  }

  /** False when another watcher was first, or when it cannot be moved: then it is left alone until it changes. */
  async #move(
    name: string,
    look: string,
    to: 'done' | 'rejected',
    report: FileReport,
    receipts: string,
  ): Promise<boolean> {
    const target = `${new Date().toISOString().replaceAll(':', '')}.${name}`;
    const state = await this.#stateOf(name);
    // Replaced meanwhile: the new one is looked at for itself.
    if (state?.look !== look) {
      await rm(receipts, { force: true });
      return false;
    }
    try {
      await rename(this.#path('incoming', name), this.#path(to, target));
    } catch (error) {
      await rm(receipts, { force: true });
      if (codeOf(error) === 'ENOENT') return false;
      this.#stuck.set(name, look);
      throw error;
    }
    this.#looks.delete(name);
    await this.#beside(to, target, report, receipts);
    return true;
  }

  async #beside(to: 'done' | 'rejected', target: string, report: FileReport, receipts: string): Promise<void> {
    if (report.refused) {
      const reason = { ...report.refused, messages: report.messages, at: new Date().toISOString() };
      await writeFile(this.#path(to, `${target}.reason.json`), `${JSON.stringify(reason)}\n`, { mode: 0o600 });
    }
    try {
      await rename(receipts, this.#path(to, `${target}.receipts.ndjson`));
    } catch (error) {
      // Nothing of it went, so there is nothing to say of its rows.
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }

  #path(...names: string[]): string {
    return join(this.settings.folder, this.system, ...names);
  }
}

/** Hidden, or with an ending that programs give a file while they write it. */
function isUnfinished(name: string): boolean {
  return name.startsWith('.') || /\.(part|partial|tmp|temp|crdownload|filepart)$/i.test(name);
}
