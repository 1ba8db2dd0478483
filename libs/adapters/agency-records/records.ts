import type { Format } from '../../kernel/adapter.js';
import type { Message } from '../../kernel/fact.js';
import { ignored, translated, type Item } from '../../kernel/outcome.js';
import { holds, orQuarantine, readable, sortOut } from '../reading/bad-part.js';
import { jsonOf } from '../reading/content.js';
import { columnsOf } from '../reading/csv.js';
import { distinct } from '../reading/distinct.js';
import { statedIn } from '../reading/stated.js';
import { commonColumns, recordsOf } from './cells.js';
import { known, recordIn, type RecordKind } from './record.js';

/** The plain format of the hub's own design: a list of records, each with its kind, as JSON or as a table. */
export const recordsFormat = 'agency-records.v1';

/** The kinds of record that an agency sends. */
export type RecordKinds = Readonly<Record<string, RecordKind>>;

/** The format of an agency: one fact for each record. */
export function agencyRecords(kinds: RecordKinds): Format {
  const byName = new Map(Object.entries(kinds).map(([name, kind]) => [name, known(kind)]));
  return readable((message) => {
    const statedAt = statedIn(message);
    const { read: records, others: unread } = recordsOf(message);
    if (records.length === 0 && unread.length === 0) return ignored('no-records', 'there are no records in it');
    const { read, others } = sortOut(
      records.flatMap((cells) => orQuarantine(() => [recordIn(cells, byName, statedAt)])),
    );
    const notes = new Map(read.flatMap(({ fact, note }) => (note === undefined ? [] : [[fact, note] as const])));
    const said = distinct(read.map(({ fact }) => fact)).map((item): Item => {
      const note = item.outcome === 'fact' ? notes.get(item.fact) : undefined;
      return item.outcome === 'fact' && note !== undefined ? { ...item, note } : item;
    });
    return translated([...said, ...others, ...unread]);
  });
}

export function looksLikeRecords(message: Message): boolean {
  if (commonColumns.every((column) => columnsOf(message).includes(column))) return true;
  return holds(() => {
    const value = jsonOf(message);
    if (typeof value !== 'object' || value === null) return false;
    const among: readonly unknown[] = 'records' in value && Array.isArray(value.records) ? value.records : [value];
    const [first] = among;
    if (first === undefined) return true;
    return typeof first === 'object' && first !== null && 'kind' in first && 'child' in first;
  });
}
