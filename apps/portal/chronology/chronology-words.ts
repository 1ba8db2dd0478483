import { purposes } from '../../../libs/disclosure/terms.js';
import { dayInLondon, dayInWords, instantInWords } from '../../../libs/kernel/london.js';
import { markWords } from '../annotations/annotation-words.js';
import { agencyWords, categoryWords, handlingWords } from '../pages/words.js';
import type { Chronology, SignificantEvent } from './read-chronology.query.js';

/** A chronology in words: the page, the print and nothing else show it, and they say the same. */
export interface ChronologyWords {
  readonly title: string;
  readonly child: { readonly name: string; readonly born: string; readonly reference: string };
  readonly about: readonly { readonly label: string; readonly value: string }[];
  readonly asKnown: string;
  readonly madeBy: string;
  readonly purpose: string;
  readonly handling: string;
  readonly doNotCopy: string;
  readonly years: readonly { readonly year: string; readonly events: readonly EventWords[] }[];
  readonly count: number;
  /** Why something that was marked is not there; undefined when nothing is missing that this reader may know of. */
  readonly leftOut: string | undefined;
}

export interface EventWords {
  readonly id: string;
  readonly occurred: string;
  readonly datetime: string;
  readonly title: string;
  readonly lines: readonly { readonly label: string; readonly value: string }[];
  readonly agency: { readonly name: string; readonly colour: string };
  readonly source: string;
  readonly handlings: readonly string[];
  readonly marks: readonly { readonly by: string; readonly at: string; readonly note: string | undefined }[];
}

export function chronologyWords({ child, filter, events, withdrawn, made }: Chronology): ChronologyWords {
  const name = child.name ?? 'Name not known';
  const born = child.birthDate === undefined ? 'Not known' : dayInWords(child.birthDate);
  const reference = child.id.slice(0, 8);
  const asKnown = instantInWords(filter.asKnownAt ?? made.at);
  const madeBy = `${made.by}, ${agencyWords[made.agency].name}`;
  const purpose = purposes[made.purpose];
  const count = events.length;
  return {
    title: 'Chronology of significant events',
    child: { name, born, reference },
    asKnown,
    madeBy,
    purpose,
    handling: 'OFFICIAL-SENSITIVE: for professionals working with this child',
    doNotCopy: 'Do not copy on. It shows what this reader may see for this purpose; somebody else may see less.',
    about: [
      { label: 'Child', value: name },
      { label: 'Born', value: born },
      { label: 'Hub reference', value: reference },
      { label: 'As known on', value: asKnown },
      { label: 'Covers', value: coversWords(filter) },
      { label: 'Made by', value: madeBy },
      { label: 'Made on', value: instantInWords(made.at) },
      { label: 'Purpose', value: purpose },
      { label: 'Events', value: String(count) },
    ],
    years: [...Map.groupBy(events, ({ entry }) => dayInLondon(entry.occurredAt).slice(0, 4))].map(([year, of]) => ({
      year,
      events: of.map(eventWords),
    })),
    count,
    leftOut: withdrawn === 0 ? undefined : leftOutWords(withdrawn),
  };
}

function coversWords({ from, to }: Chronology['filter']): string {
  const [first, last] = [from, to].map((at) => at && dayInWords(dayInLondon(at)));
  if (first && last) return `${first} to ${last}`;
  if (first) return `From ${first}`;
  return last ? `Up to ${last}` : 'Everything that was marked';
}

function leftOutWords(withdrawn: number): string {
  return withdrawn === 1
    ? 'One event that was marked is not here: its publisher has withdrawn it.'
    : `${withdrawn} events that were marked are not here: their publishers have withdrawn them.`;
}

function eventWords({ entry, marks }: SignificantEvent): EventWords {
  return {
    id: entry.id,
    occurred: entry.occurred,
    datetime: entry.precision === 'date' ? dayInLondon(entry.occurredAt) : entry.occurredAt,
    title: entry.title,
    lines: entry.lines,
    agency: agencyWords[entry.agency],
    source: `${agencyWords[entry.agency].name} (${categoryWords(entry.category)}), recorded ${instantInWords(entry.recordedAt)}`,
    handlings: handlingWords(entry.handling).map(({ name: mark, meaning }) =>
      meaning === '' ? mark : `${mark}: ${meaning}`,
    ),
    marks: marks.map(markWords),
  };
}
