import type { Cover, Fact, Reason } from './fact.js';

/**
 * What becomes of one part of a message. Doing nothing is an outcome with a name, never a silence.
 * `held`: it cannot be placed yet, and is tried again when it can.
 */
export type Item =
  | { readonly outcome: 'fact'; readonly fact: Fact; readonly note?: Reason }
  | {
      readonly outcome: 'retract';
      readonly target: { messageId: string } | { receipt: string };
      readonly reason: string;
    }
  | { readonly outcome: 'ignored' | 'held' | 'quarantined'; readonly reason: Reason; readonly pointer?: string };

export interface Translation {
  readonly items: readonly Item[];
  readonly covers: readonly Cover[];
}

export function translated(items: readonly (Item | Fact)[], covers: readonly Cover[] = []): Translation {
  return { items: items.map((item) => ('outcome' in item ? item : { outcome: 'fact', fact: item })), covers };
}

export function ignored(code: string, detail: string, pointer?: string): Translation {
  return only('ignored', code, detail, pointer);
}

/** A person must look: unreadable, or it breaks the contract. `detail` says what, in plain words, without personal data. */
export function quarantined(code: string, detail: string, pointer?: string): Translation {
  return only('quarantined', code, detail, pointer);
}

export function part(
  outcome: 'ignored' | 'held' | 'quarantined',
  code: string,
  detail: string,
  pointer?: string,
): Item {
  return { outcome, reason: { code, detail }, ...(pointer === undefined ? {} : { pointer }) };
}

function only(
  outcome: 'ignored' | 'held' | 'quarantined',
  code: string,
  detail: string,
  pointer?: string,
): Translation {
  return { items: [part(outcome, code, detail, pointer)], covers: [] };
}
