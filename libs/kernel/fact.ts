import type { Agency } from './agency.js';

/** When it happened, as exactly as the source knew. With `date`, `at` is `YYYY-MM-DD`; with `instant`, RFC 3339. */
export interface Occurred {
  readonly at: string;
  readonly precision: 'instant' | 'date';
}

/** Identifier kinds the hub can check. Whether one may link records is the identity rules' business. */
export type IdentifierKind = 'nhs' | 'pnc' | 'asn' | 'upn' | 'uln' | 'noms' | 'crn' | 'cro';

export interface Identifier {
  readonly kind: IdentifierKind;
  readonly value: string;
}

/** What a source says about the person its record is about. Claims, not truth. */
export interface Person {
  readonly identifiers: readonly Identifier[];
  readonly givenNames?: string;
  readonly familyName?: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate?: string;
}

/** A record of the source's own: a police nominal, a defendant, a looked-after child's id. */
export interface SourceRecord {
  /** The source's key for it, unique within the system. */
  readonly key: string;
  readonly person: Person;
}

/** One thing that happened, in canonical form, as one source states it. */
export interface Fact {
  readonly record: SourceRecord;
  /**
   * Set when it is said of a record that the hub has already, in the hub's own name for it: then `record.key` is that name,
   * nobody is identified by it, and it goes wherever the record is linked to.
   */
  readonly stream?: string;
  /** Business key: says which fact this is, whatever message it comes in. Never a place in the message. */
  readonly key: readonly string[];
  /** Canonical type, `hub.<agency>.v1.<Fact>`. */
  readonly type: string;
  /** Protobuf bytes of that type. */
  readonly data: Uint8Array;
  readonly occurred: Occurred;
  /** The source's own time of saying so, RFC 3339: decides which version is current. */
  readonly statedAt: string;
  /** The set this fact is a member of, when the source restates whole sets (see `Cover`). */
  readonly scope?: readonly string[];
  /** Handling other than the catalogue's default for the type. */
  readonly handling?: string;
  /** JSON pointer or `row N`: where in the message it stands. */
  readonly pointer?: string;
  /** Set when nothing in the message shows that this is a child: record it only for a child the hub knows, else hold. */
  readonly onlyIfKnown?: Reason;
}

/** "Everything there is in this scope, as of this time": members it does not mention are withdrawn. */
export interface Cover {
  readonly scope: readonly string[];
  readonly statedAt: string;
}

/** A code to count by and a sentence to read. No personal data: it is stored and shown in the open. */
export interface Reason {
  readonly code: string;
  readonly detail: string;
}

/** A message as it was kept, handed to a pure adapter. */
export interface Message {
  readonly system: string;
  readonly agency: Agency;
  /** CloudEvents type, `Hub-Format`, or '' when the publisher named none. */
  readonly format: string;
  readonly contentType: string;
  /** CloudEvents attributes, or what the native door was told: `id`, `subject`, `time`, `recordedtime`; and how it came (`delivery.ts`). Names in lower case. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** RFC 3339. */
  readonly receivedAt: string;
  /** Told of each place in the content that an adapter asks for. Set where a message is only tried, never where it is recorded. */
  readonly asked?: (place: string) => void;
}
