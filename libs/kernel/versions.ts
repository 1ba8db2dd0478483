/**
 * Which versions of a fact there have been, and which is current: decided from everything stated about it, whatever order
 * it arrived in. Pure: the recorder calls it with what the fact index and the stream hold, and appends what is missing.
 */

/** A receipt says the fact, with this content; or, being complete, says it no longer is (`content: null`). */
export interface Saying {
  readonly receipt: string;
  /** The source's own time, RFC 3339: decides. Of two at one time, the receipt that came later (ids sort by arrival). */
  readonly statedAt: string;
  readonly content: string | null;
}

/** A version the log already holds, oldest first. */
export interface LoggedVersion {
  readonly eventId: string;
  /** null: a withdrawal. */
  readonly content: string | null;
  readonly historic: boolean;
}

export type Append =
  | {
      readonly kind: 'new' | 'corrected' | 'historic';
      readonly content: string;
      readonly supersedes?: string;
      readonly by: Saying;
    }
  | { readonly kind: 'withdrawn'; readonly supersedes: string; readonly by?: Saying };

/** `idOf` gives the id an append will have, so that a later one in the same answer can supersede it. */
export function missingVersions(
  sayings: readonly Saying[],
  logged: readonly LoggedVersion[],
  idOf: (append: Append) => string,
): Append[] {
  const wanted = versions(sayings);
  const known = new Set(logged.map((version) => version.content));
  const appends: Append[] = [];
  let current: Current | undefined = logged.findLast((version) => !version.historic);

  const append = (next: Append): void => {
    appends.push(next);
    if (next.kind !== 'historic')
      current = { eventId: idOf(next), content: next.kind === 'withdrawn' ? null : next.content };
  };

  for (const earlier of wanted.slice(0, -1)) {
    // Nothing logged yet: tell the whole story in order. Otherwise the log has moved on, and what comes late is history.
    if (logged.length === 0) become(earlier);
    else if (earlier.content !== null && !known.has(earlier.content)) {
      append({ kind: 'historic', content: earlier.content, by: earlier });
    }
  }
  become(wanted.at(-1));
  return appends;

  function become(version: Saying | undefined): void {
    const target = version?.content ?? null;
    if (target === (current?.content ?? null)) return;
    if (target === null) {
      if (current) append({ kind: 'withdrawn', supersedes: current.eventId, ...(version ? { by: version } : {}) });
    } else if (version) {
      append(
        current
          ? { kind: 'corrected', content: target, supersedes: current.eventId, by: version }
          : { kind: 'new', content: target, by: version },
      );
    }
  }
}

interface Current {
  readonly eventId: string;
  readonly content: string | null;
}

/** The sayings in source order, each only where it changed something; an absence before the first statement is none. */
function versions(sayings: readonly Saying[]): Saying[] {
  const ordered = [...sayings].sort(
    (a, b) => instant(a) - instant(b) || (a.receipt < b.receipt ? -1 : a.receipt > b.receipt ? 1 : 0),
  );
  return ordered.filter((saying, at) => saying.content !== (at === 0 ? null : (ordered[at - 1]?.content ?? null)));
}

function instant(saying: Saying): number {
  return Date.parse(saying.statedAt);
}
