/** A version of a fact that brought a notice about, as far as it matters whether it may be shown. */
export interface CauseVersion {
  readonly fact: string;
  readonly historic: boolean;
  readonly superseded_at: string | null;
  readonly withdrawn_at: string | null;
}

/** What a notice says to one reader. */
export interface Content<Version> {
  /** Of each cause that they see in full, the version that holds. In the order of the causes. */
  readonly shown: readonly Version[];
  /** Of those that they may know of, and not see: all that may be said is of which agency. */
  readonly flagged: readonly Version[];
}

/**
 * What a notice says to one reader. Neither shown nor flagged: they are not told at all, for that there is something would tell
 * them of it. `level`: what disclosure decides of a version. One that is hidden from them in any version is not spoken of.
 */
export function contentFor<Version extends CauseVersion>(
  causes: readonly string[],
  versions: readonly Version[],
  level: (version: Version) => 'full' | 'flag' | 'hidden',
): Content<Version> {
  const holding = causes.flatMap((cause) => versions.filter((one) => one.fact === cause && holds(one)));
  const hidden = new Set(versions.filter((one) => level(one) === 'hidden').map(({ fact }) => fact));
  return {
    shown: holding.filter((one) => level(one) === 'full'),
    flagged: holding.filter((one) => level(one) === 'flag' && !hidden.has(one.fact)),
  };
}

/** Whether of every cause a version holds. */
export function standAll(causes: readonly string[], versions: readonly CauseVersion[]): boolean {
  return causes.every((cause) => versions.some((one) => one.fact === cause && holds(one)));
}

const holds = ({ historic, superseded_at, withdrawn_at }: CauseVersion): boolean =>
  !historic && superseded_at === null && withdrawn_at === null;
