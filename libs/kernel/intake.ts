import type { Agency } from './agency.js';
import type { Message, Reason } from './fact.js';

export const receiptStatuses = [
  'received',
  'recorded',
  'partly-recorded',
  'ignored',
  'held',
  'quarantined',
  'withdrawn',
] as const;

export type ReceiptStatus = (typeof receiptStatuses)[number];

/** A message on its way in, as the door took it: authenticated, not yet parsed. */
export interface Incoming {
  readonly system: string;
  readonly agency: Agency;
  /** The source's own id: with the system, the idempotency key shared by every door. */
  readonly messageId: string;
  readonly format: string;
  readonly contentType: string;
  /** Lower-case names: CloudEvents attributes, or `subject` and `observedat` of the native door. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The content in a form that can be compared: RFC 8785 of attributes and JSON data, otherwise the bytes. */
  readonly canonical: Uint8Array;
  readonly correlation: string;
}

export type Kept =
  | { readonly outcome: 'kept' | 'repeated'; readonly receipt: string; readonly status: ReceiptStatus }
  /** The same message id came with other content: the first stays. */
  | { readonly outcome: 'conflict'; readonly receipt: string };

/** What became of one part of a message. Says nothing about which child, nor whether the hub knew one. */
export interface PartOutcome {
  /** Canonical type of the fact, when there is one. */
  readonly fact?: string;
  readonly outcome: string;
  readonly eventId?: string;
  /** Reason code. */
  readonly reason?: string;
  /** The reason in plain words. */
  readonly detail?: string;
  readonly pointer?: string;
  /**
   * Set on a part that was recorded only because the hub knew the child (or held because it did not): its publisher is
   * shown this instead, either way, so that a receipt never says whether a child is known.
   */
  readonly discreet?: Reason;
}

/** The parts as their publisher may see them. */
export function shownOutcomes(outcomes: readonly PartOutcome[]): PartOutcome[] {
  return outcomes.map((part) => {
    if (part.discreet === undefined) return part;
    const { code, detail } = part.discreet;
    return {
      outcome: 'held',
      reason: code,
      detail,
      ...(part.fact === undefined ? {} : { fact: part.fact }),
      ...(part.pointer === undefined ? {} : { pointer: part.pointer }),
    };
  });
}

/** The status of a message follows from its parts. */
export function statusOf(outcomes: readonly PartOutcome[]): ReceiptStatus {
  const any = (...names: string[]): boolean => outcomes.some((part) => names.includes(part.outcome));
  const open = any('held', 'quarantined');
  if (any('recorded', 'corrected', 'unchanged', 'historic', 'retracted')) return open ? 'partly-recorded' : 'recorded';
  if (any('withdrawn')) return 'withdrawn';
  if (any('quarantined')) return 'quarantined';
  return any('held') ? 'held' : 'ignored';
}

export interface Receipt {
  readonly id: string;
  readonly source: string;
  readonly messageId: string;
  readonly receivedAt: string;
  readonly status: ReceiptStatus;
  readonly outcomes: readonly PartOutcome[];
}

/** A kept message that a worker has claimed. */
export interface Claimed {
  readonly receipt: string;
  readonly message: Message;
  readonly correlation: string;
  /** 1 the first time; more after a crash, a retry or a replay: then earlier work may lie half done. */
  readonly attempt: number;
}

/** What became of a claimed message. Its status is `statusOf(outcomes)`; its publisher's, `statusOf(shownOutcomes(…))`. */
export interface Closed {
  readonly receipt: string;
  readonly outcomes: readonly PartOutcome[];
}

/**
 * A claim takes no more messages once those it has weigh so much, in bytes: what is claimed must be through before its lease
 * runs out, and be held in memory. A byte of CSV weighs more, since forty of them are a fact.
 */
export const CLAIM_WEIGHT = 2 * 1_048_576;
export const CSV_WEIGHT = 12;

export function weightOf({ contentType, body }: Pick<Message, 'contentType' | 'body'>): number {
  return body.byteLength * (contentType.toLowerCase().startsWith('text/csv') ? CSV_WEIGHT : 1);
}

/** The intake queue port: keeps every message before anything parses it, and hands them to workers until closed. */
export interface IntakeQueue {
  /** Resolves once durable, one answer per message in order. Rejects with `Overloaded` when the queue is full. */
  keep(messages: readonly Incoming[]): Promise<Kept[]>;
  /** Claims up to `limit` messages, and about `CLAIM_WEIGHT`, for `leaseSeconds`; those of a worker that died come round again. */
  claim(limit: number, leaseSeconds: number): Promise<Claimed[]>;
  close(done: readonly Closed[]): Promise<void>;
  /** Resolves when there may be work, or after `timeoutMs`. */
  wait(timeoutMs: number, signal: AbortSignal): Promise<void>;
}

/** The hub cannot keep up just now: nothing was kept, send again after `retryAfterSeconds`. */
export class Overloaded extends Error {
  readonly code = 'overloaded';
  constructor(readonly retryAfterSeconds: number) {
    super('the hub cannot take more messages just now');
    this.name = 'Overloaded';
  }
}
