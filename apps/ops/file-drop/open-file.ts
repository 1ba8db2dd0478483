import { constants, type FileHandle, open } from 'node:fs/promises';
import type { Readable } from '../../../libs/files/piece.js';
import { FileRefused } from '../../../libs/files/refusal.js';

const CHUNK = 64 * 1_024;

export interface OpenFile extends Readable {
  readonly handle: FileHandle;
  /** True while it is as long and as old as when it was opened. */
  unchanged(): Promise<boolean>;
  close(): Promise<void>;
}

/** Opens an ordinary file: no link, no device. Throws `FileRefused`. */
export async function openFile(path: string): Promise<OpenFile> {
  let handle: FileHandle;
  try {
    handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    throw new FileRefused('unreadable', `the file cannot be opened (${codeOf(error)})`);
  }
  const { size, mtimeMs } = await handle.stat();
  if (!(await handle.stat()).isFile()) {
    await handle.close();
    throw new FileRefused('unreadable', 'it is not an ordinary file');
  }
  return {
    handle,
    size,
    read: () => chunksOf(handle),
    unchanged: async () => {
      const now = await handle.stat();
      return now.size === size && now.mtimeMs === mtimeMs;
    },
    close: async () => handle.close(),
  };
}

/** From the beginning, whoever else reads it meanwhile. */
async function* chunksOf(handle: FileHandle): AsyncGenerator<Buffer> {
  for (let at = 0; ;) {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, at);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
