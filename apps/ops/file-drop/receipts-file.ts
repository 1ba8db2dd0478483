import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { CommandFailed } from '../command.js';
import { codeOf } from './open-file.js';

/** A file of JSON lines that is written in one go and has its name only when it is whole. */
export class LinesFile {
  private constructor(
    private readonly stream: WriteStream,
    readonly path: string,
    private readonly target: string,
  ) {}

  /** Throws `CommandFailed` when it cannot be written there. */
  static async open(target: string): Promise<LinesFile> {
    const path = `${target}.${process.pid}.part`;
    const stream = createWriteStream(path, { mode: 0o600 });
    try {
      await once(stream, 'open');
    } catch (error) {
      throw new CommandFailed(`${target} cannot be written (${codeOf(error)}): say --receipts FOLDER`, {
        cause: error,
      });
    }
    return new LinesFile(stream, path, target);
  }

  async add(lines: readonly object[]): Promise<void> {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    if (!this.stream.write(text)) await once(this.stream, 'drain');
  }

  async finish(): Promise<void> {
    this.stream.end();
    await finished(this.stream);
    await rename(this.path, this.target);
  }

  async discard(): Promise<void> {
    this.stream.destroy();
    await rm(this.path, { force: true });
  }
}

/** Lines that are read once after they were written, on disk so that a million need no memory; gone afterwards. */
export async function withSpool<T>(work: (spool: Spool) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-import-'));
  try {
    const path = join(folder, 'sent');
    const stream = createWriteStream(path, { mode: 0o600 });
    // Work that fails at once would otherwise take the folder away before its file was there, which ends the process.
    await once(stream, 'open');
    try {
      return await work(new Spool(path, stream));
    } finally {
      stream.destroy();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export class Spool {
  readonly #stream: WriteStream;

  constructor(
    private readonly path: string,
    stream: WriteStream,
  ) {
    this.#stream = stream;
  }

  async add(lines: readonly object[]): Promise<void> {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    if (!this.#stream.write(text)) await once(this.#stream, 'drain');
  }

  async *lines<T>(): AsyncGenerator<T> {
    this.#stream.end();
    await finished(this.#stream);
    for await (const line of createInterface({ input: createReadStream(this.path) })) yield JSON.parse(line) as T;
  }
}
