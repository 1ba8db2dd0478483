import type { JsonObject } from '@bufbuild/protobuf';
import type { Agency } from './agency.js';
import type { Rules } from './rules.js';

/** A fact that stands, of a record linked to the child: its current version. Times are RFC 3339. */
export interface HeldFact {
  /** Event id of the version. */
  readonly event: string;
  /** Keyed hash of the business key: the same for every version. */
  readonly fact: string;
  readonly type: string;
  readonly record: string;
  readonly agency: Agency;
  readonly system: string;
  readonly category: string;
  readonly handling: string;
  /** With precision `date`, the start of that day in London. */
  readonly occurredAt: string;
  readonly precision: 'instant' | 'date';
  readonly statedAt: string;
  readonly receivedAt: string;
  readonly recordedAt: string;
  /** It replaces what the source had said of the same before. */
  readonly corrected: boolean;
  /** Imported as history: recorded and shown, and nobody is told. */
  readonly history: boolean;
  /** The canonical event in its JSON mapping, as `decode` gives it. */
  readonly content: JsonObject;
}

/** The child as identity sees it now. */
export interface ChildNow {
  readonly id: string;
  /** Nobody knows yet who this is: whoever may hold the case is told that it may concern their child. */
  readonly provisional: boolean;
  /** Of one that is provisional: children it may turn out to be (same day of birth and a name or number in common). */
  readonly possible: readonly string[];
}

/** To whom: an agency, a role there, and why they are told. A person is found when it is sent, never before. */
export interface Recipient {
  readonly agency: Agency;
  /** A role of the disclosure policy; `named-case-manager` is whoever holds the child's case then, or covers it. */
  readonly role: string;
  readonly purpose: string;
  /** Which of several authorities or forces, by code or name as its source writes it; absent: the one that the hub serves. */
  readonly place?: string;
  /** Whoever holds the case of this other child: that of a provisional one may be it. */
  readonly holderOf?: string;
}

/** Something that has to be done. The engine says whether it is open, overdue or met. */
export interface Duty {
  /** What has to be done, e.g. `return-home-interview`. With the causes it says which duty this is. */
  readonly kind: string;
  /** Facts that bring it about (`HeldFact.fact`), the first of them first. Never empty. */
  readonly causes: readonly string[];
  readonly owner: Recipient;
  /** Id of the rule. */
  readonly rule: string;
  /** The authority whose own limits apply, by code or name; absent: that of the owner's place. */
  readonly area?: string;
  readonly verified: boolean;
  /** When it began, RFC 3339. */
  readonly since: string;
  /** When it is late, RFC 3339; absent: without delay, and no deadline. */
  readonly due?: string;
  /** What met it, and when. */
  readonly met?: { readonly at: string; readonly by: string };
  /** Codes that a page turns into words: no name, nothing in a source's own words. */
  readonly details?: Readonly<Record<string, string>>;
}

/** Somebody has to be told. What they are told is built through disclosure when it is sent. */
export interface Notice {
  /** E.g. `missing-reported`. With the recipient and the causes it says which notice this is. */
  readonly kind: string;
  readonly causes: readonly string[];
  readonly to: Recipient;
  /** `urgent` overtakes everything; `digest` waits for the next digest. */
  readonly urgency: 'urgent' | 'ordinary' | 'digest';
  /** After this instant it is no longer told to anybody who has not been: it is history. RFC 3339. */
  readonly tellUntil: string;
  /** What is told when it no longer holds: `recall` a mistake (the wrong child), or let a reminder `lapse` in silence. */
  readonly whenGone: 'recall' | 'lapse';
  readonly rule?: string;
  /** It may concern the recipient's child: nobody knows yet who this is. */
  readonly possible?: true;
}

/** A child's place on a board: `missing-now`, `interviews-due`, `exploitation`. What stands there is folded again for each reader. */
export interface BoardPlace {
  readonly board: string;
  readonly causes: readonly string[];
  /** What it is sorted by, RFC 3339. */
  readonly at: string;
}

export interface Derived {
  readonly duties: readonly Duty[];
  readonly notices: readonly Notice[];
  readonly boards?: readonly BoardPlace[];
  /** The next instant at which this answer may change by itself (a warning, an escalation). Limits of open duties are known anyway. */
  readonly next?: string;
}

/**
 * What is true of a child, and what should be done about it. Pure, and it remembers nothing: the engine compares what is derived
 * with what was raised before, so late facts, corrections, links and rule changes are one path.
 */
export interface Capability<State> {
  readonly name: string;
  /** Raise it when the derivation changes: every child is derived anew. */
  readonly version: number;
  /** Canonical types. */
  readonly reads: readonly string[];
  /** Those of them of which somebody may have to be told at once: a child of whom one comes is derived before others. */
  readonly urgent?: readonly string[];
  /**
   * By kind of duty, of what is offered, and of board: types of the facts that can end it, be it met or no longer owed. Who does not see
   * every one of them is never shown it: that it is gone would tell them of what they may not see.
   */
  readonly ends: Readonly<Record<string, readonly string[]>>;
  /** The state, whatever order the facts come in. */
  readonly fold: (facts: readonly HeldFact[], child: ChildNow) => State;
  /** `at`: RFC 3339. */
  readonly derive: (state: State, rules: Rules, at: string) => Derived;
}

/** A capability with its state out of sight: what the engine runs. */
export interface Reacting {
  readonly name: string;
  readonly version: number;
  readonly reads: readonly string[];
  /** Those of them of which somebody may have to be told at once: a child of whom one comes is derived before others. */
  readonly urgent?: readonly string[];
  /** By kind: types of the facts that can end it. */
  readonly ends: Readonly<Record<string, readonly string[]>>;
  readonly react: (facts: readonly HeldFact[], child: ChildNow, rules: Rules, at: string) => Derived;
}

export function defineCapability<State>(capability: Capability<State>): Capability<State> & Reacting {
  const { fold, derive } = capability;
  return { ...capability, react: (facts, child, rules, at) => derive(fold(facts, child), rules, at) };
}
