import type { Occurred } from './fact.js';

/** What a rule's limit counts. School days and working days are days in England; hours are hours on any clock. */
export type LimitUnit = 'clock-hours' | 'calendar-days' | 'working-days' | 'school-days' | 'months';

export interface Limit {
  readonly amount: number;
  readonly unit: LimitUnit;
}

/** One rule of the rulebook as it applies in an area on a day: data, never code. */
export interface Rule {
  /** As the rulebook names it, e.g. `A3`. */
  readonly id: string;
  readonly duty: string;
  readonly authority: string;
  /** False: an editable default nobody has verified. Its duties are amber, and stay out of performance figures. */
  readonly verified: boolean;
  /** Absent where there is no number: without delay, and no deadline. */
  readonly limit?: Limit;
  /** Before the limit, by so much: a reminder to the owner. Longest first. */
  readonly warnings: readonly Limit[];
  /** After the limit, by so much, it goes to this role. In order. */
  readonly escalations: readonly { readonly to: string; readonly after: Limit }[];
  /** A fact older than this when the hub received it is history: shown, and nobody is told. */
  readonly actWithin: Limit;
  /** Numbers of the rule besides its limit, e.g. how many episodes within how many days. */
  readonly numbers: Readonly<Record<string, number>>;
  /** Grades or levels of what the rule is about that wait for the daily digest; what is none of them is told at once. */
  readonly digest: readonly string[];
}

/** The rulebook, as derivations ask it. Pure: the same question, the same answer; its version changes when any rule does. */
export interface Rules {
  readonly version: string;
  /** The rule in force on the day of `on` (RFC 3339) in an area (an authority's code or name; '' for the default). Throws for an id it does not have; before a rule first was in force, its first version. */
  rule(id: string, on: string, area?: string): Rule;
  /**
   * When a limit that begins with `from` runs out, RFC 3339. Clock hours run from the instant, of a day from its end (the latest
   * it can have begun is what nobody can be late against); days end with the last day, in London.
   */
  due(limit: Limit, from: Occurred): string;
  /** `limit` before an instant, RFC 3339. */
  before(limit: Limit, instant: string): string;
  /** `limit` after an instant, to the minute where it counts hours; RFC 3339. */
  after(limit: Limit, instant: string): string;
}
