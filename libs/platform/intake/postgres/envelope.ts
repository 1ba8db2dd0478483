import type { DataKey } from '../../../kernel/keys.js';
import type { Incoming } from '../../../kernel/intake.js';
import { open, seal } from '../../keys/seal.js';

/** What the source said about its message: its own id for it, and the attributes. */
export interface Head {
  readonly messageId: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A kept message as it came. */
export interface Envelope extends Head {
  readonly body: Uint8Array;
}

/**
 * The column `receipts.sealed`: length of the sealed head (4 bytes, big endian), the sealed head, the sealed body. Apart,
 * so that a list of receipts need not open ten megabytes for each.
 */
export function sealEnvelope(key: DataKey, receipt: string, { messageId, attributes, body }: Incoming): Buffer {
  const head = seal(key, Buffer.from(JSON.stringify({ messageId, attributes })), `${receipt}/head`);
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, head, seal(key, body, `${receipt}/body`)]);
}

/** Throws `SealBroken` when the bytes are not what was sealed for this receipt. */
export function openEnvelope(key: DataKey, receipt: string, sealed: Buffer): Envelope {
  const end = 4 + (sealed.length < 4 ? 0 : sealed.readUInt32BE(0));
  return {
    ...openHead(key, receipt, sealed.subarray(4, end)),
    body: open(key, sealed.subarray(end), `${receipt}/body`),
  };
}

/** SQL for the sealed head alone. */
export const SEALED_HEAD = `substring(sealed from 5 for ('x' || encode(substring(sealed for 4), 'hex'))::bit(32)::integer)`;

/** Throws `SealBroken`. */
export function openHead(key: DataKey, receipt: string, sealedHead: Uint8Array): Head {
  return JSON.parse(open(key, sealedHead, `${receipt}/head`).toString('utf8')) as Head;
}
