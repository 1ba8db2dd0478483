import { dayInLondon, instantInWords } from '../../../libs/kernel/london.js';
import type { TimelineEntry } from '../../../libs/timeline/entry.js';
import type { TimelinePage } from '../timeline/read-timeline.query.js';
import { childWords } from './children-model.js';
import type { Asked } from './timeline-query.js';
import { agencyWords, categoryWords, handlingWords } from './words.js';

// What matters comes first; reference numbers and codes wait below.
const LINES = 7;

/** Everything the timeline template shows, in words and addresses. */
export function timelineModel({ child, entries, withheld, agencies, categories, next }: TimelinePage, asked: Asked) {
  const { kept, cursor, typed, error, filter } = asked;
  const link = (change: Readonly<Record<string, string | undefined>>): string =>
    address(child.id, { ...kept, ...change });
  const here = new Set(entries.map(({ id }) => id));
  return {
    child: childWords(child),
    entries: entries.map((entry) => entryWords(entry, here)),
    withheld: withheld.map(({ agency, reason }) => ({ agency: agencyWords[agency].name, reason })),
    agencies: agencies.map((agency) => ({
      name: agencyWords[agency].name,
      active: filter.agencies?.includes(agency) ?? false,
      href: link({ agency: filter.agencies?.includes(agency) ? undefined : agency }),
    })),
    categories: categories.map((category) => ({
      name: categoryWords(category),
      active: filter.categories?.includes(category) ?? false,
      href: link({ category: filter.categories?.includes(category) ? undefined : category }),
    })),
    filtered: Object.keys(kept).some((name) => name !== 'asKnownAt'),
    clear: link({ agency: undefined, category: undefined, from: undefined, to: undefined }),
    knownAt: filter.asKnownAt === undefined ? undefined : instantInWords(filter.asKnownAt),
    now: link({ asKnownAt: undefined }),
    hidden: Object.entries(kept).filter(([name]) => name !== 'asKnownAt'),
    typed,
    error,
    older: next === undefined ? undefined : link({ cursor: next }),
    newest: cursor === undefined ? undefined : link({}),
  };
}

function entryWords(entry: TimelineEntry, here: ReadonlySet<string>) {
  const { supersededBy, supersededAt, withdrawnAt, supersedes } = entry;
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
    // A day has no time of day: the attribute says no more than the source did.
    datetime: entry.precision === 'date' ? dayInLondon(entry.occurredAt) : entry.occurredAt,
    received: instantInWords(entry.receivedAt),
    recorded: instantInWords(entry.recordedAt),
    system: entry.system,
    receipt: entry.receipt,
    state: entry.state,
    mark: marks[entry.state],
    since: sinceWords(entry, supersededAt, withdrawnAt),
    replacedBy: supersededBy !== undefined && here.has(supersededBy) ? `#entry-${supersededBy}` : undefined,
    replaces: supersedes !== undefined && here.has(supersedes) ? `#entry-${supersedes}` : undefined,
  };
}

const marks: Readonly<Record<TimelineEntry['state'], string | undefined>> = {
  current: undefined,
  superseded: 'Replaced',
  withdrawn: 'Withdrawn',
  historic: 'Out of date',
};

function sinceWords(
  { state }: TimelineEntry,
  supersededAt: string | undefined,
  withdrawnAt: string | undefined,
): string | undefined {
  if (state === 'withdrawn' && withdrawnAt !== undefined)
    return `Withdrawn by its publisher on ${instantInWords(withdrawnAt)}.`;
  if (state === 'superseded' && supersededAt !== undefined)
    return `Replaced by its publisher on ${instantInWords(supersededAt)}.`;
  if (state === 'historic') return 'Its publisher had already replaced this when the hub heard of it.';
  return undefined;
}

function address(child: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams(
    Object.entries(parameters).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as [string, string]],
    ),
  ).toString();
  return `/children/${child}${query === '' ? '' : `?${query}`}`;
}
