import type { PartOutcome } from '../../../libs/kernel/intake.js';
import { statusWords } from '../pages/receipt-words.js';
import type { TriedArchive, TriedPiece } from './try-archive.js';
import { partWords, states } from './try-words.js';

/** Messages beyond these say nothing new to whoever tries an archive. */
const MOST_MESSAGES = 50;
const MOST_WHYS = 5;

/** What would become of each message of an archive, those first of which something would not be recorded. */
export function archiveOf({ files, messages }: TriedArchive) {
  const rows = messages.map(rowOf);
  const counts = [...Map.groupBy(rows, ({ state }) => state.name).values()].map((some) => ({
    state: some[0]?.state,
    messages: some.length,
  }));
  const ordered = [...rows.filter(({ good }) => !good), ...rows.filter(({ good }) => good)];
  return {
    files,
    messages: messages.length,
    counts,
    rows: ordered.slice(0, MOST_MESSAGES),
    more: Math.max(0, rows.length - MOST_MESSAGES),
  };
}

function rowOf({ file, place, result, fault }: TriedPiece) {
  const said = { file, place: placeWords(place) };
  if (result === undefined) {
    const why = { outcome: 'Refused by the door', why: fault?.text ?? '', code: fault?.code };
    return { ...said, good: false, state: { name: 'Not taken', colour: 'red' }, events: 0, whys: [why], moreWhys: 0 };
  }
  const open: readonly PartOutcome[] = result.outcomes.filter(({ outcome }) => outcome !== 'recorded');
  return {
    ...said,
    good: open.length === 0,
    state: { name: states[result.status], colour: statusWords[result.status].colour },
    events: result.facts.length,
    whys: open.slice(0, MOST_WHYS).map(partWords),
    moreWhys: Math.max(0, open.length - MOST_WHYS),
  };
}

function placeWords({ unit, first, last }: TriedPiece['place']): string {
  if (unit === 'file' || last < first) return 'The whole file';
  return first === last ? `${unit} ${first}` : `${unit}s ${first} to ${last}`;
}
