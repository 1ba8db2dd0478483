import { hash } from 'node:crypto';

export type KeyedHash = (domain: string, ...parts: readonly (string | Uint8Array)[]) => Buffer;

const BLOCK = 64;
const DIGEST = 32;
/** Longer messages get a buffer of their own. */
const SCRATCH = 8_192;

/**
 * HMAC-SHA-256 of a domain and parts. Each is preceded by its length (4 bytes), so that ('ab', 'c') and ('a', 'bc')
 * differ. Text counts as its UTF-8 bytes. The secret has at most 64 bytes.
 *
 * Put together from two plain hashes, as RFC 2104 defines it: a dozen of these are made for every message, and Node's
 * Hmac object costs several times as much. Digests pass as text of one sign a byte, because a buffer of its own for each is
 * what a plain hash spends most on (Node 24: Hmac 9.5 µs, two hashes in buffers 1.6 µs, so 0.6 µs).
 */
export function keyedHash(secret: Uint8Array): KeyedHash {
  const scratch = Buffer.concat([padded(secret, 0x36), Buffer.alloc(SCRATCH)]);
  const outer = Buffer.concat([padded(secret, 0x5c), Buffer.alloc(DIGEST)]);
  return (...parts) => {
    let size = BLOCK;
    for (const part of parts) size += 4 + mostOf(part);
    const inner = size <= scratch.length ? scratch : Buffer.concat([scratch.subarray(0, BLOCK)], size);
    let end = BLOCK;
    for (const part of parts) {
      const start = end + 4;
      if (typeof part === 'string') end = start + inner.write(part, start);
      else {
        inner.set(part, start);
        end = start + part.byteLength;
      }
      inner.writeUInt32BE(end - start, start - 4);
    }
    outer.write(hash('sha256', inner.subarray(0, end), 'binary'), BLOCK, 'latin1');
    return Buffer.from(hash('sha256', outer, 'binary'), 'latin1');
  };
}

function padded(secret: Uint8Array, pad: number): Buffer {
  if (secret.byteLength > BLOCK) throw new RangeError('the secret of a keyed hash has at most 64 bytes');
  const block = Buffer.alloc(BLOCK, pad);
  secret.forEach((byte, at) => (block[at] = byte ^ pad));
  return block;
}

// UTF-8 takes at most three bytes for each UTF-16 unit: cheaper than to count them.
function mostOf(part: string | Uint8Array): number {
  return typeof part === 'string' ? part.length * 3 : part.byteLength;
}
