import type { Sayer } from '../annotations/say.command.js';

/** What came of the offer of a return home interview. */
export interface InterviewSaid {
  readonly outcome: 'offered' | 'declined' | 'completed' | 'not-held';
  /** When, RFC 3339. */
  readonly at: string;
  readonly reason: string;
  readonly summary: string;
  /** By role or service, never a name. */
  readonly interviewer: string;
  readonly independent: boolean;
  readonly urgent: boolean;
  /** The authority's own reference, where its system has one already. */
  readonly reference: string;
}

/** What came of the prevention interview of the police. */
export interface PreventionSaid {
  readonly outcome: 'declined' | 'completed' | 'not-held';
  /** When, RFC 3339. */
  readonly at: string;
  readonly reason: string;
}

/** How an interview was used in the plan. */
export interface UseSaid {
  readonly howUsed: string;
  /** `YYYY-MM-DD`; '' while it has not been reviewed. */
  readonly planReviewedOn: string;
}

/** Record what came of an interview. `episode`: a fact of the episode. Rejects with `Problem` 403, 404 or 503. */
export class RecordInterview {
  constructor(
    readonly sayer: Sayer,
    readonly child: string,
    readonly episode: string,
    readonly said: InterviewSaid,
  ) {}
}

/** Record what came of a prevention interview. `episode`: a fact of the episode. Rejects with `Problem` 403, 404 or 503. */
export class RecordPrevention {
  constructor(
    readonly sayer: Sayer,
    readonly child: string,
    readonly episode: string,
    readonly said: PreventionSaid,
  ) {}
}

/** Record how an interview was used. `interview`: its fact. Rejects with `Problem` 403, 404 or 503. */
export class RecordUse {
  constructor(
    readonly sayer: Sayer,
    readonly child: string,
    readonly interview: string,
    readonly said: UseSaid,
  ) {}
}
