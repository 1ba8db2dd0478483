import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Ends what is left of a killed server: backends whose postmaster is gone, at work in this data folder. They end by
 * themselves within a moment, as a rule; one that dies while another holds a lock it needs waits for it for ever (seen
 * with PostgreSQL 18), and its hold on the shared memory keeps every new server from starting. Nothing is lost with them:
 * what they had not committed is rolled back by recovery. Linux only, where /proc tells; elsewhere it finds nothing.
 * Answers how many it ended.
 */
export async function endOrphans(data: string): Promise<number> {
  const there = (await processes()).filter(({ folder }) => folder === data);
  const alive = new Set(there.map(({ pid }) => pid));
  const orphans = there.filter(({ title, parent }) => title.startsWith('postgres: ') && !alive.has(parent));
  for (const { pid } of orphans) end(pid);
  return orphans.length;
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Its working folder: for PostgreSQL, the data folder. */
  readonly folder: string;
  /** What `ps` shows: PostgreSQL calls its backends `postgres: …`, and the postmaster by its command. */
  readonly title: string;
}

async function processes(): Promise<Process[]> {
  const pids = (await readdir('/proc').catch(none)).filter((name) => /^\d+$/.test(name));
  return (await Promise.all(pids.map(read))).flatMap((found) => found ?? []);
}

// Undefined when it has ended meanwhile, or is not ours to look at.
async function read(pid: string): Promise<Process | undefined> {
  try {
    const folder = await readlink(join('/proc', pid, 'cwd'));
    const title = await readFile(join('/proc', pid, 'cmdline'), 'utf8');
    const status = await readFile(join('/proc', pid, 'status'), 'utf8');
    return { pid: Number(pid), parent: Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]), folder, title };
  } catch {
    return undefined;
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It may have ended by itself.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function none(): string[] {
  return [];
}
