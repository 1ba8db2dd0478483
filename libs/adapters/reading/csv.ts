import { CsvError, parse, type InfoRecord } from 'csv-parse/sync';
import type { Message } from '../../kernel/fact.js';
import { BadPart, holds } from './bad-part.js';
import { textOf } from './content.js';
import { britishDate, isoDate } from './times.js';

/** Longer is no value of a table but a quotation mark that swallowed others, or an attack. */
const longestCell = 10_000;

/** A row of a table that knows its number, so that whatever is wrong there can be named. Cells are trimmed. */
export class CsvRow {
  constructor(
    private readonly columns: ReadonlyMap<string, number>,
    private readonly cells: readonly string[],
    private readonly number: number,
    private readonly asked?: Message['asked'],
  ) {}

  /** `row N`, as a spreadsheet numbers it: the header is row 1. */
  get pointer(): string {
    return `row ${this.number}`;
  }

  /** '' when the cell is empty, or the table has no such column. Throws `BadPart` when it is longer than a value. */
  text(column: string): string {
    this.asked?.(column);
    const at = this.columns.get(column);
    const cell = at === undefined ? '' : (this.cells[at] ?? '');
    if (cell.length > longestCell) throw new BadPart('value-too-long', `${column} is too long`, this.pointer);
    return cell;
  }

  /** Throws `BadPart` when it is empty. */
  required(column: string): string {
    const cell = this.text(column);
    if (cell === '') throw new BadPart('missing-value', `${column} is required`, this.pointer);
    return cell;
  }

  /** A day (`dd/mm/yyyy`, or `YYYY-MM-DD`) as `YYYY-MM-DD`; '' when empty. Throws `BadPart` when it is none. */
  day(column: string): string {
    const cell = this.text(column);
    if (cell === '') return '';
    const day = britishDate(cell) ?? isoDate(cell);
    if (day === undefined) throw new BadPart('invalid-date', `${column} is a date (dd/mm/yyyy)`, this.pointer);
    return day;
  }

  /** Throws `BadPart` when it is empty or no day. */
  requiredDay(column: string): string {
    this.required(column);
    return this.day(column);
  }

  /** A code in one spelling, and its words; both '' when empty. Throws `BadPart` for one that the list does not have. */
  coded(column: string, list: Readonly<Record<string, string>>): { readonly code: string; readonly words: string } {
    const code = this.text(column).toUpperCase();
    if (code === '') return { code, words: '' };
    const words = Object.hasOwn(list, code) ? list[code] : undefined;
    if (words === undefined)
      throw new BadPart('unknown-code', `${column} is a code that the hub does not know`, this.pointer);
    return { code, words };
  }

  /** Columns of this row that have a value. */
  get filled(): readonly string[] {
    return [...this.columns].flatMap(([name, at]) => ((this.cells[at] ?? '') === '' ? [] : [name]));
  }
}

export interface Csv {
  /** Names of the columns, in upper case. */
  readonly columns: readonly string[];
  /** Rows that say something. */
  readonly rows: readonly CsvRow[];
}

/**
 * The table of a message: columns in any order, further ones left alone; UTF-8 with or without byte order mark, else
 * Windows-1252; any line ends. Throws `BadPart` when it is none, or has not the columns that are asked for.
 */
export function csvOf(message: Message, required: readonly string[]): Csv {
  const [header, ...lines] = parsed(textOf(message));
  const columns = header?.cells.map((name) => name.toUpperCase()) ?? [];
  const absent = required.filter((column) => !columns.includes(column));
  if (absent.length > 0) throw new BadPart('wrong-header', `the header has no ${absent.join(', ')}`, 'row 1');
  const repeated = required.find((column) => columns.indexOf(column) !== columns.lastIndexOf(column));
  if (repeated !== undefined) throw new BadPart('wrong-header', `the header has ${repeated} more than once`, 'row 1');
  // A cell over two lines is a quotation mark that nobody closed, and has swallowed rows.
  if (lines.some(({ cells }) => cells.some((cell) => cell.includes('\n'))))
    throw new BadPart('invalid-csv', 'a quotation mark is not closed');
  const places = new Map(columns.map((name, at) => [name, at]));
  const rows = lines.flatMap(({ cells, number }) =>
    cells.every((cell) => cell === '') ? [] : [new CsvRow(places, cells, number, message.asked)],
  );
  return { columns, rows };
}

/** The names in the first line of what may be a table, in upper case; none when it is no text. */
export function columnsOf(message: Message): readonly string[] {
  const names = firstLineOf(message)?.replace(/^\uFEFF/, '').split(','); // prettier-ignore
  return (
    names?.map((name) =>
      name
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .trim()
        .toUpperCase(),
    ) ?? []
  );
}

/** The first line of what may be a table, as far as names of columns may go; undefined when it is no text. */
export function firstLineOf(message: Message): string | undefined {
  let first: string | undefined;
  holds(() => {
    [first = ''] = textOf(message)
      .slice(0, 2000)
      .split(/[\r\n]/, 1);
    return true;
  });
  return first;
}

interface Line {
  readonly cells: readonly string[];
  /** As a spreadsheet numbers it, blank lines too. */
  readonly number: number;
}

/** The parser makes an error of each row of another width than the header's, wanted or not: so many are borne, at 40 µs each. */
const mostRagged = 50_000;

function parsed(text: string): readonly Line[] {
  const lines: Line[] = [];
  const keep = (cells: string[], { lines: number, invalid_field_length: ragged }: InfoRecord): null => {
    if (ragged > mostRagged) throw new BadPart('invalid-csv', 'too many rows have more or fewer cells than the header');
    lines.push({ cells, number });
    return null;
  };
  try {
    parse(text, { ...tolerant, record_delimiter: lineEndOf(text), on_record: keep });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new BadPart('invalid-csv', 'a quotation mark is not closed');
  }
  return lines;
}

/**
 * How the lines of a table end, by its first line. The parser finds the same, with three buffers for each byte of that line: half of
 * what reading a small table takes. None where a quotation mark comes before: whether the line ends there is the parser's to say.
 */
function lineEndOf(text: string): string[] {
  const found = /["\n]|\r\n?/.exec(text)?.[0] ?? '\n';
  return found === '"' ? [] : [found];
}

const tolerant = {
  bom: true,
  trim: true,
  skip_empty_lines: true,
  relax_column_count: true,
  relax_quotes: true,
} as const;
