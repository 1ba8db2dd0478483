import { csvRecords, type CsvRecord } from './csv-records.js';
import type { Piece } from './piece.js';
import { FileRefused } from './refusal.js';

// Enough that a message's own cost is shared by many rows, and few enough that one message is soon through (docs/adr/0018).
const ROWS = 500;
const BYTES = 256 * 1_024;

/**
 * A CSV file as messages: whole when it is short, else the header and some rows each. A row that may have swallowed others
 * goes alone. Throws `FileRefused`.
 */
export async function* csvPieces(source: AsyncIterable<Buffer>): AsyncGenerator<Piece> {
  let pieces: Pieces | undefined;
  for await (const records of csvRecords(source)) {
    for (const record of records) {
      if (!pieces) pieces = new Pieces(record);
      else yield* pieces.add(record);
    }
  }
  if (!pieces) throw new FileRefused('empty', 'the file is empty');
  yield* pieces.rest();
}

class Pieces {
  #rows: Buffer[] = [];
  #blank: number[] = [];
  #bytes = 0;
  /** Of the first row in hand; the header is row 1. */
  #first = 2;
  #whole = true;

  constructor(private readonly header: CsvRecord) {}

  *add(record: CsvRecord): Generator<Piece> {
    const full = this.#rows.length >= ROWS || this.#bytes + record.bytes.length > BYTES;
    if (this.#rows.length > 0 && (full || record.doubtful)) yield* this.#take();
    this.#whole &&= !record.doubtful;
    if (record.blank) this.#blank.push(this.#first + this.#rows.length);
    this.#rows.push(record.bytes);
    this.#bytes += record.bytes.length;
    if (record.doubtful) yield* this.#take();
  }

  *rest(): Generator<Piece> {
    if (this.#rows.length > 0 || this.#whole) yield* this.#take(this.#whole);
  }

  *#take(whole = false): Generator<Piece> {
    this.#whole = false;
    const rows = this.#rows.length;
    const first = this.#first;
    const blank = this.#blank;
    const body = Buffer.concat([this.header.bytes, ...this.#rows]);
    this.#first += rows;
    this.#rows = [];
    this.#blank = [];
    this.#bytes = 0;
    if (!whole && blank.length === rows) return;
    const place = { unit: 'row' as const, first, last: first + rows - 1, ...(blank.length === 0 ? {} : { blank }) };
    yield { place, body, door: 'native', contentType: 'text/csv', ...(whole ? {} : { cut: true }) };
  }
}
