import { mayReadWords } from '../../../libs/disclosure/annotating.js';
import { Answer } from '../../../libs/contracts/gen/hub/record/v1/record_pb.js';
import type { Agency } from '../../../libs/kernel/agency.js';
import {
  isAnswer,
  isDispute,
  isMark,
  annotationsAmong,
  type Annotation,
  type SaidOf,
} from '../../../libs/platform/annotations/annotation-store.js';
import type { TimelineEntry } from '../../../libs/timeline/entry.js';
import type { Looker } from '../looks/looker.js';
import type { EntryParts, Sighted } from '../timeline/child-entries.js';
import { readVersions, type Seen } from '../timeline/timeline-rows.js';

/** Who said something. Outside their own agency, people go by their role. */
export interface Speaker {
  readonly agency: Agency;
  readonly role?: string;
  readonly name?: string;
}

export interface Mark {
  readonly by: Speaker;
  /** RFC 3339. */
  readonly at: string;
  /** Why it is significant, where this viewer may read it. */
  readonly note?: string;
}

export interface SourceAnswer {
  readonly agency: Agency;
  readonly at: string;
  readonly answer: 'corrected' | 'stands' | 'not-ours';
  readonly text?: string;
}

export interface Dispute {
  readonly by: Speaker;
  readonly at: string;
  readonly what?: string;
  readonly answer?: SourceAnswer;
  /** What became of the version that was said to be wrong. */
  readonly since?: { readonly how: 'corrected' | 'withdrawn'; readonly at: string };
}

/** What was said of one entry, oldest first. */
export interface EntryAnnotations {
  readonly marks: readonly Mark[];
  readonly disputes: readonly Dispute[];
}

/**
 * What was said of these entries, which the looker sees in full: no other decision is made about who sees it, save that it
 * is left out where it is about a version that they may not see, and that its words are for professionals.
 */
export async function annotationsOf(
  parts: EntryParts,
  { known: { viewer }, seen }: Pick<Sighted, 'known' | 'seen'>,
  { purpose }: Looker,
  entries: readonly TimelineEntry[],
  said?: SaidOf,
): Promise<Map<string, EntryAnnotations>> {
  // Of the versions of a fact, the one that stands: what was said is of the fact, and is told once.
  const standing = entries.filter(({ state }) => state === 'current' || state === 'withdrawn');
  const records = [...new Set(standing.map(({ record }) => record))];
  const all = await annotationsAmong(parts, records, said, seen.asKnownAt);
  const answers = new Map(all.filter(isAnswer).map((one) => [one.said.request, one]));
  const byFact = Map.groupBy([...all.filter(isMark), ...all.filter(isDispute)], ({ record, said }) =>
    nameOf(record, said.fact),
  );
  const ofEntry = standing.flatMap((entry) =>
    (byFact.get(nameOf(entry.record, entry.fact)) ?? []).map((one) => ({ entry, one })),
  );
  const versions = ofEntry.map(({ one }) => one.said.version);
  const fates = await fatesOf(parts, seen, entries, versions);

  const told = Map.groupBy(
    ofEntry.filter(({ one }) => fates.has(one.said.version)),
    ({ entry }) => entry.id,
  );
  return new Map(
    [...told].map(([id, ofOne]) => [
      id,
      {
        marks: ofOne.flatMap(({ one }) => (isMark(one) && one.said.significant ? [markOf(one, mayRead(one))] : [])),
        disputes: ofOne.flatMap(({ one }) => {
          if (!isDispute(one)) return [];
          const answer = answers.get(one.receipt);
          return [
            {
              by: speakerOf(one, viewer.agency),
              at: one.saidAt,
              ...(mayRead(one) ? { what: one.said.what } : {}),
              ...(answer ? { answer: answerOf(answer, mayRead(answer)) } : {}),
              ...fates.get(one.said.version),
            },
          ];
        }),
      },
    ]),
  );

  function mayRead({ agency }: Annotation): boolean {
    return mayReadWords(viewer, purpose, agency);
  }

  function markOf(one: Annotation & { said: { note: string } }, readable: boolean): Mark {
    const note = readable && one.said.note !== '' ? { note: one.said.note } : {};
    return { by: speakerOf(one, viewer.agency), at: one.saidAt, ...note };
  }
}

export function answerOf(
  { agency, saidAt, said }: Annotation & { said: { answer: Answer; text: string } },
  readable: boolean,
): SourceAnswer {
  const answer = answers[said.answer] ?? 'stands';
  return { agency, at: saidAt, answer, ...(readable && said.text !== '' ? { text: said.text } : {}) };
}

const answers: Readonly<Partial<Record<Answer, SourceAnswer['answer']>>> = {
  [Answer.CORRECTED]: 'corrected',
  [Answer.STANDS]: 'stands',
  [Answer.NOT_OURS]: 'not-ours',
};

export function speakerOf({ agency, said }: Annotation, viewersAgency: string): Speaker {
  const by = 'by' in said ? said.by : undefined;
  return {
    agency,
    ...(by?.role ? { role: by.role } : {}),
    ...(by?.name && agency === viewersAgency ? { name: by.name } : {}),
  };
}

type Fate = Pick<Dispute, 'since'>;

/** Of the versions that this viewer may see, what became of each. */
async function fatesOf(
  { database }: EntryParts,
  seen: Seen,
  entries: readonly TimelineEntry[],
  versions: readonly string[],
): Promise<Map<string, Fate>> {
  const here = new Map(entries.map(({ id, supersededAt, withdrawnAt }) => [id, fateOf(supersededAt, withdrawnAt)]));
  const elsewhere = [...new Set(versions.filter((version) => !here.has(version)))];
  const { asKnownAt } = seen;
  const by = (at: string | null): string | undefined =>
    at === null || (asKnownAt !== undefined && Date.parse(at) > Date.parse(asKnownAt)) ? undefined : at;
  for (const { key, superseded_at, withdrawn_at } of await readVersions(database, seen, elsewhere)) {
    here.set(key, fateOf(by(superseded_at), by(withdrawn_at)));
  }
  return here;
}

function fateOf(supersededAt: string | undefined, withdrawnAt: string | undefined): Fate {
  if (withdrawnAt !== undefined) return { since: { how: 'withdrawn', at: withdrawnAt } };
  return supersededAt === undefined ? {} : { since: { how: 'corrected', at: supersededAt } };
}

const nameOf = (record: string, fact: string): string => `${record} ${fact}`;
