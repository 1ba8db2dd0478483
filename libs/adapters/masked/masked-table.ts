import { CsvError, parse } from 'csv-parse/sync';
import type { MaskedLine } from './masked-line.js';
import { maskedText } from './masked-text.js';
import { columnShown } from './names.js';
import { shapeOf } from './shape.js';

const MOST_ROWS = 5;
const MOST_CELLS = 100;

/** The rows that are wrong (`row N`, the header being row 1), else the header and the first; names of the columns beside them. */
export function maskedTable(text: string, pointers: readonly string[]): MaskedLine[] {
  const said = pointers.flatMap((one) => /^row (\d{1,9})$/.exec(one)?.[1] ?? []).map(Number);
  const wanted = [...new Set(said)].sort((a, b) => a - b).slice(0, MOST_ROWS);
  const rows = rowsOf(text, Math.max(2, ...wanted));
  const header = rows?.[0];
  if (rows === undefined || header === undefined) return maskedText(text);
  const names = header.slice(0, MOST_CELLS).map(columnShown);
  const rowsShown = wanted.length === 0 ? [2] : wanted.filter((number) => number > 1);
  return [
    { depth: 0, name: 'row 1', value: names.join(', '), here: wanted.includes(1) },
    ...rowsShown.flatMap((number): MaskedLine[] => {
      const row = rows[number - 1];
      if (row === undefined) return [];
      return [
        { depth: 0, name: `row ${number}`, here: wanted.includes(number) },
        ...row.slice(0, MOST_CELLS).map((cell, at) => ({
          depth: 1,
          name: names[at] ?? `column ${at + 1}, beyond the header`,
          value: cell === '' ? 'empty' : shapeOf(cell),
          here: false,
        })),
      ];
    }),
  ];
}

function rowsOf(text: string, last: number): string[][] | undefined {
  try {
    return parse(text, { bom: true, trim: true, relax_column_count: true, relax_quotes: true, to: last });
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}
