import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The hub as `npm start` runs it: its own process, embedded PostgreSQL under `data`, real doors. */
export interface HubProcess {
  readonly url: string;
  /** Everything it printed so far. */
  output(): string;
  /** kill -9: nothing is finished, nothing is said. */
  kill(): Promise<void>;
  /** Stands still as it is, whatever it holds, until it is thawed or killed. */
  freeze(): void;
  thaw(): void;
  /** Ctrl-C; resolves to the exit code. */
  stop(): Promise<number | null>;
}

const READY_WITHIN_MS = 120_000;
const main = 'dist/apps/hub/main.js';

/** Starts a hub on a port and resolves when it is ready. Rejects with what it printed when it exits or takes too long. */
export async function startHubProcess(
  data: string,
  port: number,
  environment: NodeJS.ProcessEnv = {},
): Promise<HubProcess> {
  if (!existsSync(main)) throw new Error('there is no built hub to start: npm run build');
  const child = spawn(process.execPath, ['--enable-source-maps', main], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      HUB_DATA: data,
      PORT: String(port),
      // Hubs of several tests run side by side.
      GRPC_PORT: '0',
      LOG_LEVEL: 'warn',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const url = `http://localhost:${port}`;
  const until = Date.now() + READY_WITHIN_MS;
  while (!(await isReady(url))) {
    if (hasEnded(child)) throw new Error(`the hub ended with ${child.exitCode ?? child.signalCode}:\n${output}`);
    if (Date.now() > until) {
      child.kill('SIGKILL');
      throw new Error(`the hub was not ready in time:\n${output}`);
    }
    await sleep(50);
  }
  return {
    url,
    output: () => output,
    kill: async () => {
      await end(child, 'SIGKILL');
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    stop: async () => end(child, 'SIGINT'),
  };
}

/** The postmaster's process id, of the server under a hub's data folder. */
export async function postgresPid(data: string): Promise<number> {
  return Number((await readFile(join(data, 'postgres', 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

/** A token of a demonstration system, as a partner asks for it. */
export async function tokenFrom(url: string, system: string, scope: 'publish' | 'read' = 'publish'): Promise<string> {
  const response = await fetch(`${url}/oauth2/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${system}:${system}-secret`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: `grant_type=client_credentials&scope=${scope}`,
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  return token;
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/ready`)).ok;
  } catch {
    // Not listening yet.
    return false;
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (hasEnded(child)) return child.exitCode;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
  return child.exitCode;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
