import { createHash } from 'node:crypto';
import { filesIn } from '../../../libs/files/archive.js';
import type { Readable } from '../../../libs/files/piece.js';
import { kindOf, piecesOf, type Kind } from '../../../libs/files/pieces.js';
import { FileRefused } from '../../../libs/files/refusal.js';
import type { Door } from './door.js';
import { inOrder } from './in-order.js';
import { openFile, type OpenFile } from './open-file.js';
import { Outcomes } from './outcomes.js';
import { LinesFile, withSpool, type Spool } from './receipts-file.js';
import { parcels, send, type FileSays, type Sent, type Way } from './send.js';

// Requests on their way at once: while one is being written another is sealed and a third is cut.
const WIDTH = 4;
const LOOKS = 8;

export interface ImportSettings {
  readonly says: FileSays;
  readonly door: Door;
  readonly way: Way;
  /** Where what became of each row is written down. */
  readonly receipts: string;
  /** Seconds without any news after which what has not been recorded is left as `received`. */
  readonly patienceSeconds: number;
  readonly onProgress?: (step: 'sent' | 'recorded', done: number, total: number) => void;
}

export interface FileReport {
  readonly kind?: Kind;
  /** Messages that the hub has kept; of a file that was tried, those it has said something of. */
  readonly messages: number;
  /** How many rows, lines or files had which outcome. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Why the file, or the rest of it, did not go. */
  readonly refused?: { readonly code: string; readonly detail: string; readonly place?: string };
}

/** One file, or one of an archive, on its way. */
interface Part extends Readable {
  readonly entry?: { readonly entry: number; readonly name: string };
  readonly sha256: string;
}

type Spooled = Sent & Partial<NonNullable<Part['entry']>>;

/**
 * Brings a file to the hub through its doors and writes down what became of each row. Broken off anywhere and run again it
 * goes on: what was kept is found kept. Throws `CommandFailed` when the hub cannot be reached or does not let us in.
 */
export async function importFile(path: string, settings: ImportSettings): Promise<FileReport> {
  let file: OpenFile | undefined;
  try {
    file = await openFile(path);
    return await importOpen(file, settings);
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    return { messages: 0, outcomes: {}, refused: refusalOf(error) };
  } finally {
    await file?.close();
  }
}

async function importOpen(file: OpenFile, settings: ImportSettings): Promise<FileReport> {
  const kind = await kindOf(file);
  const parts = kind === 'zip' ? await entered(file) : [{ ...file, sha256: await hashOf(file) }];
  const receipts = await LinesFile.open(settings.receipts);
  try {
    return await withSpool(async (spool) => {
      const sent = await sendAll(parts, spool, settings);
      const outcomes = await writeOutcomes(spool, sent.places, receipts, settings);
      await receipts.finish();
      return { kind, messages: sent.messages, outcomes, ...(sent.refused ? { refused: refusalOf(sent.refused) } : {}) };
    });
  } catch (error) {
    await receipts.discard();
    throw error;
  }
}

async function entered(file: OpenFile): Promise<Part[]> {
  return (await filesIn(file)).map(({ entry, name, ...part }) => ({ ...part, entry: { entry, name } }));
}

/** A refusal in the middle ends it; what was sent before stands. */
async function sendAll(parts: readonly Part[], spool: Spool, { says, door, way, onProgress }: ImportSettings) {
  const total = parts.reduce((sum, { size }) => sum + size, 0);
  let [messages, places, read] = [0, 0, 0];
  try {
    for (const part of parts) {
      const kind = await kindOf(part);
      if (kind === 'zip') throw new FileRefused('nested', 'an archive in an archive is not opened');
      const pieces = piecesOf(
        part,
        kind,
        checked(part, (bytes) => (read += bytes)),
      );
      const sending = inOrder(parcels(pieces), WIDTH, async (parcel) => send(door, way, parcel, says, part.sha256));
      for await (const sent of sending) {
        await spool.add(sent.map((one): Spooled => ({ ...one, ...part.entry })));
        messages += sent.filter(({ refused }) => refused === undefined).length;
        places += sent.length;
        onProgress?.('sent', Math.min(read, total), total);
      }
    }
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    return { messages, places, refused: error };
  }
  return { messages, places };
}

async function writeOutcomes(
  spool: Spool,
  total: number,
  receipts: LinesFile,
  { door, patienceSeconds, onProgress }: ImportSettings,
): Promise<Record<string, number>> {
  const outcomes = new Outcomes(door, patienceSeconds);
  const counts: Record<string, number> = {};
  let done = 0;
  const looked = inOrder(spool.lines<Spooled>(), LOOKS, async ({ entry, name, ...sent }) =>
    (await outcomes.of(sent)).map((row) => ({ ...(entry === undefined ? {} : { entry, name }), ...row })),
  );
  for await (const rows of looked) {
    await receipts.add(rows);
    for (const { outcome } of rows) counts[outcome] = (counts[outcome] ?? 0) + 1;
    done += 1;
    onProgress?.('recorded', done, total);
  }
  return counts;
}

/** The bytes, which must be the same as when they were hashed: the ids of the pieces say so. */
async function* checked(file: Part, onRead: (bytes: number) => void): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of file.read()) {
    hash.update(chunk);
    onRead(chunk.length);
    yield chunk;
  }
  if (hash.digest('hex') !== file.sha256) throw new FileRefused('changed', 'the file changed while it was read');
}

async function hashOf(file: OpenFile): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of file.read()) hash.update(chunk);
  if (!(await file.unchanged())) throw new FileRefused('changed', 'the file changed while it was read');
  return hash.digest('hex');
}

function refusalOf({ code, message: detail, place }: FileRefused): NonNullable<FileReport['refused']> {
  return { code, detail, ...(place === undefined ? {} : { place }) };
}
