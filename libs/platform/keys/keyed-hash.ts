import { createHmac, createSecretKey } from 'node:crypto';

export type KeyedHash = (domain: string, ...parts: readonly (string | Uint8Array)[]) => Buffer;

/**
 * HMAC-SHA-256 of a domain and parts. Each is preceded by its length (4 bytes), so that ('ab', 'c') and ('a', 'bc')
 * differ. Text counts as its UTF-8 bytes.
 */
export function keyedHash(secret: Uint8Array): KeyedHash {
  // As a KeyObject: raw bytes cost five times as much at every call (Node 24: 18 µs and 3 µs).
  const key = createSecretKey(secret);
  return (...parts) => {
    const framed = parts.flatMap((part) => {
      const bytes = typeof part === 'string' ? Buffer.from(part) : part;
      const length = Buffer.allocUnsafe(4);
      length.writeUInt32BE(bytes.byteLength);
      return [length, bytes];
    });
    return createHmac('sha256', key).update(Buffer.concat(framed)).digest();
  };
}
