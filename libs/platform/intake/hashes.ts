import type { Incoming } from '../../kernel/intake.js';
import type { KeyStore } from '../../kernel/keys.js';

/** What a message is found by, whatever door it came through: the idempotency key, as a keyed hash. */
export function messageHash(keys: KeyStore, system: string, messageId: string): Buffer {
  return keys.hash('intake.message', system, messageId);
}

/** Equal when the content is: the canonical form decides, not the bytes. */
export function contentHash(keys: KeyStore, { canonical }: Pick<Incoming, 'canonical'>): Buffer {
  return keys.hash('intake.content', canonical);
}
