import { createHmac } from 'node:crypto';

/**
 * HMAC-SHA-256 of a domain and parts. Each is preceded by its length (4 bytes), so that ('ab', 'c') and ('a', 'bc')
 * differ. Text counts as its UTF-8 bytes.
 */
export function keyedHash(secret: Uint8Array, domain: string, parts: readonly (string | Uint8Array)[]): Buffer {
  const hmac = createHmac('sha256', secret);
  for (const part of [domain, ...parts]) {
    const length = Buffer.allocUnsafe(4);
    length.writeUInt32BE(typeof part === 'string' ? Buffer.byteLength(part) : part.byteLength);
    hmac.update(length).update(part);
  }
  return hmac.digest();
}
