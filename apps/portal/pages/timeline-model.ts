import { dayInLondon, dayInWords, instantInWords } from '../../../libs/kernel/london.js';
import type { ShownEntry } from '../timeline/child-entries.js';
import type { TimelinePage } from '../timeline/read-timeline.query.js';
import { childWords } from './children-model.js';
import { entryWords } from './entry-model.js';
import { freshWords, headerModel } from './header-model.js';
import { lanesModel } from './lanes-model.js';
import type { Asked } from './timeline-query.js';
import { agencyWords, categoryWords } from './words.js';

/** Everything the timeline template shows, in words and addresses. `under`: the page it stands on, below the child's. */
export function timelineModel(page: TimelinePage, asked: Asked, under: '' | 'review' = '') {
  const { child, header, entries, withheld, reading, next } = page;
  const { kept, cursor, typed, error, filter } = asked;
  const now = filter.asKnownAt === undefined;
  const link = (change: Readonly<Record<string, string | undefined>>): string =>
    address(`/children/${child.id}${under && `/${under}`}`, { ...kept, ...change, since: reading?.since });
  const clear = link({ agency: undefined, category: undefined, from: undefined, to: undefined });
  const here = new Set(entries.map(({ id }) => id));
  return {
    child: childWords(child),
    header: headerModel(header, !now),
    fresh: reading && now ? freshWords(reading) : undefined,
    firstFresh: entries.find(({ id }) => reading?.freshHere.has(id))?.id,
    lanes:
      reading &&
      lanesModel(reading.months, (agency, year) => link({ agency, from: `${year}-01-01`, to: `${year}-12-31` })),
    years: yearsOf(entries, (entry) => entryWords(entry, here, reading)),
    jumps: jumpsOf(page, link),
    withheld: withheld.map(({ agency, reason }) => ({ id: agency, agency: agencyWords[agency].name, reason })),
    agencies: page.agencies.map((agency) => ({
      name: agencyWords[agency].name,
      active: filter.agencies?.includes(agency) ?? false,
      href: link({ agency: filter.agencies?.includes(agency) ? undefined : agency }),
    })),
    categories: page.categories.map((category) => ({
      name: categoryWords(category),
      active: filter.categories?.includes(category) ?? false,
      href: link({ category: filter.categories?.includes(category) ? undefined : category }),
    })),
    filtered: Object.keys(kept).some((name) => name !== 'asKnownAt'),
    range: rangeWords(asked),
    clear,
    knownAt: filter.asKnownAt === undefined ? undefined : instantInWords(filter.asKnownAt),
    now: link({ asKnownAt: undefined }),
    shown: `/children/${child.id}/shown${typed === '' ? '' : `?asKnownAt=${encodeURIComponent(typed)}`}`,
    hidden: Object.entries(kept).filter(([name]) => name !== 'asKnownAt'),
    typed,
    error,
    older: next === undefined ? undefined : link({ cursor: next }),
    newest: cursor === undefined ? undefined : link({}),
    // Reading it again must not count as another look: what is new stays new while the page is open.
    again: link(cursor === undefined ? {} : { cursor }),
  };
}

/** Entries under the days and years on which they happened, in London. */
function yearsOf<Words>(entries: readonly ShownEntry[], words: (entry: ShownEntry) => Words) {
  const days = Map.groupBy(entries, ({ occurredAt }) => dayInLondon(occurredAt));
  const years = Map.groupBy(days, ([day]) => day.slice(0, 4));
  return [...years].map(([year, of]) => ({
    year,
    days: of.map(([day, on]) => ({ day, words: dayInWords(day), entries: on.map(words) })),
  }));
}

/** A link to each year: on this page, or to the page that begins with it. One year needs none. */
function jumpsOf({ entries, reading }: TimelinePage, link: (change: { cursor: string }) => string) {
  const here = new Set(entries.map(({ occurredAt }) => dayInLondon(occurredAt).slice(0, 4)));
  const years = [...(reading?.years ?? [])];
  if (years.length < 2) return [];
  return years.map(([year, cursor]) => ({ year, href: here.has(year) ? `#year-${year}` : link({ cursor }) }));
}

function rangeWords({ filter: { from, to } }: Asked): string | undefined {
  const day = (instant: string): string => dayInWords(dayInLondon(instant));
  if (from !== undefined && to !== undefined) return `From ${day(from)} to ${day(to)}`;
  if (from !== undefined) return `From ${day(from)}`;
  return to === undefined ? undefined : `Up to ${day(to)}`;
}

function address(path: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams(
    Object.entries(parameters).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as [string, string]],
    ),
  ).toString();
  return `${path}${query === '' ? '' : `?${query}`}`;
}
