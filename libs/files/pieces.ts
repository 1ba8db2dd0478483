import { csvPieces } from './csv-pieces.js';
import { linePieces } from './line-pieces.js';
import { MESSAGE_LIMIT, type Piece, type Readable } from './piece.js';
import { FileRefused } from './refusal.js';

export type Kind = 'csv' | 'xml' | 'ndjson' | 'zip';

const LOOK = 4_096;
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');
const EMPTY_ZIP = Buffer.from('PK\u0005\u0006', 'latin1');

/** What a file is, by how it begins and never by its name. Throws `FileRefused` for what is none of the four. */
export async function kindOf(file: Readable): Promise<Kind> {
  const start = await beginning(file);
  if (start.length === 0) throw new FileRefused('empty', 'the file is empty');
  if (start.subarray(0, 4).equals(ZIP) || start.subarray(0, 4).equals(EMPTY_ZIP)) return 'zip';
  if (start.includes(0))
    throw new FileRefused('not-text', 'the file is not text in UTF-8: save it again as CSV UTF-8, XML, NDJSON or ZIP');
  const text = start
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart();
  if (text.startsWith('<')) return 'xml';
  if (text.startsWith('[') || /^\{\s*(\n|\r)/.test(text))
    throw new FileRefused(
      'not-lines',
      'JSON goes here as a message a line (NDJSON); a single message goes by hub publish',
    );
  return text.startsWith('{') ? 'ndjson' : 'csv';
}

/** The file as messages, in order. Throws `FileRefused`, also in the middle: what came before stands. */
export function piecesOf(
  file: Readable,
  kind: Exclude<Kind, 'zip'>,
  read: AsyncIterable<Buffer>,
): AsyncGenerator<Piece> {
  if (kind === 'csv') return csvPieces(read);
  return kind === 'ndjson' ? linePieces(read) : whole(file, read);
}

/** XML goes whole: what its children mean may stand in what is around them. */
async function* whole(file: Readable, read: AsyncIterable<Buffer>): AsyncGenerator<Piece> {
  if (file.size > MESSAGE_LIMIT) {
    const detail = `an XML file goes as one message of at most ${MESSAGE_LIMIT} bytes: let the system export it in parts`;
    throw new FileRefused('too-large', detail);
  }
  const chunks: Buffer[] = [];
  for await (const chunk of read) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  yield { place: { unit: 'file', first: 1, last: 1 }, body, door: 'native', contentType: 'application/xml' };
}

async function beginning(file: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of file.read()) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= LOOK) break;
  }
  return Buffer.concat(chunks).subarray(0, LOOK);
}
