import type { Fact, Message } from '../../../kernel/fact.js';
import { instant } from '../../../kernel/instant.js';
import { ignored, translated, type Translation } from '../../../kernel/outcome.js';
import { BadPart, holds, orQuarantine, sortOut } from '../bad-part.js';
import { placeOf } from '../content.js';
import { columnsOf, csvOf, firstLineOf } from '../csv.js';
import { distinct } from '../distinct.js';
import { required, type Place } from '../place.js';
import { Cells, columnOf } from './cells.js';
import type { RecordKind } from './record-kind.js';

/** An export of a case system: a list of records, each of a kind. Read one by one: one that cannot be read stops no other. */
export function recordsFormat(kinds: Readonly<Record<string, RecordKind>>): (message: Message) => Translation {
  return (message) => {
    const { records, exportedAt } = isTable(message) ? tableOf(message) : objectsOf(message);
    if (records.length === 0) return ignored('no-records', 'the export has no records');
    const statedAt = exportedAt || saidAt(message);
    const { read, others } = sortOut(records.flatMap((cells) => orQuarantine(() => [factOf(kinds, cells, statedAt)])));
    // No cover: an export is of what changed, or of one team, and nothing in it says that it is whole.
    return translated([...distinct(read), ...others]);
  };
}

export function looksLikeRecords(message: Message): boolean {
  return isTable(message) || holds(() => isExport(placeOf(message)));
}

function isExport(place: Place): boolean {
  return place.at('records').list().length >= 0 && !place.at('records').absent && !place.at('exportedAt').absent;
}

function factOf(kinds: Readonly<Record<string, RecordKind>>, cells: Cells, statedAt: string): Fact {
  return cells.requiredCode('kind', kinds).read(cells, statedAt);
}

interface Export {
  readonly records: readonly Cells[];
  /** RFC 3339; '' where it does not say. */
  readonly exportedAt: string;
}

function objectsOf(message: Message): Export {
  const place = placeOf(message);
  required(place.at('records').absent ? undefined : true, place.at('records'));
  return {
    records: place.at('records').list().map((one) => Cells.ofPlace(one)), // prettier-ignore
    exportedAt: place.at('exportedAt').instant() ?? '',
  };
}

function tableOf(message: Message): Export {
  const { rows } = csvOf(message, ['KIND']);
  return { records: rows.map((row) => Cells.ofRow(row)), exportedAt: '' };
}

// Most exports are JSON, and their first line is all there is: it is taken apart only where a cell may be the column.
const kindCell = /(?:^|,)[\s"]*k[iı]nd[\s"]*(?:,|$)/i;

function isTable(message: Message): boolean {
  if (!kindCell.test(firstLineOf(message) ?? '')) return false;
  const columns = columnsOf(message);
  return columns.includes('KIND') && [columnOf('caseRef'), columnOf('nomsNumber')].some((one) => columns.includes(one));
}

function saidAt({ attributes: { observedat }, receivedAt }: Message): string {
  const at = observedat === undefined ? receivedAt : instant(observedat);
  if (at === undefined) throw new BadPart('invalid-time', 'the observation time is a time (RFC 3339)', '/observedat');
  return at;
}
