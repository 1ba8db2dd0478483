import { parse, type Parser } from 'csv-parse';
import { FileRefused } from './refusal.js';

// A row this long is a quotation mark that nobody closed.
const LONGEST_ROW = 65_536;
const MOST_BAD_ROWS = 1_000;
const DELIMITERS = [',', ';', '\t', '|'];

/** One row, its bytes as they stand in the file, with the line end. */
export interface CsvRecord {
  readonly bytes: Buffer;
  readonly blank: boolean;
  /** It cannot be read, or a cell goes over several lines: then a quotation mark may have swallowed rows. */
  readonly doubtful: boolean;
}

/**
 * Cuts CSV into its rows as csv-parse reads them for the adapters, so that a row numbered here is the row numbered there. A
 * row that cannot be read is handed out as it stands, up to its line end, and reading goes on behind it. Keeps no more in
 * memory than a chunk and the longest row. Throws `FileRefused` when it cannot go on.
 */
export async function* csvRecords(source: AsyncIterable<Buffer>): AsyncGenerator<readonly CsvRecord[]> {
  let cutter: Cutter | undefined;
  for await (const chunk of source) {
    cutter ??= new Cutter(delimiterIn(chunk));
    yield await cutter.cut(chunk);
  }
  if (cutter) yield await cutter.finish();
}

/** The mark that the first line has most of. */
function delimiterIn(bytes: Buffer): string {
  const [line = ''] = bytes.toString('latin1', 0, LONGEST_ROW).split(/[\r\n]/, 1);
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: line.split(delimiter).length }));
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).delimiter;
}

interface End {
  /** Bytes from where this parser began. */
  readonly at: number;
  readonly blank: boolean;
  readonly doubtful: boolean;
}

class Cutter {
  /** From the last row's end on. */
  #held: Buffer = Buffer.alloc(0);
  /** Where `#held` begins, in bytes from where the parser began. */
  #from = 0;
  #lineEnd: string | undefined;
  #bad = 0;
  #rows = 0;
  #ends: End[] = [];
  #parser: Parser;

  constructor(private readonly delimiter: string) {
    this.#parser = this.#start();
  }

  async cut(chunk: Buffer): Promise<CsvRecord[]> {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    return this.#take(chunk, false);
  }

  async finish(): Promise<CsvRecord[]> {
    return this.#take(Buffer.alloc(0), true);
  }

  async #take(next: Buffer, last: boolean): Promise<CsvRecord[]> {
    const records: CsvRecord[] = [];
    for (let given = next; ;) {
      const broken = await this.#parse(given, last);
      records.push(...this.#ended());
      if (!broken) return records;
      records.push(this.#badRow(last));
      // Reading begins anew behind it, with what is at hand.
      this.#parser = this.#start();
      given = this.#held;
      this.#from = 0;
    }
  }

  /** True when the parser has met a row that it cannot read. */
  async #parse(given: Buffer, last: boolean): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const parser = this.#parser;
    parser.once('error', () => resolve(true));
    const done = (error?: Error | null): void => resolve(error != null);
    if (last) parser.end(given, () => resolve(false));
    else parser.write(given, done);
    const broken = await promise;
    parser.removeAllListeners('error');
    // It may say again what it said.
    parser.once('error', () => undefined);
    return broken;
  }

  #ended(): CsvRecord[] {
    const records = this.#ends.map(({ at, blank, doubtful }): CsvRecord => {
      const bytes = this.#held.subarray(0, at - this.#from);
      this.#held = this.#held.subarray(at - this.#from);
      this.#from = at;
      return { bytes, blank, doubtful };
    });
    this.#ends = [];
    this.#rows += records.length;
    const [first] = records;
    if (first) this.#lineEnd ??= lineEndOf(first.bytes);
    return records;
  }

  #badRow(last: boolean): CsvRecord {
    this.#bad += 1;
    this.#rows += 1;
    const lineEnd = this.#lineEnd ?? '\n';
    const found = this.#held.indexOf(lineEnd);
    const end = found < 0 && last ? this.#held.length : found < 0 ? -1 : found + lineEnd.length;
    if (this.#lineEnd === undefined || end < 0 || this.#bad > MOST_BAD_ROWS) {
      const detail = 'a quotation mark is not closed, or a row is longer than the hub reads';
      throw new FileRefused('invalid-csv', detail, `row ${this.#rows}`);
    }
    const bytes = this.#held.subarray(0, end);
    this.#held = this.#held.subarray(end);
    return { bytes, blank: false, doubtful: true };
  }

  #start(): Parser {
    const parser = parse({
      bom: true,
      trim: true,
      relax_column_count: true,
      relax_quotes: true,
      delimiter: this.delimiter,
      max_record_size: LONGEST_ROW,
      ...(this.#lineEnd === undefined ? {} : { record_delimiter: this.#lineEnd }),
      on_record: (cells: readonly string[], { bytes: at }: { bytes: number }) => {
        const blank = cells.every((cell) => cell === '');
        this.#ends.push({ at, blank, doubtful: cells.some((cell) => cell.includes('\n')) });
        return null;
      },
    });
    parser.resume();
    return parser;
  }
}

function lineEndOf(bytes: Buffer): string {
  const end = bytes.toString('latin1', Math.max(0, bytes.length - 2));
  return end.endsWith('\r\n') ? '\r\n' : end.endsWith('\r') ? '\r' : '\n';
}
