import { userInfo } from 'node:os';
import cliProgress from 'cli-progress';
import { ConfigError, readConfig, type Config } from '../../libs/platform/config.js';
import { openParts, type OpenedParts } from '../../libs/platform/open-parts.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';

/** A command could not do what was asked; `message` is for the operator. Exit code 2. */
export class CommandFailed extends Error {}

export interface Output {
  readonly json: boolean;
}

/** Prints an answer: JSON for programs, lines for people. */
export function print(output: Output, answer: object, lines: () => string | readonly string[]): void {
  const text = output.json ? JSON.stringify(answer) : [lines()].flat().join('\n');
  process.stdout.write(`${text}\n`);
}

/** Opens the hub's parts for one command, and closes them whatever comes of it. */
export async function withParts<T>(work: (parts: OpenedParts) => Promise<T>): Promise<T> {
  const parts = await openParts(settings(), createLogger('error'));
  try {
    return await work(parts);
  } finally {
    await parts.close();
  }
}

export function settings(): Config {
  return readConfig(process.env);
}

/** Who acts, for the record: the operating system's user. */
export function operator(): string {
  return `operator:${userInfo().username}`;
}

/** Shows progress of long work on the terminal's error channel, so that the answer stays clean. */
export function progressBar(output: Output, what: string): { update(done: number, total: number): void; stop(): void } {
  if (output.json || !process.stderr.isTTY) {
    let shown = -1;
    return {
      update: (done, total) => {
        const tenth = total === 0 ? 10 : Math.floor((done / total) * 10);
        if (tenth !== shown && !output.json) process.stderr.write(`${what}: ${done} of ${total}\n`);
        shown = tenth;
      },
      stop: () => undefined,
    };
  }
  const bar = new cliProgress.SingleBar({
    format: `${what} {bar} {value}/{total} | {duration_formatted}`,
    stream: process.stderr,
  });
  let started = false;
  return {
    update: (done, total) => {
      if (!started) bar.start(total, done);
      started = true;
      bar.setTotal(total);
      bar.update(done);
    },
    stop: () => {
      if (started) bar.stop();
    },
  };
}

/** Turns whatever a command threw into a sentence and exit code 2. */
export function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof CommandFailed) return error.message;
  if (error instanceof Error && 'code' in error) return `${error.message} (${String(error.code)})`;
  return error instanceof Error ? error.message : String(error);
}
