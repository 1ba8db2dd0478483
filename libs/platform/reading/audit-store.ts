import type { Database } from '../database/pool.js';
import { Problem } from '../problems/problem.js';

/** One look at a child, or at a list of children: who, why, at whom, and what came of it. */
export interface Look {
  /** RFC 3339. */
  readonly at: string;
  /** Sign-in name, or the system's. */
  readonly who: string;
  readonly agency: string;
  readonly roles: readonly string[];
  readonly purpose: string;
  /** The operation, e.g. `timeline.read`. */
  readonly what: string;
  readonly child?: string;
  readonly outcome: 'shown' | 'not-found';
  /** Counts, filters and opaque ids: never content, a name or what was searched for. */
  readonly details: Readonly<Record<string, unknown>>;
  /** Event ids of the entries whose content was shown. */
  readonly shown?: readonly string[];
  /** UUID. */
  readonly correlationId: string;
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

/** Resolves once the look is committed; only then may the answer leave. Throws `LookNotRecorded`. */
export async function recordLook(database: Database, look: Look): Promise<void> {
  try {
    await database.query({
      name: 'record look',
      text: `insert into audit (at, who, agency, roles, purpose, what, child, outcome, details, correlation_id, shown)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      values: [
        look.at,
        look.who,
        look.agency,
        look.roles,
        look.purpose,
        look.what,
        look.child ?? null,
        look.outcome,
        JSON.stringify(look.details),
        look.correlationId,
        look.shown ?? [],
      ],
    });
  } catch (error) {
    throw new LookNotRecorded(error);
  }
}
