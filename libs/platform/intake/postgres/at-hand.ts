import type { Claimed } from '../../../kernel/intake.js';
import type { DataKey, KeyStore } from '../../../kernel/keys.js';
import type { Draft } from './draft.js';

const MOST_BYTES = 64 * 1_048_576;
/** Besides the message's own bytes: its attributes, and what holds them. */
const BESIDES = 1_024;
/** Claimed by another process meanwhile, or waiting so long that reading it again is no matter. */
const FORGOTTEN_AFTER_MS = 30_000;

/** A claimed message but for how often it has been claimed. */
export type Read = Omit<Claimed, 'attempt'>;

interface Held {
  readonly read: Read;
  readonly key: string;
  readonly bytes: number;
  readonly since: number;
}

/**
 * What this process has just kept, for its own worker: it need not read, open and take apart again what it had in hand a moment
 * ago. Only the table says what is to be done: what is not found here is read from there.
 */
export class AtHand {
  /** The oldest first. */
  readonly #held = new Map<string, Held>();
  #bytes = 0;
  #wanted = false;

  /** `mostBytes`: beyond that, what comes is read from the table; what is held already is claimed first. */
  constructor(private readonly mostBytes = MOST_BYTES) {}

  /** Call before the messages are stored: whoever claims them at once finds them. */
  hold(drafts: readonly Draft[], keys: readonly DataKey[]): void {
    // Where nobody claims, nothing is held.
    if (!this.#wanted) return;
    const since = performance.now();
    this.#forget(since - FORGOTTEN_AFTER_MS);
    for (const [at, { receipt, message, receivedAt }] of drafts.entries()) {
      const bytes = message.body.byteLength + BESIDES;
      const key = keys[at]?.id;
      if (key === undefined || this.#bytes + bytes > this.mostBytes) continue;
      const { system, agency, format, contentType, attributes, body, correlation } = message;
      const kept = { system, agency, format, contentType, attributes, body, receivedAt };
      this.#held.set(receipt, { read: { receipt, message: kept, correlation }, key, bytes, since });
      this.#bytes += bytes;
    }
  }

  /** Those of these that are held, and whose key has not been destroyed since. They are held no longer. */
  async take(receipts: readonly string[], keys: KeyStore): Promise<Map<string, Read>> {
    this.#wanted = true;
    const held = receipts.flatMap((receipt) => this.#drop(receipt) ?? []);
    if (held.length === 0) return new Map();
    const found = await keys.find(held.map(({ key }) => key));
    return new Map(held.flatMap(({ read, key }) => (found.has(key) ? [[read.receipt, read]] : [])));
  }

  /** Was not stored after all: it had been before. */
  drop(receipts: readonly string[]): void {
    for (const receipt of receipts) this.#drop(receipt);
  }

  #drop(receipt: string): Held | undefined {
    const held = this.#held.get(receipt);
    if (held !== undefined) {
      this.#held.delete(receipt);
      this.#bytes -= held.bytes;
    }
    return held;
  }

  #forget(before: number): void {
    for (const [receipt, { since }] of this.#held) {
      if (since >= before) return;
      this.#drop(receipt);
    }
  }
}
