import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface Ran {
  /** Exit code; null when it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The `hub` command line as an operator runs it. `whileRunning` sees the process and what it has said so far. */
export async function hubCommand(
  environment: NodeJS.ProcessEnv,
  words: readonly string[],
  whileRunning: (child: ChildProcess, stderr: string) => void = () => undefined,
): Promise<Ran> {
  const env = { ...process.env, NODE_OPTIONS: '', ...environment };
  const child = spawn(process.execPath, ['dist/apps/ops/hub.js', ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    whileRunning(child, stderr);
  });
  await once(child, 'close');
  return { code: child.exitCode, stdout, stderr };
}
