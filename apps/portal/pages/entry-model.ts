import { dayInLondon, instantInWords } from '../../../libs/kernel/london.js';
import type { TimelineEntry } from '../../../libs/timeline/entry.js';
import type { ShownEntry } from '../timeline/child-entries.js';
import type { ReadingShown } from '../timeline/read-timeline.query.js';
import { isHeld } from '../timeline/reading.js';
import { agencyWords, categoryWords, handlingWords } from './words.js';

// What matters comes first; reference numbers and codes wait below.
const LINES = 7;

/** One entry in words. `here`: the ids of the page's entries, which it can lead to. */
export function entryWords(entry: ShownEntry, here: ReadonlySet<string>, reading: ReadingShown | undefined) {
  const { supersededBy, supersedes } = entry;
  return {
    id: entry.id,
    title: entry.title,
    lines: entry.lines.slice(0, LINES),
    more: entry.lines.slice(LINES),
    erased: entry.erased,
    agency: agencyWords[entry.agency],
    category: categoryWords(entry.category),
    handlings: handlingWords(entry.handling),
    occurred: entry.occurred,
    time: entry.precision === 'date' ? 'No time given' : entry.occurred.split(' at ').at(-1),
    // A day has no time of day: the attribute says no more than the source did.
    datetime: entry.precision === 'date' ? dayInLondon(entry.occurredAt) : entry.occurredAt,
    received: instantInWords(entry.receivedAt),
    recorded: instantInWords(entry.recordedAt),
    times: timesWords(entry),
    held: heldWords(entry, reading?.putRight.has(entry.receipt) ?? false),
    linked: isHeld(entry.recordedAt, entry.linkedAt) ? instantInWords(entry.linkedAt) : undefined,
    fresh: reading?.freshHere.has(entry.id) ?? false,
    system: entry.system,
    receipt: entry.receipt,
    state: entry.state,
    mark: marks[entry.state],
    since: sinceWords(entry),
    replacedBy: supersededBy !== undefined && here.has(supersededBy) ? `#entry-${supersededBy}` : undefined,
    replaces: supersedes !== undefined && here.has(supersedes) ? `#entry-${supersedes}` : undefined,
  };
}

function timesWords({ receivedAt, recordedAt }: TimelineEntry): string {
  const [received, recorded] = [instantInWords(receivedAt), instantInWords(recordedAt)];
  return received === recorded ? `Received and recorded ${received}` : `Received ${received} · recorded ${recorded}`;
}

// What was held was not known: nobody could have been shown it.
function heldWords({ receivedAt, recordedAt }: TimelineEntry, putRight: boolean): string | undefined {
  if (!isHeld(receivedAt, recordedAt)) return undefined;
  const why = putRight ? 'it could not be read until somebody put it right' : 'the hub could not record it yet';
  return `Held from ${instantInWords(receivedAt)} until ${instantInWords(recordedAt)}: ${why}. Nobody was shown it before.`;
}

const marks: Readonly<Record<TimelineEntry['state'], string | undefined>> = {
  current: undefined,
  superseded: 'Replaced',
  withdrawn: 'Withdrawn',
  historic: 'Out of date',
};

function sinceWords({ state, supersededAt, withdrawnAt }: TimelineEntry): string | undefined {
  if (state === 'withdrawn' && withdrawnAt !== undefined)
    return `Withdrawn by its publisher on ${instantInWords(withdrawnAt)}.`;
  if (state === 'superseded' && supersededAt !== undefined)
    return `Replaced by its publisher on ${instantInWords(supersededAt)}.`;
  if (state === 'historic') return 'Its publisher had already replaced this when the hub heard of it.';
  return undefined;
}
