import { randomUUID } from 'node:crypto';
import { roleFor, type Act } from '../../../libs/disclosure/annotating.js';
import type { Agency } from '../../../libs/kernel/agency.js';
import { instantInWords } from '../../../libs/kernel/london.js';
import type { Looker } from '../looks/looker.js';
import { agencyWords } from '../pages/words.js';
import type { TimelinePage } from '../timeline/read-timeline.query.js';
import type { Ask } from './asks.js';
import type { Dispute, EntryAnnotations, Mark, SourceAnswer, Speaker } from './entry-annotations.js';

/** What was said of an entry, in words. */
export function saidWords({ marks, disputes }: EntryAnnotations) {
  return { marks: marks.map(markWords), disputes: disputes.map(disputeWords) };
}

export function markWords({ by, at, note }: Mark) {
  return { by: speakerWords(by), agency: agencyWords[by.agency].name, at: instantInWords(at), note };
}

function disputeWords({ by, at, what, answer, since }: Dispute) {
  return {
    by: speakerWords(by),
    at: instantInWords(at),
    what,
    answer: answer && answerWords(answer),
    since: since && { how: since.how === 'withdrawn' ? 'withdrawn' : 'corrected', at: instantInWords(since.at) },
  };
}

const said: Readonly<Record<SourceAnswer['answer'], string>> = {
  corrected: 'it has been corrected',
  stands: 'it stands as it is',
  'not-ours': 'it is not theirs to answer',
};

function answerWords({ agency, at, answer, text }: SourceAnswer) {
  return { agency: agencyWords[agency].name, at: instantInWords(at), answer: said[answer], text };
}

/** By name among colleagues; outside, by role and agency. */
export function speakerWords({ name, role, agency }: Speaker): string {
  const who = name ?? (role === undefined ? undefined : `A ${role.replaceAll('-', ' ')}`);
  return who === undefined ? agencyWords[agency].name : `${who}, ${agencyWords[agency].name}`;
}

interface Forms {
  readonly looker: Looker;
  readonly formToken: string;
  /** The page shows a past day: what was said then is shown, and nothing is said now. */
  readonly past: boolean;
}

interface Year<Entry> {
  readonly days: readonly { readonly entries: readonly Entry[] }[];
}

/** Adds to a timeline's model what was said of its entries, and what this looker may say. */
export function withActions<
  Entry extends { readonly id: string },
  Model extends { readonly years: readonly Year<Entry>[]; readonly withheld: readonly object[] },
>(model: Model, { child, annotations, entries, withheld, asks }: TimelinePage, { looker, formToken, past }: Forms) {
  const { viewer, purpose } = looker;
  const may = (act: Act): boolean => !past && roleFor(viewer, purpose, act) !== undefined;
  const standing = new Set(entries.filter(({ state, erased }) => state === 'current' && !erased).map(({ id }) => id));
  const actionsOf = (id: string) => {
    const of = annotations.get(id);
    const at = `/children/${child.id}/entries/${id}`;
    return {
      ...(of ? saidWords(of) : { marks: [], disputes: [] }),
      own: of?.marks.some(({ by }) => by.agency === viewer.agency) ?? false,
      mark: standing.has(id) && may('mark') ? `${at}/significant` : undefined,
      wrong: standing.has(id) && may('dispute') ? `${at}/wrong` : undefined,
      formToken,
      once: randomUUID(),
    };
  };
  return {
    ...model,
    years: model.years.map((year) => ({
      ...year,
      days: year.days.map((day) => ({
        ...day,
        entries: day.entries.map((entry) => ({ ...entry, actions: actionsOf(entry.id) })),
      })),
    })),
    withheld: model.withheld.map((line, index) => {
      const agency = withheld[index]?.agency;
      const ask = asks.find((one) => one.agency === agency);
      return { ...line, ...(agency === undefined ? {} : askWords(child.id, agency, ask, may('ask-why'))) };
    }),
  };
}

function askWords(child: string, agency: Agency, ask: Ask | undefined, may: boolean) {
  return {
    asked: ask && {
      by: speakerWords(ask.by),
      at: instantInWords(ask.at),
      need: ask.need,
      answer: ask.answer && { ...answerWords(ask.answer), answer: answeredWhy[ask.answer.answer] },
    },
    ask: may ? `/children/${child}/withheld/${agency}/why` : undefined,
  };
}

const answeredWhy: Readonly<Record<SourceAnswer['answer'], string>> = {
  corrected: 'they now share it',
  stands: 'it stays withheld',
  'not-ours': 'it is not theirs to answer',
};

const banners: Readonly<Record<string, { readonly heading: string; readonly text: string }>> = {
  marked: { heading: 'Marked as significant', text: 'It is in the chronology, for everybody who may see the entry.' },
  unmarked: { heading: 'The mark was taken back', text: 'The entry is no longer in the chronology for your agency.' },
  disputed: { heading: 'Sent to the source', text: 'What it answers will show under the entry.' },
  asked: { heading: 'The agency has been asked', text: 'What it answers will show beside its name.' },
  before: { heading: 'You had sent this already', text: 'What you sent first was kept.' },
};

/** What a form that was sent came to; undefined when the address names none. */
export function bannerOf(done: string | undefined) {
  return done !== undefined && Object.hasOwn(banners, done) ? banners[done] : undefined;
}
