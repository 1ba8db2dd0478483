import type { Tried } from '../../../libs/adapters/tried.js';
import { filesIn, type Entered } from '../../../libs/files/archive.js';
import type { Piece } from '../../../libs/files/piece.js';
import { kindOf, piecesOf } from '../../../libs/files/pieces.js';
import { FileRefused } from '../../../libs/files/refusal.js';
import { BATCH_LIMIT, BODY_LIMIT } from '../../../libs/platform/envelopes/limits.js';
import { nextTurn } from '../../../libs/platform/pause.js';

/** A message of an archive, and what would become of it. */
export interface TriedPiece {
  /** Which of the archive's files, from 1. */
  readonly file: number;
  readonly place: Piece['place'];
  readonly result?: Tried;
  readonly fault?: { readonly text: string; readonly code?: string };
}

/** Messages of an archive, cut as `hub import` cuts them. */
export interface TriedArchive {
  readonly files: number;
  readonly messages: readonly TriedPiece[];
}

/**
 * Tries what is in an archive, within the limits of the file drop and of one message: 10 MiB unpacked, as many messages as a
 * batch may have. What is damaged or hostile is not tried in part. Others get their turn between two messages.
 */
export async function tryArchive(
  bytes: Buffer,
  attempt: (piece: Piece) => Pick<TriedPiece, 'result' | 'fault'>,
): Promise<
  TriedArchive | { readonly fault: { readonly field: 'file'; readonly text: string; readonly code: string } }
> {
  try {
    const files = await filesIn(bytes, BODY_LIMIT);
    const messages: TriedPiece[] = [];
    for (const file of files) {
      for await (const piece of piecesIn(file)) {
        if (messages.length >= BATCH_LIMIT)
          throw new FileRefused('too-many', `this page tries at most ${BATCH_LIMIT} messages`);
        messages.push({ file: file.entry, place: piece.place, ...attempt(piece) });
        await nextTurn();
      }
    }
    return { files: files.length, messages };
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    const { code, message, place } = error;
    const text = `The selected archive would be refused: ${message}${place === undefined ? '' : ` (${place})`}`;
    return { fault: { field: 'file', text, code } };
  }
}

async function* piecesIn(file: Entered): AsyncGenerator<Piece> {
  const kind = await kindOf(file);
  // `filesIn` has looked: none of them is an archive.
  if (kind !== 'zip') yield* piecesOf(file, kind, file.read());
}
