import type { Fact, Message } from '../../kernel/fact.js';
import { ignored, translated, type Translation } from '../../kernel/outcome.js';
import { orQuarantine, sortOut } from '../reading/bad-part.js';
import { csvOf, type CsvRow } from '../reading/csv.js';
import { distinct } from '../reading/distinct.js';
import { statedIn } from '../reading/stated.js';

/** A table of a statutory return: a fact for each row, and what is said of a table that has none. */
export function returnTable(
  message: Message,
  columns: readonly string[],
  [nothing, why]: readonly [code: string, detail: string],
  read: (row: CsvRow, statedAt: string) => Fact,
): Translation {
  const statedAt = statedIn(message);
  const { rows } = csvOf(message, columns);
  if (rows.length === 0) return ignored(nothing, why);
  const { read: facts, others } = sortOut(rows.flatMap((row) => orQuarantine(() => [read(row, statedAt)])));
  // No cover: a return states one year, and nothing in it says which year, or that it is whole.
  return translated([...distinct(facts), ...others]);
}
