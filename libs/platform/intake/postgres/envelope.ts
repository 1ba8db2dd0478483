import type { DataKey } from '../../../kernel/keys.js';
import type { Incoming } from '../../../kernel/intake.js';
import { open, seal, sealAfter } from '../../keys/seal.js';

/** What the source said about its message: its own id for it, and the attributes. */
export interface Head {
  readonly messageId: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A kept message as it came. */
export interface Envelope extends Head {
  readonly body: Uint8Array;
}

// Up to here head and body are sealed as one: a seal costs more than these bytes.
const SMALL = 16_384;
const LENGTH = 4;

/**
 * The column `messages.sealed`: length of the sealed head (4 bytes, big endian), the sealed head, the sealed body. Apart,
 * so that a list of receipts need not open ten megabytes for each. In a small message the length is 0 and what follows
 * is one seal of: length of the head, head, body.
 */
export function sealEnvelope(key: DataKey, receipt: string, { messageId, attributes, body }: Incoming): Buffer {
  const head = JSON.stringify({ messageId, attributes });
  if (body.byteLength <= SMALL) {
    const sealed = sealAfter(LENGTH, key, whole(head, body), receipt);
    sealed.writeUInt32BE(0);
    return sealed;
  }
  const sealedHead = sealAfter(LENGTH, key, Buffer.from(head), `${receipt}/head`);
  sealedHead.writeUInt32BE(sealedHead.length - LENGTH);
  return Buffer.concat([sealedHead, seal(key, body, `${receipt}/body`)]);
}

/** Throws `SealBroken` when the bytes are not what was sealed for this receipt. */
export function openEnvelope(key: DataKey, receipt: string, sealed: Buffer): Envelope {
  const length = sealed.length < LENGTH ? 0 : sealed.readUInt32BE(0);
  if (length === 0) return openSmall(key, receipt, sealed);
  const end = LENGTH + length;
  return {
    ...headIn(open(key, sealed.subarray(LENGTH, end), `${receipt}/head`)),
    body: open(key, sealed.subarray(end), `${receipt}/body`),
  };
}

/** SQL for as much of `sealed` as `openHead` needs. */
export const SEALED_HEAD = `
  case substring(sealed for 4) when '\\x00000000' then sealed
  else substring(sealed for 4 + ('x' || encode(substring(sealed for 4), 'hex'))::bit(32)::integer) end`;

/** Throws `SealBroken`. */
export function openHead(key: DataKey, receipt: string, sealedHead: Buffer): Head {
  if (sealedHead.length < LENGTH || sealedHead.readUInt32BE(0) === 0) return openSmall(key, receipt, sealedHead);
  return headIn(open(key, sealedHead.subarray(LENGTH), `${receipt}/head`));
}

function openSmall(key: DataKey, receipt: string, sealed: Buffer): Envelope {
  const plain = open(key, sealed.subarray(LENGTH), receipt);
  const end = LENGTH + plain.readUInt32BE(0);
  return { ...headIn(plain.subarray(LENGTH, end)), body: plain.subarray(end) };
}

function headIn(plain: Buffer): Head {
  return JSON.parse(plain.toString('utf8')) as Head;
}

// Written into one piece: putting three together, and then two, cost as much as a third of the seal.
function whole(head: string, body: Uint8Array): Buffer {
  const length = Buffer.byteLength(head);
  const bytes = Buffer.allocUnsafe(LENGTH + length + body.byteLength);
  bytes.writeUInt32BE(length);
  bytes.write(head, LENGTH);
  bytes.set(body, LENGTH + length);
  return bytes;
}
