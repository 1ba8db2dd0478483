import { agencies, type Agency } from '../kernel/agency.js';

/** An entry as far as it matters who knew it: never its content. */
export interface Recorded {
  /** Event id. */
  readonly entry: string;
  /** The agency that published it. */
  readonly agency: Agency;
  /** RFC 3339. */
  readonly receivedAt: string;
}

/** That an entry reached an agency's people or systems, of one kind and for one purpose, so and so often. */
export interface Reached {
  readonly entry: string;
  readonly agency: string;
  /** `look`: it was on a page or in an answer they asked for. `notice`: the hub sent it to them. */
  readonly how: 'look' | 'notice';
  readonly purpose: string;
  /** First and last time, RFC 3339 in UTC. */
  readonly first: string;
  readonly last: string;
  readonly times: number;
}

/** How an agency came to know an entry, or that it did not. */
export type Knew =
  | { readonly how: 'published'; readonly since: string }
  | {
      readonly how: 'reached';
      readonly since: string;
      readonly last: string;
      readonly looks: number;
      readonly notices: number;
      /** In alphabetical order. */
      readonly purposes: readonly string[];
    }
  | { readonly how: 'not-shown' };

/** What one agency knew of a child by a day, of the entries that whoever asks sees in full. */
export interface AgencyKnew {
  readonly agency: Agency;
  readonly published: number;
  readonly reached: number;
  readonly notShown: number;
  /** When something of another agency first and last reached it; absent: never. */
  readonly first?: string;
  readonly last?: string;
}

/**
 * What an agency knew of each entry: what it published itself, and what it was shown or told. Only what is given counts, so
 * give it what had been recorded, and had reached somebody, by the day in question. The order of neither matters.
 */
export function knewOf(agency: Agency, recorded: readonly Recorded[], reached: readonly Reached[]): Map<string, Knew> {
  const told = Map.groupBy(
    reached.filter((one) => one.agency === agency),
    ({ entry }) => entry,
  );
  return new Map(recorded.map((one) => [one.entry, knewOne(agency, one, told.get(one.entry) ?? [])]));
}

function knewOne(agency: Agency, { agency: publisher, receivedAt }: Recorded, told: readonly Reached[]): Knew {
  if (publisher === agency) return { how: 'published', since: receivedAt };
  if (told.length === 0) return { how: 'not-shown' };
  const count = (how: Reached['how']): number =>
    told.filter((one) => one.how === how).reduce((sum, { times }) => sum + times, 0);
  return {
    how: 'reached',
    since: earliest(told.map(({ first }) => first)),
    last: latest(told.map(({ last }) => last)),
    looks: count('look'),
    notices: count('notice'),
    purposes: [...new Set(told.map(({ purpose }) => purpose))].sort(),
  };
}

/** One line for every agency, whether or not anything reached it, in their one order. */
export function overview(recorded: readonly Recorded[], reached: readonly Reached[]): AgencyKnew[] {
  return agencies.map((agency) => {
    const knew = [...knewOf(agency, recorded, reached).values()];
    const told = knew.filter((one) => one.how === 'reached');
    const count = (how: Knew['how']): number => knew.filter((one) => one.how === how).length;
    return {
      agency,
      published: count('published'),
      reached: told.length,
      notShown: count('not-shown'),
      ...(told.length === 0
        ? {}
        : { first: earliest(told.map(({ since }) => since)), last: latest(told.map(({ last }) => last)) }),
    };
  });
}

// Instants of different precision do not compare as text.
const byTime = (a: string, b: string): number => Date.parse(a) - Date.parse(b) || (a < b ? -1 : a > b ? 1 : 0);
const earliest = (instants: readonly string[]): string => instants.toSorted(byTime)[0] ?? '';
const latest = (instants: readonly string[]): string => instants.toSorted(byTime).at(-1) ?? '';
