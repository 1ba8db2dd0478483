import { Problem } from '../problems/problem.js';

/** One look at a child, or at a list of children: who, why, at whom, and what came of it. Acts on looking itself too. */
export interface Look {
  /** RFC 3339, milliseconds. */
  readonly at: string;
  /** Sign-in name, or the system's. */
  readonly who: string;
  readonly agency: string;
  readonly roles: readonly string[];
  readonly purpose: string;
  /** The operation, e.g. `timeline.read`. */
  readonly what: string;
  readonly child?: string;
  /** `done`: nothing was shown, something was decided about looking (a break-glass reviewed). */
  readonly outcome: LookOutcome;
  /** Counts, filters and opaque ids: never content, a name or what was searched for. */
  readonly details: Readonly<Record<string, unknown>>;
  /** Event ids of the entries whose content was shown. */
  readonly shown?: readonly string[];
  /** UUID. */
  readonly correlationId: string;
}

const outcomes = ['shown', 'not-found', 'done'] as const;

export type LookOutcome = (typeof outcomes)[number];

export function isLookOutcome(text: string): text is LookOutcome {
  return (outcomes as readonly string[]).includes(text);
}

/** The look could not be written down, so there is no answer. */
export class LookNotRecorded extends Problem {
  constructor(cause: unknown) {
    super(
      503,
      'look-not-recorded',
      'Not shown just now',
      'The hub could not record that you looked, so it shows nothing. Nothing was lost. Try again.',
      undefined,
      { 'retry-after': '5' },
    );
    this.name = 'LookNotRecorded';
    this.cause = cause;
  }
}
