import type { JsonObject } from '@bufbuild/protobuf';
import { decode } from '../contracts/catalogue.js';
import { isAgency, type Agency } from '../kernel/agency.js';
import type { Opened } from '../kernel/keys.js';
import { dayInLondon, dayInWords, instantInWords } from '../kernel/london.js';
import { erasedSummary, summaryOf, type Line } from './summary.js';
import type { TimelineRow } from './timeline.projection.js';

/** `current` holds; the others are shown struck through: replaced, taken back, or out of date before the hub heard of it. */
export type EntryState = 'current' | 'superseded' | 'withdrawn' | 'historic';

/** One entry of a child's timeline, as the page and the API show it. Only for a reader who may see it in full. */
export interface TimelineEntry {
  readonly id: string;
  /** The record (of the source's own) that it is about. */
  readonly record: string;
  /** Says which fact this is: the versions of one fact share it. */
  readonly fact: string;
  readonly type: string;
  readonly title: string;
  readonly lines: readonly Line[];
  readonly agency: Agency;
  readonly system: string;
  readonly category: string;
  readonly handling: string;
  /** RFC 3339; with precision `date`, the start of that day in London. */
  readonly occurredAt: string;
  readonly precision: 'instant' | 'date';
  /** `3 March 2026`, or `3 March 2026 at 14:05`: as exactly as the source knew, in London's time. */
  readonly occurred: string;
  readonly statedAt: string;
  readonly receivedAt: string;
  readonly recordedAt: string;
  readonly receipt: string;
  readonly state: EntryState;
  readonly supersedes?: string;
  readonly supersededBy?: string;
  readonly supersededAt?: string;
  readonly withdrawnAt?: string;
  readonly erased: boolean;
}

/**
 * The view of a row and its opened content; `content` where it has been decoded already. Throws when the row names no agency: such a
 * row is not of this hub.
 */
export function entryOf(row: TimelineRow, opened: Opened, content?: JsonObject): TimelineEntry {
  const { agency } = row;
  if (!isAgency(agency)) throw new Error('the row names no agency');
  const { title, lines } = opened.erased
    ? erasedSummary
    : summaryOf(row.type, content ?? decode(row.type, opened.data));
  return {
    id: row.key,
    record: row.record,
    fact: row.fact,
    type: row.type,
    title,
    lines,
    agency,
    system: row.system,
    category: row.category,
    handling: row.handling,
    occurredAt: row.occurred_at,
    precision: row.precision,
    occurred: row.precision === 'date' ? dayInWords(dayInLondon(row.occurred_at)) : instantInWords(row.occurred_at),
    statedAt: row.stated_at,
    receivedAt: row.received_at,
    recordedAt: row.recorded_at,
    receipt: row.receipt,
    state: stateOf(row),
    ...(row.supersedes === null ? {} : { supersedes: row.supersedes }),
    ...(row.superseded_by === null ? {} : { supersededBy: row.superseded_by }),
    ...(row.superseded_at === null ? {} : { supersededAt: row.superseded_at }),
    ...(row.withdrawn_at === null ? {} : { withdrawnAt: row.withdrawn_at }),
    erased: opened.erased,
  };
}

export function stateOf(row: Pick<TimelineRow, 'historic' | 'superseded_at' | 'withdrawn_at'>): EntryState {
  if (row.historic) return 'historic';
  if (row.withdrawn_at !== null) return 'withdrawn';
  return row.superseded_at === null ? 'current' : 'superseded';
}
