import type { Fact, Message } from '../../kernel/fact.js';
import { instant } from '../../kernel/instant.js';
import { ignored, translated, type Translation } from '../../kernel/outcome.js';
import { BadPart, orQuarantine, sortOut } from '../reading/bad-part.js';
import { csvOf, type CsvRow } from '../reading/csv.js';
import { distinct } from '../reading/distinct.js';

/** A table of a statutory return: a fact for each row, and what is said of a table that has none. */
export function returnTable(
  message: Message,
  columns: readonly string[],
  [nothing, why]: readonly [code: string, detail: string],
  read: (row: CsvRow, statedAt: string) => Fact,
): Translation {
  const statedAt = returnedAt(message);
  const { rows } = csvOf(message, columns);
  if (rows.length === 0) return ignored(nothing, why);
  const { read: facts, others } = sortOut(rows.flatMap((row) => orQuarantine(() => [read(row, statedAt)])));
  // No cover: a return states one year, and nothing in it says which year, or that it is whole.
  return translated([...distinct(facts), ...others]);
}

/** When the authority said so: as the publisher says, else when the hub received it. RFC 3339. Throws `BadPart`. */
export function returnedAt({ attributes: { observedat }, receivedAt }: Message): string {
  const statedAt = observedat === undefined ? receivedAt : instant(observedat);
  if (statedAt === undefined)
    throw new BadPart('invalid-time', 'the observation time is a time (RFC 3339)', '/observedat');
  return statedAt;
}
