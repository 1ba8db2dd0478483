import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { fromBufferPromise, fromFdPromise, type Entry, type ZipFile } from 'yauzl';
import type { Readable } from './piece.js';
import { kindOf } from './pieces.js';
import { FileRefused } from './refusal.js';

const MOST_ENTRIES = 1_000;
const MOST_BYTES = 4 * 1_073_741_824;
// Text rarely shrinks to less than a thirtieth; a bomb is a thousandth.
const MOST_TIMES = 100;
const SMALL = 1_048_576;

/** An archive: in memory, or an open file. */
export type Packed = Buffer | { readonly size: number; readonly handle: { readonly fd: number } };

/** A file in an archive. Its name is for people to read and never a path. */
export interface Entered extends Readable {
  readonly entry: number;
  readonly name: string;
  readonly sha256: string;
}

/**
 * The files in an archive, each read to its end and found whole before any is handed out: nothing of an archive that is
 * damaged or hostile goes to the hub. `mostBytes`: of all its files together, unpacked. Throws `FileRefused`.
 */
export async function filesIn(archive: Packed, mostBytes = MOST_BYTES): Promise<readonly Entered[]> {
  const zip = await opened(archive);
  const entries = await listed(zip);
  const total = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  const packed = entries.reduce((sum, { compressedSize }) => sum + compressedSize, 0);
  if (total > mostBytes) throw new FileRefused('too-large', `the archive holds more than ${mostBytes} bytes`);
  // More than the whole archive: entries share their bytes.
  if (packed > ('handle' in archive ? archive.size : archive.length))
    throw new FileRefused('bomb', 'files in the archive overlap');
  const found: Entered[] = [];
  for (const [at, entry] of entries.entries()) {
    if (entry.fileName.endsWith('/')) continue;
    const place = `entry ${at + 1}`;
    const readable = await readableIn(zip, entry, place);
    const sha256 = await whole(readable, entry, place);
    if ((await kindOf(readable)) === 'zip')
      throw new FileRefused('nested', 'an archive in an archive is not opened', place);
    found.push({ ...readable, entry: at + 1, name: entry.fileName, sha256 });
  }
  if (found.length === 0) throw new FileRefused('empty', 'there is no file in the archive');
  return found;
}

async function opened(archive: Packed): Promise<ZipFile> {
  const options = { autoClose: false, lazyEntries: true, strictFileNames: true };
  try {
    return await ('handle' in archive
      ? fromFdPromise(archive.handle.fd, options)
      : fromBufferPromise(archive, options));
  } catch (error) {
    throw damaged(error);
  }
}

async function listed(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > MOST_ENTRIES) throw new FileRefused('too-many', `an archive has at most ${MOST_ENTRIES} files`);
  const entries: Entry[] = [];
  try {
    // A name that leads elsewhere (`../`, an absolute path, a backslash) ends this.
    for await (const entry of zip.eachEntry()) entries.push(entry);
  } catch (error) {
    throw damaged(error);
  }
  return entries;
}

async function readableIn(zip: ZipFile, entry: Entry, place: string): Promise<Readable> {
  const { uncompressedSize: size, compressedSize } = entry;
  if (entry.isEncrypted()) throw new FileRefused('encrypted', 'the archive is encrypted', place);
  if (!entry.canDecodeFileData())
    throw new FileRefused('not-deflate', 'the archive is packed in an unusual way', place);
  if (size > SMALL && size > compressedSize * MOST_TIMES) {
    throw new FileRefused('bomb', `a file in the archive unpacks to more than ${MOST_TIMES} times its size`, place);
  }
  return {
    size,
    read: async function* () {
      const stream = await zip.openReadStreamPromise(entry);
      try {
        for await (const chunk of stream) yield chunk as Buffer;
      } finally {
        stream.destroy();
      }
    },
  };
}

/** Reads it to its end, which checks that it is as long as it says; answers its SHA-256, in hex. */
async function whole(file: Readable, { crc32: expected }: Entry, place: string): Promise<string> {
  const hash = createHash('sha256');
  let checksum = 0;
  try {
    for await (const chunk of file.read()) {
      hash.update(chunk);
      checksum = crc32(chunk, checksum);
    }
  } catch (error) {
    throw damaged(error, place);
  }
  if (checksum !== expected) throw new FileRefused('damaged', 'a file in the archive is damaged', place);
  return hash.digest('hex');
}

// What yauzl says may quote a name.
function damaged(error: unknown, place?: string): FileRefused {
  const name = error instanceof Error && /absolute path|invalid relative path|invalid characters/.test(error.message);
  return name
    ? new FileRefused('hostile-name', 'a file in the archive has a name that leads out of it', place)
    : new FileRefused('damaged', 'the archive is damaged, or is none', place);
}
