import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { Connection } from '../../../libs/platform/database/pool.js';
import { BackupRefused, type CopiedTable } from './manifest.js';
import type { Table } from './tables.js';

/** Streams a table into a file, binary, in flat memory. `onBytes` hears of each piece. */
export async function copyOut(
  connection: Connection,
  { name, columns }: Pick<Table, 'name' | 'columns'>,
  folder: string,
  onBytes: (count: number) => void,
): Promise<CopiedTable> {
  const file = `${name}.copy`;
  const hash = createHash('sha256');
  let bytes = 0;
  const rows = connection.query(
    copyTo(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) to stdout (format binary)`),
  );
  const counted = async function* (pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const piece of pieces) {
      hash.update(piece);
      bytes += piece.length;
      onBytes(piece.length);
      yield piece;
    }
  };
  await pipeline(rows, counted, createWriteStream(join(folder, file), { flags: 'wx', mode: 0o600, flush: true }));
  return { name, columns, file, rows: rows.rowCount ?? 0, bytes, sha256: hash.digest('hex') };
}

/** Streams a file back into its table. Throws `BackupRefused` when not every row of it arrived. */
export async function copyIn(
  connection: Connection,
  { name, columns, file, rows }: CopiedTable,
  folder: string,
  onBytes: (count: number) => void,
): Promise<void> {
  const into = connection.query(
    copyFrom(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin (format binary)`),
  );
  const pieces = createReadStream(join(folder, file));
  pieces.on('data', (piece) => onBytes(piece.length));
  await pipeline(pieces, into);
  if (into.rowCount !== rows) {
    throw new BackupRefused(
      `${file} should hold ${rows} rows, and ${into.rowCount ?? 0} arrived. Nothing was restored.`,
    );
  }
}

/** Throws `BackupRefused`, naming the file, when it is not the one that was written. */
export async function checkFile(folder: string, table: CopiedTable, onBytes: (count: number) => void): Promise<void> {
  const path = join(folder, table.file);
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(piece);
      onBytes(piece.length);
    }
  } catch (error) {
    throw new BackupRefused(`${path} cannot be read. Nothing was touched.`, { cause: error });
  }
  if (hash.digest('hex') !== table.sha256) {
    throw new BackupRefused(`${path} is damaged: its checksum is not the one in the manifest. Nothing was touched.`);
  }
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
