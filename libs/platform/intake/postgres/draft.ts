import { hash } from 'node:crypto';
import type { Incoming } from '../../../kernel/intake.js';
import type { KeyStore } from '../../../kernel/keys.js';
import { orderedId } from '../../database/ordered-id.js';
import { contentHash, messageHash } from '../hashes.js';

/** A message with everything its row needs but the key. */
export interface Draft {
  readonly receipt: string;
  readonly message: Incoming;
  readonly messageHash: Buffer;
  readonly contentHash: Buffer;
  readonly sha256: Buffer;
  /** RFC 3339. */
  readonly receivedAt: string;
  /** The same message id and system, as text: for finding twins inside one flush. */
  readonly identity: string;
}

/**
 * Messages that were received at one moment (milliseconds since 1970). Throws `TypeError` for what PostgreSQL cannot store as
 * text: it must not take a whole flush down with it.
 */
export function draft(messages: readonly Incoming[], keys: KeyStore, now: number): Draft[] {
  const receivedAt = new Date(now).toISOString();
  return messages.map((message) => draftOf(message, keys, { now, receivedAt }));
}

function draftOf(message: Incoming, keys: KeyStore, { now, receivedAt }: { now: number; receivedAt: string }): Draft {
  for (const text of [message.system, message.format, message.contentType]) {
    if (text.includes('\0')) throw new TypeError('a message has a NUL character in its system, format or content type');
  }
  const idHash = messageHash(keys, message.system, message.messageId);
  return {
    receipt: orderedId(now),
    message,
    messageHash: idHash,
    contentHash: contentHash(keys, message),
    sha256: Buffer.from(hash('sha256', message.body, 'binary'), 'latin1'),
    receivedAt,
    identity: `${message.system} ${idHash.toString('latin1')}`,
  };
}
