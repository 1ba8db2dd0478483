import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { keyedHash } from './keyed-hash.js';

describe('a keyed hash', () => {
  it.each([
    ['nothing but a domain', ['fact']],
    ['text, in UTF-8', ['fact', 'Zoë', '', '𝄞']],
    ['bytes', ['content', randomBytes(1_000)]],
    ['more than the scratch holds', ['content', randomBytes(100_000), 'ß'.repeat(10_000)]],
  ] as const)('is the HMAC-SHA-256 of %s', (_what, parts) => {
    const secret = randomBytes(32);
    const framed = parts.flatMap((part) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(Buffer.byteLength(part));
      return [length, Buffer.from(part as string)];
    });
    const expected = createHmac('sha256', secret).update(Buffer.concat(framed)).digest('hex');
    const [domain, ...rest] = parts;
    const hash = keyedHash(secret);
    expect(hash(domain, ...rest).toString('hex')).toBe(expected);
    hash('another', randomBytes(50_000));
    expect(hash(domain, ...rest).toString('hex')).toBe(expected);
  });

  it('keeps parts apart', () => {
    const hash = keyedHash(randomBytes(32));
    expect(hash('d', 'ab', 'c')).not.toEqual(hash('d', 'a', 'bc'));
  });
});
