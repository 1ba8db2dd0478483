import { CsvError, parse } from 'csv-parse/sync';
import { encode } from '../../contracts/catalogue.js';
import {
  MissingEpisodeRecorded_Kind as Kind,
  MissingEpisodeRecordedSchema,
} from '../../contracts/gen/hub/social_care/v1/social_care_pb.js';
import type { Fact, Message } from '../../kernel/fact.js';
import { ignored, translated, type Translation } from '../../kernel/outcome.js';
import { BadPart, holds, orQuarantine, sortOut } from '../reading/bad-part.js';
import { textOf } from '../reading/content.js';
import { distinct } from '../reading/distinct.js';
import { wireOf } from '../reading/person.js';
import { britishDate } from '../reading/times.js';
import { instant } from '../../kernel/instant.js';

/** The missing table of the SSDA903 return (looked-after children), as CSV. */
export const missingFormat = 'ssda903.missing';

const columns = ['CHILD', 'DOB', 'MISSING', 'MIS_START', 'MIS_END'] as const;
type Row = Readonly<Record<(typeof columns)[number], string>>;

const kinds: Readonly<Record<string, Kind>> = { M: Kind.MISSING, A: Kind.AWAY_WITHOUT_AUTHORISATION };

export function missingReturn(message: Message): Translation {
  const { observedat } = message.attributes;
  const statedAt = observedat === undefined ? message.receivedAt : instant(observedat);
  if (statedAt === undefined)
    throw new BadPart('invalid-time', 'the observation time is a time (RFC 3339)', '/observedat');
  const rows = rowsOf(textOf(message));
  const { read, others } = sortOut(
    rows.flatMap(({ row, number }) => orQuarantine(() => [episode(row, `row ${number}`, statedAt)])),
  );
  // No cover: a return states the episodes of one year, and nothing in it says which year, or that it is whole.
  if (rows.length === 0) return ignored('no-episodes', 'the file has a header and no rows');
  return translated([...distinct(read), ...others]);
}

export function looksLikeMissingReturn(message: Message): boolean {
  return holds(() => /^\s*"?CHILD"?,.*\bMIS_START\b/i.test(textOf(message).slice(0, 200)));
}

function episode(row: Row, pointer: string, statedAt: string): Fact {
  const child = present(row, 'CHILD', pointer);
  const start = dateOf(row, 'MIS_START', pointer);
  const end = row.MIS_END === '' ? '' : dateOf(row, 'MIS_END', pointer);
  const kind = kinds[row.MISSING.toUpperCase()];
  if (kind === undefined) throw new BadPart('unknown-code', 'MISSING is M or A', pointer);
  if (end !== '' && end < start) throw new BadPart('ends-before-start', 'MIS_END is before MIS_START', pointer);
  // The authority's child id is its own: it identifies the record and nothing else.
  const person = { identifiers: [], birthDate: dateOf(row, 'DOB', pointer) };
  return {
    record: { key: child, person },
    key: ['hub.social_care.v1.MissingEpisodeRecorded', child, child, start],
    type: 'hub.social_care.v1.MissingEpisodeRecorded',
    data: encode(MissingEpisodeRecordedSchema, {
      childId: child,
      kind,
      startedOn: start,
      endedOn: end,
      person: wireOf(person),
    }),
    occurred: { at: start, precision: 'date' },
    statedAt,
    pointer,
  };
}

function present(row: Row, column: keyof Row, pointer: string): string {
  if (row[column] === '') throw new BadPart('missing-value', `${column} is required`, pointer);
  return row[column];
}

function dateOf(row: Row, column: keyof Row, pointer: string): string {
  const date = britishDate(present(row, column, pointer));
  if (date === undefined) throw new BadPart('invalid-date', `${column} is a date (dd/mm/yyyy)`, pointer);
  return date;
}

/** The rows that say something, numbered as a spreadsheet shows them: the header is row 1. */
function rowsOf(text: string): readonly { row: Row; number: number }[] {
  const [header, ...lines] = parseCsv(text);
  // A cell over two lines is a quotation mark that nobody closed, and has swallowed rows.
  if (lines.some((line) => line.some((cell) => cell.includes('\n'))))
    throw new BadPart('invalid-csv', 'a quotation mark is not closed');
  const names = header?.map((name) => name.toUpperCase()) ?? [];
  const absent = columns.filter((column) => !names.includes(column));
  if (absent.length > 0) throw new BadPart('wrong-header', `the header has no ${absent.join(', ')}`, 'row 1');
  const value = (line: readonly string[], column: keyof Row): string => line[names.indexOf(column)] ?? '';
  return lines.flatMap((line, index) => {
    if (line.every((cell) => cell === '')) return [];
    const row = {
      CHILD: value(line, 'CHILD'),
      DOB: value(line, 'DOB'),
      MISSING: value(line, 'MISSING'),
      MIS_START: value(line, 'MIS_START'),
      MIS_END: value(line, 'MIS_END'),
    };
    return [{ row, number: index + 2 }];
  });
}

function parseCsv(text: string): readonly (readonly string[])[] {
  try {
    return parse(text, { bom: true, trim: true, relax_column_count: true, relax_quotes: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new BadPart('invalid-csv', 'a quotation mark is not closed');
  }
}
