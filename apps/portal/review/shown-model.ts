import { isPurpose } from '../../../libs/disclosure/terms.js';
import { instantInWords } from '../../../libs/kernel/london.js';
import type { Knew } from '../../../libs/timeline/shown.fold.js';
import { childWords } from '../pages/children-model.js';
import { agencyWords } from '../pages/words.js';
import type { AgencyWanted, ShownPage, ShownTo, Wanted } from './read-shown.query.js';

interface Asked {
  /** As addresses carry it: a day, or an instant. */
  readonly day?: string;
  readonly of?: AgencyWanted;
  /** The date as it was typed. */
  readonly typed: string;
  readonly error?: string;
}

const LINES = 3;

const choices: readonly { readonly wanted: Wanted; readonly text: string }[] = [
  { wanted: 'all', text: 'Everything recorded' },
  { wanted: 'known', text: 'Published by it or shown to it' },
  { wanted: 'not-shown', text: 'Recorded, not shown to it' },
];

/** Everything the second view shows, in words and addresses. */
export function shownModel(page: ShownPage, { day, of, typed, error }: Asked) {
  const { child, agencies, unattributedLooks, entries, next } = page;
  const base = `/children/${child.id}`;
  const link = (change: Readonly<Record<string, string>>): string =>
    `${base}/shown?${new URLSearchParams({ ...(day === undefined ? {} : { asKnownAt: day }), ...change }).toString()}`;
  return {
    child: childWords(child),
    by: instantInWords(page.asKnownAt),
    typed,
    error,
    unattributedLooks,
    timeline: day === undefined ? `${base}/review` : `${base}/review?asKnownAt=${encodeURIComponent(day)}`,
    agencies: agencies.map(({ agency, published, reached, notShown, first, last }) => ({
      name: agencyWords[agency].name,
      href: link({ agency }),
      active: of?.agency === agency,
      published,
      reached,
      notShown,
      first: first === undefined ? 'Never' : instantInWords(first),
      last: last === undefined ? 'Never' : instantInWords(last),
    })),
    ...(of && entries
      ? {
          agency: agencyWords[of.agency].name,
          chosen: of.agency,
          choices: choices.map(({ wanted, text }) => ({
            text,
            href: link({ agency: of.agency, entries: wanted }),
            active: of.wanted === wanted,
          })),
          entries: entries.map(shownWords),
          older: next === undefined ? undefined : link({ agency: of.agency, entries: of.wanted, cursor: next }),
        }
      : {}),
  };
}

function shownWords({ id, title, lines, erased, agency, occurred, recordedAt, state, knew }: ShownTo) {
  return {
    id,
    title,
    erased,
    // Enough to know which it was: the timeline has the rest.
    lines: lines.slice(0, LINES),
    struck: state !== 'current',
    agency: agencyWords[agency],
    occurred,
    recorded: instantInWords(recordedAt),
    known: knew.how !== 'not-shown',
    knew: knewWords(knew),
  };
}

function knewWords(knew: Knew): string {
  if (knew.how === 'not-shown') return 'Recorded, not shown';
  if (knew.how === 'published') return `Published by it, received ${instantInWords(knew.since)}`;
  const { since, last, looks, notices, purposes } = knew;
  const times = [counted(looks, 'look', 'looks'), counted(notices, 'notice', 'notices')].filter(Boolean).join(', ');
  const until = since === last ? '' : `, last ${instantInWords(last)}`;
  return `Shown first ${instantInWords(since)}${until} · ${times} · for ${purposes.map(purposeWords).join(', ')}`;
}

const counted = (count: number, one: string, many: string): string =>
  count === 0 ? '' : `${count} ${count === 1 ? one : many}`;

const purposeWords = (purpose: string): string =>
  isPurpose(purpose) ? purpose.replaceAll('-', ' ') : 'another purpose';
