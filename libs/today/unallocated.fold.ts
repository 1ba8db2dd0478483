/** Something that goes on for a child now. Times are RFC 3339. */
export interface Current {
  readonly kind: 'missing' | 'custody' | 'hearing' | 'arrest' | 'result';
  readonly at: string;
}

export interface Unallocated {
  /** Since when something goes on that nobody has. */
  readonly since: string;
  readonly why: 'never-allocated' | 'closed';
  /** When the case was closed. */
  readonly closedAt?: string;
  /** What goes on, each once. */
  readonly because: readonly Current['kind'][];
}

// How long an arrest, or a result, calls for somebody to take the case: beyond, the court or the panel has.
const LASTS_DAYS: Readonly<Partial<Record<Current['kind'], number>>> = { arrest: 14, result: 28 };
const kinds: readonly Current['kind'][] = ['missing', 'custody', 'hearing', 'arrest', 'result'];

/**
 * Whether a child for whom no case is open needs one, and why. Only those with something current: missing, in custody, a hearing
 * from today on, arrested in the last fourteen days, a court result in the last twenty-eight. What was arrested or decided
 * before a case was closed was known to whoever closed it. `today`: the start of today in London; `now`: RFC 3339 both.
 */
export function unallocated(
  goingOn: readonly Current[],
  closedAt: string | undefined,
  today: string,
  now: string,
): Unallocated | undefined {
  const current = goingOn.filter(({ kind, at }) => {
    const days = LASTS_DAYS[kind];
    if (kind === 'hearing') return time(at) >= time(today);
    if (days === undefined) return true;
    return time(at) > time(now) - days * 86_400_000 && (closedAt === undefined || time(at) > time(closedAt));
  });
  // A hearing that is to come has been going on since it is known: the day it is for says nothing of since when.
  const begun = current.map(({ at }) => Math.min(time(at), time(now)));
  if (begun.length === 0) return undefined;
  const since = Math.max(Math.min(...begun), closedAt === undefined ? Number.NEGATIVE_INFINITY : time(closedAt));
  return {
    since: new Date(since).toISOString(),
    why: closedAt === undefined ? 'never-allocated' : 'closed',
    ...(closedAt === undefined ? {} : { closedAt }),
    because: kinds.filter((kind) => current.some((one) => one.kind === kind)),
  };
}

const time = (at: string): number => Date.parse(at);
