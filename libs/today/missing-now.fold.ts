/** A fact about one child's being missing, as one source states it now. Times are RFC 3339. */
export interface MissingFact {
  /** Event id. */
  readonly event: string;
  /** `missing`: reported. `found`: closes the report of its matter. `episode`: a stretch of days, open while `until` is null. */
  readonly kind: 'missing' | 'found' | 'episode';
  readonly matter: string;
  readonly agency: string;
  readonly at: string;
  readonly precision: 'instant' | 'date';
  readonly until: string | null;
  readonly statedAt: string;
}

export interface MissingNow {
  readonly since: string;
  readonly precision: 'instant' | 'date';
  /** Who says so, in the order in which they said it first. */
  readonly toldBy: readonly string[];
  readonly events: readonly string[];
}

const DAY = 86_400_000;

/**
 * Whether a child is missing now, from what every source says of it, in any order: one answer, however many report it.
 * A report lasts until its own finding, or until the authority says that an episode about that time has ended; an open
 * episode lasts until a finding that is later than what the authority had said. No source says "returned" yet (rule A3):
 * being found, or an ended episode, is the nearest that is said.
 */
export function missingNow(facts: readonly MissingFact[]): MissingNow | undefined {
  const of = (kind: MissingFact['kind']) => facts.filter((fact) => fact.kind === kind);
  const found = of('found');
  const episodes = of('episode');
  const ended = episodes.flatMap(({ at, until }) => (until === null ? [] : [{ from: time(at), to: time(until) }]));

  const reports = of('missing').filter(
    ({ matter, at }) =>
      !found.some((other) => other.matter === matter) &&
      // The authority counts days: a report late in the evening may begin its episode the next morning.
      !ended.some(({ from, to }) => from <= time(at) + DAY && time(at) <= to),
  );
  const stretches = episodes.filter(
    ({ at, until, statedAt }) =>
      until === null && !found.some((other) => time(other.at) >= time(at) && time(other.at) >= time(statedAt)),
  );
  const open = [...reports, ...stretches].toSorted((one, other) => time(one.at) - time(other.at) || order(one, other));
  const [first] = open;
  if (!first) return undefined;
  return {
    since: first.at,
    precision: first.precision,
    toldBy: [...new Set(open.map(({ agency }) => agency))],
    events: open.map(({ event }) => event),
  };
}

const time = (at: string): number => Date.parse(at);
const order = (one: MissingFact, other: MissingFact): number => (one.event < other.event ? -1 : 1);
